package sessions

import (
	"strings"
	"sync"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

const (
	// secretNote says which secrets of the target an answer shows, in clear or hashed. Specs see only stand-ins of
	// secrets.
	secretNote = "shows a secret"
	// repeatedNote says whether a login's answer repeats the secret that was sent: yes, no, or why nobody can tell.
	repeatedNote = "repeats the secret"
	// shortestTold is how long a secret must be, in bytes, to be told from innocent text.
	shortestTold = 8
)

// noteSecrets records which of the target's secrets the answer shows. A login that was accepted is left out: see
// noteRepeated.
func noteSecrets(t *Caller, e *exchange.Exchange) {
	if e.Answer == nil {
		return
	}
	if shown := finderOf(t).In(e); len(shown) > 0 {
		e.Note(secretNote, "the answer shows "+strings.Join(shown, ", "))
	}
}

// finders are those of the targets, by their secrets: making one takes longer than using it.
var finders sync.Map

// finderOf finds the target's secrets, by their names in targets.yaml.
func finderOf(t *Caller) *session.Finder {
	secrets := [][2]string{{"user.password", t.User.Password}, {"token", own(t).Token}}
	words := []string{t.User.Login}
	if t.OtherUser != nil {
		secrets = append(secrets, [2]string{"other_user.password", t.OtherUser.Password})
		words = append(words, t.OtherUser.Login)
	}
	if key := nodeSecret(t); key != "" {
		secrets = append(secrets, [2]string{"node." + key, own(t).Node[key].(string)})
	}
	var all strings.Builder
	for _, s := range secrets {
		all.WriteString(s[1] + "\x00")
	}
	if found, known := finders.Load(all.String()); known {
		return found.(*session.Finder)
	}
	f := session.NewFinder(words...)
	for _, s := range secrets {
		if len(s[1]) >= shortestTold {
			f.Learn(s[0], s[1])
		}
	}
	finders.Store(all.String(), f)
	return f
}

// noteRepeated records whether the answer repeats the secret: specs see only a stand-in of it.
func noteRepeated(e *exchange.Exchange, login, secret string) {
	switch {
	case len(secret) < shortestTold:
		e.Note(repeatedNote, "the secret is too short to be told from other text")
	case login != "" && strings.Contains(login, secret):
		e.Note(repeatedNote, "the secret is a part of the login")
	case len(session.Shown(e, secret, login)) > 0:
		e.Note(repeatedNote, "yes")
	default:
		e.Note(repeatedNote, "no")
	}
}

// noteAlike notes of a login whether its cookies are like those of an earlier one: the one that differs most counts.
func noteAlike(earlier, later *exchange.Exchange) {
	was, now, before := map[string]string{}, "", ""
	for _, pair := range pairsOf(earlier.CookieHeader()) {
		name, value, _ := strings.Cut(pair, "=")
		was[name] = value
	}
	for _, pair := range pairsOf(later.CookieHeader()) {
		name, value, _ := strings.Cut(pair, "=")
		if session.Differing(was[name], value) > session.Differing(now, before) {
			now, before = value, was[name]
		}
	}
	session.NoteAlike(later, now, before)
}
