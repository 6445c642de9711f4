package sessions

import (
	"slices"

	"session-conformance/support/reference"
)

// call is a documented call.
type call string

const (
	status  call = "status"
	login   call = "login"
	token   call = "token"
	node    call = "node"
	logout  call = "logout"
	user    call = "user"
	details call = "details"
)

// why says how a call ended: good, or the reason of its refusal.
type why string

const (
	good why = ""

	wrongPassword   why = "wrong password"
	unknownLogin    why = "unknown login"
	missingPassword why = "missing password"
	emptyPassword   why = "empty password"
	missingLogin    why = "missing login"
	noCredentials   why = "no credentials"
	lockedAccount   why = "locked account"
	tooManySessions why = "too many sessions"

	unknownToken why = "unknown token"
	missingToken why = "missing token"
	emptyToken   why = "empty token"

	wrongNode   why = "wrong node"
	unknownNode why = "node fields that are not there"
	emptyNode   why = "empty node"

	noSession       why = "no session"
	inventedSession why = "invented session"
	endedSession    why = "ended session"
	nodeSession     why = "session of a node"

	emptyBody     why = "empty body"
	malformed     why = "malformed JSON"
	wrongTypes    why = "wrong types"
	unknownField  why = "unknown field"
	otherType     why = "not application/json"
	tooLong       why = "body too long"
	notAcceptable why = "not acceptable"
)

// said is what a refusal says.
type said struct {
	status  int
	message string
}

// refusals say the status and the message of a refusal. A wrong password and an unknown login cannot be told apart.
var refusals = func() map[why]said {
	all := map[why]said{nodeSession: {403, "Not a user"}, otherType: {415, "Not JSON"}, tooLong: {413, "Too long"},
		notAcceptable: {406, "JSON only"}, tooManySessions: {403, "Too many sessions"}}
	for _, w := range []why{wrongPassword, unknownLogin, emptyPassword, lockedAccount, unknownToken, emptyToken,
		wrongNode} {
		all[w] = said{401, "Login failed"}
	}
	for _, w := range []why{noSession, inventedSession, endedSession} {
		all[w] = said{401, "Not logged in"}
	}
	for _, w := range []why{missingPassword, missingLogin, noCredentials, missingToken, unknownNode, emptyNode, emptyBody,
		malformed, wrongTypes, unknownField} {
		all[w] = said{400, "Bad request: " + string(w)}
	}
	return all
}()

// when is a condition on a call.
type when = reference.When[*turn]

var (
	logins     = []call{login, token, node}
	everyCall  = []call{status, login, token, node, logout, user, details}
	everywhere = []call{login, token, node, user, details} // that shows a session's fields

	goodLogins = at(logins...)
	shown      = at(everywhere...)
)

// at holds for the good ends of the calls, ends for these ends of them, refused for those of a call.
func at(calls ...call) when { return ends(calls, good) }

func ends(calls []call, whys ...why) when {
	return func(t *turn) bool { return slices.Contains(calls, t.call) && slices.Contains(whys, t.why) }
}

func refused(c call, whys ...why) when { return ends([]call{c}, whys...) }

// ofCall holds for a call, however it ends.
func ofCall(c call) when { return func(t *turn) bool { return t.call == c } }

// anyRefusal holds for calls that are refused for whatever reason, anyEnd for all.
func anyRefusal(t *turn) bool { return t.why != good }
func anyEnd(*turn) bool       { return true }
