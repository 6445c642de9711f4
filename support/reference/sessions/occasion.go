package sessions

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

// refusalStatus is the HTTP status of each refusal.
var refusalStatus = map[why]int{
	wrongPassword: 401, unknownLogin: 401, missingPassword: 400, emptyPassword: 401, missingLogin: 400,
	noCredentials: 400, lockedAccount: 401,
	unknownToken: 401, missingToken: 400, emptyToken: 401,
	wrongNode: 401, unknownNode: 400, emptyNode: 400,
	noSession: 401, inventedSession: 401, endedSession: 401, nodeSession: 403,
	emptyBody: 400, malformed: 400, wrongTypes: 400, unknownField: 400, otherType: 415, tooLong: 413, notAcceptable: 406,
}

// refusalMessage is what a refusal tells. A wrong password and an unknown login cannot be told apart.
var refusalMessage = map[why]string{
	wrongPassword: "Login failed", unknownLogin: "Login failed", emptyPassword: "Login failed", lockedAccount: "Login failed",
	unknownToken: "Login failed", emptyToken: "Login failed", wrongNode: "Login failed",
	noSession: "Not logged in", inventedSession: "Not logged in", endedSession: "Not logged in",
}

// occasion is where a quirk applies: a call that ended in a certain way.
type occasion struct {
	call call
	why  why
}

var (
	logins     = []call{login, token, node}
	infoCalls  = []call{login, token, node, user}
	everyCall  = []call{status, login, token, node, logout, user, details}
	everywhere = []call{login, token, node, user, details} // that shows a session's fields
)

// at is the good end of each of the calls.
func at(calls ...call) []occasion { return ends(calls, good) }

// ends is each of the calls with each of the ends.
func ends(calls []call, whys ...why) []occasion {
	var all []occasion
	for _, c := range calls {
		for _, w := range whys {
			all = append(all, occasion{c, w})
		}
	}
	return all
}

// refused is a call refused for one of the reasons.
func refused(c call, whys ...why) []occasion { return ends([]call{c}, whys...) }

// anyRefusal is every call refused for whatever reason.
func anyRefusal() []occasion {
	var all []occasion
	for _, c := range everyCall {
		for w := range refusalStatus {
			all = append(all, occasion{c, w})
		}
	}
	return all
}
