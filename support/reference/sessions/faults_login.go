package sessions

import "crypto/rand"

// loginFaults are what can go wrong with a login that is right.
var loginFaults = []quirk{
	fault("login-refused", "A right login and password are answered 401.",
		"sessions-login-opens", at(login), turnedAway(401)),
	fault("login-fails", "A right login and password are answered 500.",
		"sessions-login-opens", at(login), turnedAway(500)),
	fault("login-sets-no-cookie", "A good login sets no cookie.",
		"sessions-login-opens", at(login), noCookie),
	fault("login-session-dead", "The cookie of a good login is no session's.",
		"sessions-login-opens", at(login), deadCookie),
	fault("login-session-ended", "The session of a good login has ended when its cookie arrives.",
		"sessions-login-opens", at(login), endedAtOnce),
	fault("login-cookie-expired", "The cookie of a good login has expired, so that clients drop it.",
		"sessions-login-opens", at(login), withAttributes("; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT")),
	faultInCode("login-escapes-html", "Passwords are escaped as HTML before they are compared.", "sessions-login-opens"),
	faultInCode("login-reads-latin-1", "Passwords are read as Latin-1.", "sessions-login-opens"),
	faultInCode("login-drops-quotation-marks", "Quotation marks are dropped from passwords.", "sessions-login-opens"),
	faultInCode("login-decodes-backslashes", "Backslashes are dropped from passwords.", "sessions-login-opens"),

	fault("token-refused", "A right token is answered 401.",
		"sessions-token-opens", at(token), turnedAway(401)),
	fault("token-call-absent", "POST /session/login-with-token is answered 404.",
		"sessions-token-opens", at(token), turnedAway(404)),
	fault("token-sets-no-cookie", "A good login by token sets no cookie.",
		"sessions-token-opens", at(token), noCookie),
	fault("token-session-dead", "The cookie of a good login by token is no session's.",
		"sessions-token-opens", at(token), deadCookie),
	fault("token-session-ended", "The session of a good login by token has ended when its cookie arrives.",
		"sessions-token-opens", at(token), endedAtOnce),
	fault("node-refused", "A node's right credentials are answered 401.",
		"sessions-node-opens", at(node), turnedAway(401)),
	fault("node-call-absent", "POST /session/node/login is answered 404.",
		"sessions-node-opens", at(node), turnedAway(404)),
	fault("node-fails", "A node's right credentials are answered 500.",
		"sessions-node-opens", at(node), turnedAway(500)),

	fault("login-status-200", "A good login by password is answered 200.",
		"sessions-login-status-201", at(login), answered(200)),
	fault("login-status-202", "A good login by password is answered 202.",
		"sessions-login-status-201", at(login), answered(202)),
	fault("token-status-200", "A good login by token is answered 200.",
		"sessions-login-status-201", at(token), answered(200)),
	fault("token-status-206", "A good login by token is answered 206.",
		"sessions-login-status-201", at(token), answered(206)),
	fault("node-status-200", "A node's good login is answered 200.",
		"sessions-login-status-201", at(node), answered(200)),
	fault("node-status-203", "A node's good login is answered 203.",
		"sessions-login-status-201", at(node), answered(203)),

	faultInCode("session-shared", "All logins of a user share one session.", "sessions-login-own-session"),
	faultInCode("json-escapes-misread", "JSON escapes of characters beyond ASCII lose their backslash.",
		"sessions-login-json-escapes"),
	faultInCode("password-case-ignored", "Passwords are compared without their case.", "sessions-login-password-case"),
	faultInCode("password-last-character-ignored", "The last character of a password may be left out.",
		"sessions-login-password-whole"),
	faultInCode("password-beginning-accepted", "Eight or more bytes of a password's beginning are enough.",
		"sessions-login-password-whole"),
	faultInCode("password-cut-at-eight", "Only the first eight bytes of a password are compared.",
		"sessions-login-password-whole"),
	fault("login-repeats-password", "A good login's answer repeats the password.",
		"sessions-login-secret-not-repeated", at(login), repeatsPassword),
	fault("token-repeats-token", "A good login's answer repeats the token.",
		"sessions-login-secret-not-repeated", at(token), repeatsToken),
	faultInCode("cookie-not-http-only", "The session's cookie is not HttpOnly.", "sessions-cookie-http-only"),
	overHTTPS(faultInCode("cookie-not-secure", "Over https, the session's cookie is not Secure.",
		"sessions-cookie-secure")),
}

// turnedAway refuses after all: no session, no cookie, the words of a refusal.
func turnedAway(status int) effect {
	return func(s *Server, a *answer) {
		s.end(a.session)
		*a = answer{call: a.call, status: status, media: a.media, fields: fields{{"message", "Login failed"}}}
	}
}

func noCookie(_ *Server, a *answer) { a.cookie, a.proof = "", "" }

func deadCookie(s *Server, a *answer) { a.cookie, a.proof = s.newID(), rand.Text() }

func endedAtOnce(s *Server, a *answer) { s.end(a.session) }

func withAttributes(attributes string) effect {
	return func(_ *Server, a *answer) { a.attributes = attributes }
}

func repeatsPassword(s *Server, a *answer) { added("password", a.session.owner.Password)(s, a) }

func repeatsToken(s *Server, a *answer) { added("token", s.config.Token)(s, a) }
