package session

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
)

// Shown says where an answer shows a password, in whatever encoding, or what a hash makes of it: its body, a header
// field. A
// password that is short, or stands in one of the words, may stand there by chance and is not looked for.
func Shown(e *exchange.Exchange, password string, words ...string) (places []string) {
	if e.Answer == nil || password == "" {
		return nil
	}
	finder := redact.New()
	finder.Keep(words...)
	finder.Learn("password", password)
	for _, h := range []hash.Hash{md5.New(), sha1.New(), sha256.New(), sha512.New()} {
		h.Write([]byte(password))
		finder.Learn("hash of the password", hex.EncodeToString(h.Sum(nil)))
		finder.Learn("hash of the password", strings.ToUpper(hex.EncodeToString(h.Sum(nil))))
		finder.Learn("hash of the password", base64.StdEncoding.EncodeToString(h.Sum(nil)))
	}
	if len(finder.Leaks(e.Body())) > 0 {
		places = append(places, "its body")
	}
	for name, values := range e.Answer.Header {
		if len(finder.Leaks([]byte(strings.Join(values, "\n")))) > 0 {
			places = append(places, "its header field "+name)
		}
	}
	return places
}
