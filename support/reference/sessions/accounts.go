package sessions

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"html"
	"strings"
)

// account is somebody who can have sessions. The times are milliseconds since the epoch as int64, or nil for never.
type account struct {
	opened []*session // in their order, for the variant two-sessions-a-user
	Account
	guid       string
	lastGood   any
	lastFailed any
	inARow     int // refused logins since the last good one
}

func newAccount(a Account) *account {
	if a.Zone == "" {
		a.Zone = "UTC"
	}
	return &account{Account: a, guid: newUUID()}
}

// accountOf finds the user with that login, or nil.
func (s *Server) accountOf(login string) *account {
	for _, a := range []*account{s.user, s.other} {
		if a.Login == "" {
			continue // not configured
		}
		if a.Login == login || s.with.Has("login-case-ignored") && strings.EqualFold(a.Login, login) {
			return a
		}
	}
	return nil
}

// failed notes a refused login of an account that exists.
func (s *Server) failed(a *account) {
	a.inARow++
	if a.lastFailed != nil && s.with.Has("last-failed-login-only-first") {
		return
	}
	a.lastFailed = s.now().UnixMilli()
}

func (s *Server) locked(a *account) bool {
	return s.with.Has("locks-after-third-refusal") && a.inARow >= 3
}

// passwordIs compares a password that came with the right one, in full.
func (s *Server) passwordIs(right, came string) bool {
	if s.with.Has("login-escapes-html") {
		came = html.EscapeString(came)
	}
	if s.with.Has("login-reads-latin-1") {
		came = latin1(came)
	}
	if s.with.Has("login-drops-quotation-marks") {
		came = strings.ReplaceAll(came, `"`, "")
	}
	if s.with.Has("login-decodes-backslashes") {
		came = strings.ReplaceAll(came, `\`, "")
	}
	switch {
	case s.with.Has("password-case-ignored"):
		return strings.EqualFold(right, came)
	case s.with.Has("password-last-character-ignored"):
		return came != "" && (came == right || came == withoutLast(right))
	case s.with.Has("password-beginning-accepted"):
		return len(came) >= 8 && strings.HasPrefix(right, came)
	case s.with.Has("password-cut-at-eight"):
		return len(came) >= 8 && came[:8] == right[:min(8, len(right))]
	}
	return same(right, came)
}

// same compares two secrets in a time that tells nothing about where they differ. An empty secret opens nothing.
func same(right, came string) bool {
	a, b := sha256.Sum256([]byte(right)), sha256.Sum256([]byte(came))
	return right != "" && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// latin1 reads the bytes of a text as if each were a character.
func latin1(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		b.WriteRune(rune(c))
	}
	return b.String()
}

func withoutLast(text string) string {
	letters := []rune(text)
	return string(letters[:max(0, len(letters)-1)])
}

// sameJSON says whether two values are the same JSON, whatever Go types hold them.
func sameJSON(right, came any) bool {
	a, errA := json.Marshal(right)
	b, errB := json.Marshal(came)
	return errA == nil && errB == nil && same(string(a), string(b))
}

// newUUID makes a random UUID, version 4.
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
