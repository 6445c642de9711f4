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

// said is what a refusal says.
type said struct {
	status  int
	message string
}

// why says how a call ended: good, or the reason of its refusal.
type why = *said

// A wrong password and an unknown login cannot be told apart.
const (
	failed = "Login failed"
	nobody = "Not logged in"
	bad    = "Bad request: "
)

var (
	good why

	wrongPassword   = &said{401, failed}
	unknownLogin    = &said{401, failed}
	missingPassword = &said{400, bad + "missing password"}
	emptyPassword   = &said{401, failed}
	missingLogin    = &said{400, bad + "missing login"}
	noCredentials   = &said{400, bad + "no credentials"}
	lockedAccount   = &said{401, failed}
	tooManySessions = &said{403, "Too many sessions"}

	unknownToken = &said{401, failed}
	missingToken = &said{400, bad + "missing token"}
	emptyToken   = &said{401, failed}

	wrongNode   = &said{401, failed}
	unknownNode = &said{400, bad + "node fields that are not there"}
	emptyNode   = &said{400, bad + "empty node"}

	noSession       = &said{401, nobody}
	inventedSession = &said{401, nobody}
	endedSession    = &said{401, nobody}
	nodeSession     = &said{403, "Not a user"}

	emptyBody     = &said{400, bad + "empty body"}
	malformed     = &said{400, bad + "malformed JSON"}
	wrongTypes    = &said{400, bad + "wrong types"}
	unknownField  = &said{400, bad + "unknown field"}
	otherType     = &said{415, "Not JSON"}
	tooLong       = &said{413, "Too long"}
	notAcceptable = &said{406, "JSON only"}
)

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
