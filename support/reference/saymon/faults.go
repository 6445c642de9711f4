package saymon

import (
	"slices"

	"session-conformance/support/reference"
)

// peculiarities are all that the server can be told to do wrong, or another way, each alone.
var peculiarities = slices.Concat(openingFaults, sessionFaults, cookieFaults, useFaults, faultsByWay(),
	refusedLoginFaults(),
	otherRefusalFaults, tokenFaults, refusalStatusFaults, passwordFaults, extraCallFaults, valueFaults(), nameFaults,
	narrowFaults, carelessFaults,
	doorFaults,
	leftoverFaults, stateFaults, besideFaults, headerFaults, disclosureFaults, variants, capped)

// Faults are the documented behaviours that the server can do wrong, Variants what it can do another way.
var (
	Faults   = reference.Faults(peculiarities)
	Variants = reference.Variants(peculiarities)
)

// ways are the ways in, with how a sentence names them.
var ways = []struct {
	way  way
	says string
}{
	{byLogin, "A login with the login"}, {byEmail, "A login with the email"},
	{byToken, "A login with an auth-token"}, {byKeycloak, "A login with a Keycloak token"},
}

// faultsByWay are what can be wrong with one way in while the others are right.
func faultsByWay() (all []peculiarity) {
	for _, in := range ways {
		name, opened := string(in.way), both(asked(logIn), func(c *call) bool { return c.by == in.way })
		answered := func(do func(*call)) effect { return onAnswer(by(in.way), do) }
		all = append(all,
			fault("session-refused-by-"+name, in.says+" is refused.", "saymon-session-by-"+name,
				onDecision(by(in.way), refuseAs(&wrongPassword))),
			fault("session-answered-500-by-"+name, in.says+" opens a session and is answered 500.", "saymon-session-by-"+name,
				answered(status(500))),
			fault("session-of-other-user-by-"+name, in.says+" opens a session of another user.", "saymon-session-of-user",
				onSession(opened, func(c *call) { c.session.owner = c.other(c.session.owner) })))
		if in.way == byLogin {
			continue // for the rest, a fault that concerns all ways stands in its place
		}
		all = append(all,
			fault("session-id-unquoted-by-"+name, in.says+" is answered with the session ID without quotation marks.",
				"saymon-session-id-quoted", answered(says("{id}"))),
			fault("session-id-empty-by-"+name, in.says+" is answered with an empty session ID.", "saymon-session-id-not-empty",
				answered(says(`""`))),
			fault("session-reused-by-"+name, in.says+" is given the user's eldest session again.", "saymon-session-new",
				onSession(opened, reuse)),
			fault("session-dead-by-"+name, in.says+" is given a session ID that does not authenticate.",
				"saymon-session-authenticates",
				onSession(opened, func(c *call) { c.session.dead = true })),
			fault("cookie-missing-by-"+name, in.says+" sets no cookie.", "saymon-cookie-set",
				answered(func(c *call) { c.cookie = cookie{} })),
			fault("cookie-other-id-by-"+name, in.says+" sets a cookie with another ID than that of the body.",
				"saymon-cookie-is-session-id", answered(value("{uuid}"))),
			fault("cookie-path-missing-by-"+name, in.says+" sets a cookie without a path.", "saymon-cookie-path",
				answered(attribute("Path=/", ""))))
	}
	return all
}
