package saymon

import (
	"bytes"
	"strings"
)

// openingFaults are about which requests open a session, beside those of faultsByWay.
var openingFaults = []peculiarity{
	fault("login-redirected", "A login with the login is answered 302 with the session's cookie.",
		"saymon-session-by-login",
		onAnswer(by(byLogin), func(c *call) { c.status = 302; c.header.Set("Location", "/") })),
	fault("auth-token-needs-login", "An auth-token is refused without login and password.", "saymon-session-by-token",
		onDecision(by(byToken), refuseAs(&missingLogin))),
	fault("chunked-body-refused", "A body in chunks is answered 411.", "saymon-request-framing",
		cannotRead(chunked, 411)),
	fault("chunked-body-ignored", "A body in chunks is taken for an empty one.", "saymon-request-framing",
		reads(func(c *call) {
			if chunked(c) {
				c.body = nil
			}
		})),
	fault("escapes-not-decoded", `A \uXXXX in the body is taken for six characters.`, "saymon-request-encoding",
		onDecision(both(by(""), func(c *call) bool { return bytes.Contains(c.body, []byte(`\u`)) }),
			refuseAs(&wrongPassword))),
	fault("utf-8-body-refused", "A body with characters beyond ASCII is refused.", "saymon-request-encoding",
		cannotRead(func(c *call) bool {
			return bytes.ContainsFunc(c.body,
				func(r rune) bool { return r > 0x7f })
		}, 400)),
	fault("indented-body-refused", "A body of several lines is refused.", "saymon-request-white-space",
		cannotRead(func(c *call) bool { return bytes.Contains(bytes.TrimSpace(c.body), []byte("\n")) }, 400)),
	fault("final-line-end-refused", "A body that ends in a line end is refused.", "saymon-request-white-space",
		cannotRead(func(c *call) bool { return bytes.HasSuffix(c.body, []byte("\n")) }, 400)),
}

// sessionFaults are about the session ID in the answer's body.
var sessionFaults = []peculiarity{
	fault("session-id-unquoted", "The body is the session ID without quotation marks.", "saymon-session-id-quoted",
		onAnswer(by(""), says(`{id}`))),
	fault("session-id-single-quoted", "The body is the session ID in single quotation marks.",
		"saymon-session-id-quoted",
		onAnswer(by(""), says(`'{id}'`))),
	fault("session-id-half-quoted", "The closing quotation mark is absent.", "saymon-session-id-quoted",
		onAnswer(by(""), says(`"{id}`))),
	fault("session-id-in-object", "The body is an object with the session ID.", "saymon-session-id-quoted",
		onAnswer(by(""), says(`{"sid":"{id}"}`))),
	fault("session-id-in-array", "The body is an array with the session ID.", "saymon-session-id-quoted",
		onAnswer(by(""), says(`["{id}"]`))),
	fault("session-id-followed-by-text", "Text follows the quoted session ID.", "saymon-session-id-quoted",
		onAnswer(by(""), says(`"{id}" created`))),
	fault("session-id-after-text", "Text precedes the quoted session ID.", "saymon-session-id-quoted",
		onAnswer(by(""), says(`sid="{id}"`))),
	fault("session-id-twice", "The body has the quoted session ID twice.", "saymon-session-id-quoted",
		onAnswer(by(""), says("\"{id}\"\n\"{id}\""))),
	fault("session-id-after-no-break-space", "A no-break space, which is no JSON white space, precedes the quoted "+
		"session ID.",
		"saymon-session-id-quoted",
		onAnswer(by(""), says("\u00a0\"{id}\""))),
	fault("session-body-empty", "The body is empty; only the cookie has the session ID.", "saymon-session-id-quoted",
		onAnswer(by(""), says(``))),
	fault("session-body-null", "The body is null.", "saymon-session-id-quoted", onAnswer(by(""), says(`null`))),
	fault("session-body-true", "The body is true.", "saymon-session-id-quoted", onAnswer(by(""), says(`true`))),
	fault("session-id-empty", "The body is a pair of quotation marks.", "saymon-session-id-not-empty",
		onAnswer(by(""), says(`""`))),
	fault("session-id-without-hyphens", "Session IDs are 32 hexadecimal digits.", "saymon-session-id-uuid",
		sessionID(func(id string) string { return strings.ReplaceAll(id, "-", "") })),
	fault("session-id-with-prefix", "Session IDs are UUIDs after a prefix.", "saymon-session-id-uuid",
		sessionID(func(id string) string { return "sess-" + id })),
	fault("session-id-decimal", "Session IDs are decimal digits.", "saymon-session-id-uuid",
		sessionID(func(id string) string { return decimal() })),
	fault("session-id-shortened", "Session IDs are one digit too short for a UUID.", "saymon-session-id-uuid",
		sessionID(func(id string) string { return id[:len(id)-1] })),
}

// useFaults are about what a session can be used for.
var useFaults = []peculiarity{
	fault("session-reused", "A second login is given the first one's session.", "saymon-session-new",
		onSession(always, reuse)),
	fault("session-shared", "All users are given one session, which is the first account's.", "saymon-session-new",
		sharedSession),
	fault("session-dead", "The session ID does not authenticate.", "saymon-session-authenticates",
		onSession(always, func(c *call) { c.session.dead = true })),
	fault("session-only-in-header", "A session authenticates only in a header of its own, not as a cookie.",
		"saymon-session-authenticates",
		onRequest(asked(current), func(c *call) { takeSID(c, c.r.Header.Get("X-Session-Id")) })),
	fault("session-needs-quotes", "The sid cookie authenticates only in quotation marks.",
		"saymon-session-authenticates",
		onRequest(asked(current), func(c *call) { takeSID(c, unquoted(cookieOf(c.r, "sid"))) })),
	fault("session-needs-second-cookie", "A session authenticates only together with another cookie.",
		"saymon-session-authenticates",
		onAnswer(by(""), func(c *call) { c.before = append(c.before, "csrf="+c.session.second+"; Path=/") }),
		onDecision(both(granted(current), uses), func(c *call) {
			if cookieOf(c.r, "csrf") != c.session.second {
				c.refused = &inventedSession
			}
		})),
	fault("current-user-answered-500", "A request with a live session is answered 500.", "saymon-session-authenticates",
		onAnswer(granted(current),
			func(c *call) { c.answer(500, &failure{Code: "Internal", Message: "Something went wrong."}) })),
	fault("current-user-redirected", "A request with a live session is redirected to a login page.",
		"saymon-session-authenticates",
		onAnswer(granted(current), func(c *call) { status(302)(c); saysAs("text/html", "")(c) })),
	fault("session-used-up-by-first-request", "A session authenticates one request.", "saymon-session-lasts",
		onDecision(both(granted(current), uses), func(c *call) {
			if c.session.uses > 0 {
				c.refused = &inventedSession
			}
		})),
	fault("session-renewed-by-every-request", "Every request ends the session and sets a cookie with another one.",
		"saymon-session-lasts",
		onAnswer(both(granted(current), uses), renewSession)),
	fault("session-of-first-account", "Every session is the first account's.", "saymon-session-of-user",
		onSession(always, func(c *call) { c.session.owner = &c.config.User })),
	fault("current-user-always-second-account", "The current user is always the second account.",
		"saymon-session-of-user",
		about(func(c *call, u *user) { o := c.config.OtherUser; u.ID, u.Login, u.Email = o.ID, o.Login, o.Email })),
	fault("current-user-has-id-of-other", "The current user has the right login and another user's ID.",
		"saymon-session-of-user",
		about(func(c *call, u *user) { u.ID = c.other(c.account).ID })),
	fault("current-user-has-login-of-other", "The current user has the right ID and another user's login.",
		"saymon-session-of-user",
		about(func(c *call, u *user) { u.Login = c.other(c.account).Login })),
}
