package session

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"regexp"
	"slices"
	"strings"
	"sync"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
)

// Finder finds secrets in answers, in whatever encoding, and what hashes make of them. It is safe for concurrent use.
type Finder struct{ hider *redact.Hider }

// finders are those made before: making one takes longer than using it. They are bounded, as a run may have any number
// of targets.
var finders = struct {
	sync.Mutex
	known map[string]*Finder
}{known: map[string]*Finder{}}

const mostFinders = 256

// FinderOf finds secrets by their names, both in turn: name, secret, name, secret. An empty secret is none. One that is
// short, stands in one of the words, or is a word of refusals, such as "password", may stand in an answer by chance and
// is looked for as a hash only.
func FinderOf(secrets []string, words ...string) *Finder {
	key := strings.Join(secrets, "\x00") + "\x00\x00" + strings.Join(words, "\x00")
	finders.Lock()
	defer finders.Unlock()
	f := finders.known[key]
	if f == nil {
		f = &Finder{redact.New()}
		f.hider.Keep(words...)
		for pair := range slices.Chunk(secrets, 2) {
			f.learn(pair[0], pair[1])
		}
		if len(finders.known) >= mostFinders {
			clear(finders.known)
		}
		finders.known[key] = f
	}
	return f
}

func (f *Finder) learn(name, secret string) {
	if secret == "" {
		return
	}
	if !redact.SaysRefusal(secret) {
		f.hider.Learn(name, secret)
	}
	for sum, h := range map[string]hash.Hash{"MD5": md5.New(), "SHA-1": sha1.New(), "SHA-256": sha256.New(),
		"SHA-512": sha512.New()} {
		h.Write([]byte(secret))
		for _, form := range []string{hex.EncodeToString(h.Sum(nil)), strings.ToUpper(hex.EncodeToString(h.Sum(nil))),
			base64.StdEncoding.EncodeToString(h.Sum(nil))} {
			f.hider.Learn("the "+sum+" of "+name, form)
		}
	}
}

// keptForm is the form in which products keep passwords: what crypt makes, and what directories do.
var keptForm = regexp.MustCompile(
	`\$(?:2[abxy]?|[156y]|gy|7|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*)\$[./A-Za-z0-9$=,+]{20,}|` +
		`\{(?:S?SHA(?:256|384|512)?|SMD5|CRYPT|BCRYPT|PBKDF2)[\w-]*\}[./A-Za-z0-9$=+]{16,}`)

// In says which secrets an answer shows, and where: "user.password in its body". That of a password whose hash is
// salted nobody can tell, so what has its form is one.
func (f *Finder) In(e *exchange.Exchange) (shown []string) {
	if e.Answer == nil {
		return nil
	}
	look := func(text []byte, place string) {
		names := f.hider.Leaks(text)
		if bytes.ContainsAny(text, "$}") && keptForm.Match(text) { // looking for a character takes a hundredth of the time
			names = append(names, "the salted hash of a password")
		}
		for _, name := range names {
			shown = append(shown, name+" "+place)
		}
	}
	look(e.Body(), "in its body")
	for name, values := range e.Answer.Header {
		look([]byte(strings.Join(values, "\n")), "in its header field "+name)
	}
	slices.Sort(shown)
	return slices.Compact(shown)
}

// Shown says where an answer shows a password, or what a hash makes of it, as a Finder does.
func Shown(e *exchange.Exchange, password string, words ...string) []string {
	return FinderOf([]string{"the password", password}, words...).In(e)
}
