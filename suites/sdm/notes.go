package sdm

import (
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// What a scenario notes of the real values, because evidence has stand-ins in their place.
const (
	// where an answer to a login repeats it
	repeatedNote = "repeats the password"
	userNote     = "the userName is the user's" // yes, or nothing
	// why, beside an answer to another request after it
	fatalNote = "the request got no answer"
)

// noteRepeated notes where an answer repeats the password.
func noteRepeated(t *Caller, e *exchange.Exchange, password string) {
	if places := session.Shown(e, password, append(words, t.User.Login)...); len(places) > 0 {
		e.Note(repeatedNote, strings.Join(places, ", "))
	}
}

// noteUser notes whether the userName of an answer is the one who logged in.
func noteUser(e *exchange.Exchange, login string) {
	fields, _ := answerOf(e)
	if name, there := fields["userName"]; there && isUser(name.text, login) {
		e.Note(userNote, "yes")
	}
}

// isUser compares without regard to case: no document says whether a server folds names. White space counts.
func isUser(name, login string) bool { return strings.EqualFold(name, login) }

// noteAlike notes of a login whether its session's ID is like that of an earlier one.
func noteAlike(t *Caller, earlier, later *exchange.Exchange) {
	first, known := sessionCookie(t.Target, earlier)
	second, also := sessionCookie(t.Target, later)
	if known && also {
		session.NoteAlike(later, unquoted(second.Value), unquoted(first.Value))
	}
}
