package sessions

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"unicode/utf16"
)

// showsPassword adds the password of whose session it is, in some form.
func showsPassword(form func(string) string) change {
	return func(s *Server, a *answer) { added("secret", form(a.session.owner.Password))(s, a) }
}

func plain(password string) string { return password }

func md5Hex(password string) string {
	sum := md5.Sum([]byte(password))
	return hex.EncodeToString(sum[:])
}

func sha256Base64(password string) string {
	sum := sha256.Sum256([]byte(password))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// utf16Bytes writes a text in UTF-16, the low byte first, without a mark.
func utf16Bytes(text []byte) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(string(text))) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}
