package sessions

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
)

// secretNote says which secret of the target an answer shows, in clear or hashed. Specs see only stand-ins of secrets.
const secretNote = "shows a secret"

// noteSecrets records which of the target's secrets the answer shows. A login that was accepted is left out: see
// noteRepeated.
func noteSecrets(t *Caller, e *exchange.Exchange) {
	if len(e.Body()) == 0 {
		return
	}
	for name, secret := range secretsOf(t) {
		if len(secret) < shortestTold {
			continue
		}
		if repeats(e, secret) {
			e.Note(secretNote, "the answer shows "+name)
			return
		}
		lower := strings.ToLower(string(e.Body()))
		for hash, sum := range sumsOf(secret) {
			if strings.Contains(lower, hex.EncodeToString(sum)) || repeats(e, base64.StdEncoding.EncodeToString(sum)) {
				e.Note(secretNote, "the answer shows the "+hash+" of "+name)
				return
			}
		}
	}
}

// secretsOf are the target's secrets, by their names in targets.yaml.
func secretsOf(t *Caller) map[string]string {
	all := map[string]string{"user.password": t.User.Password, "token": t.Token}
	if t.OtherUser != nil {
		all["other_user.password"] = t.OtherUser.Password
	}
	if key := nodeSecret(t); key != "" {
		all["node."+key] = t.Node[key].(string)
	}
	return all
}

// sumsOf are the hashes of a secret that products keep.
func sumsOf(secret string) map[string][]byte {
	a, b, c, d := md5.Sum([]byte(secret)), sha1.Sum([]byte(secret)), sha256.Sum256([]byte(secret)),
		sha512.Sum512([]byte(secret))
	return map[string][]byte{"MD5": a[:], "SHA-1": b[:], "SHA-256": c[:], "SHA-512": d[:]}
}

const (
	// repeatedNote says whether a login's answer repeats the secret that was sent: yes, no, or why nobody can tell.
	repeatedNote = "repeats the secret"
	// shortestTold is how long a secret must be, in bytes, to be told from innocent text.
	shortestTold = 8
)

// noteRepeated records whether the answer repeats the secret: specs see only a stand-in of it.
func noteRepeated(e *exchange.Exchange, login, secret string) {
	switch {
	case len(secret) < shortestTold:
		e.Note(repeatedNote, "the secret is too short to be told from other text")
	case login != "" && strings.Contains(login, secret):
		e.Note(repeatedNote, "the secret is a part of the login")
	case repeats(e, secret):
		e.Note(repeatedNote, "yes")
	default:
		e.Note(repeatedNote, "no")
	}
}

func repeats(e *exchange.Exchange, secret string) bool {
	if strings.Contains(string(e.Body()), secret) {
		return true
	}
	value, ok := match.ParseJSON(e)
	return ok && holds(value, secret, 0)
}

// deepest is how many levels of a JSON value are looked through text by text: each level is read anew, so that a
// hundred
// thousand of them would take minutes.
const deepest = 32

// holds says whether some text in a JSON value contains the secret. Below the deepest level the value is searched as it
// is written.
func holds(value gjson.Result, secret string, level int) (found bool) {
	if value.Type == gjson.String {
		return strings.Contains(value.String(), secret)
	}
	if value.IsObject() || value.IsArray() {
		if level == deepest {
			return strings.Contains(value.Raw, secret)
		}
		value.ForEach(func(_, inner gjson.Result) bool {
			found = holds(inner, secret, level+1)
			return !found
		})
	}
	return found
}
