package saymon

import (
	"slices"

	"session-conformance/support/reference"
)

// Faults are all documented behaviours that the server can be told to do wrong, each alone.
var Faults = slices.Concat(
	openingFaults, sessionFaults, cookieFaults, useFaults, faultsByWay(),
	sessionRefusalFaults(), otherRefusalFaults, tokenFaults,
	refusalStatusFaults, passwordFaults, extraCallFaults,
)

// ways are the ways in, with how a sentence names them.
var ways = []struct {
	way  way
	says string
}{
	{byLogin, "with the login"}, {byEmail, "with the email"},
	{byToken, "with an auth-token"}, {byKeycloak, "with a Keycloak token"},
}

// faultsByWay returns what can be wrong with one way in while the others are right.
func faultsByWay() []reference.Fault {
	var all []reference.Fault
	for _, in := range ways {
		name := string(in.way)
		all = append(all,
			reference.Fault{Name: "session-refused-by-" + name, Says: "A login " + in.says + " is refused.", Clause: "saymon-session-by-" + name},
			reference.Fault{Name: "session-answered-500-by-" + name, Says: "A login " + in.says + " opens a session and is answered 500.", Clause: "saymon-session-by-" + name},
			reference.Fault{Name: "session-of-other-user-by-" + name, Says: "A login " + in.says + " opens a session of another user.", Clause: "saymon-session-of-user"},
		)
		if in.way == byLogin {
			continue // for the rest, a fault that concerns all ways stands in its place
		}
		all = append(all,
			reference.Fault{Name: "session-id-unquoted-by-" + name, Says: "A login " + in.says + " is answered with the session ID without quotation marks.", Clause: "saymon-session-id-quoted"},
			reference.Fault{Name: "session-id-empty-by-" + name, Says: "A login " + in.says + " is answered with an empty session ID.", Clause: "saymon-session-id-not-empty"},
			reference.Fault{Name: "session-reused-by-" + name, Says: "A login " + in.says + " is given the user's newest session again.", Clause: "saymon-session-new"},
			reference.Fault{Name: "session-dead-by-" + name, Says: "A login " + in.says + " is given a session ID that does not authenticate.", Clause: "saymon-session-authenticates"},
			reference.Fault{Name: "cookie-missing-by-" + name, Says: "A login " + in.says + " sets no cookie.", Clause: "saymon-cookie-set"},
			reference.Fault{Name: "cookie-other-id-by-" + name, Says: "A login " + in.says + " sets a cookie with another ID than that of the body.", Clause: "saymon-cookie-is-session-id"},
			reference.Fault{Name: "cookie-path-missing-by-" + name, Says: "A login " + in.says + " sets a cookie without a path.", Clause: "saymon-cookie-path"},
		)
	}
	return all
}
