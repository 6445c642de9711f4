package sessions

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"session-conformance/support/reference"
)

// loginFaults are what can go wrong with a login that is right.
var loginFaults = slices.Concat(
	breaks("sessions-login-opens",
		fault("login-refused", "A right login and password are answered 401.", on(at(login), turnedAway(401))),
		fault("login-fails", "A right login and password are answered 500.", on(at(login), turnedAway(500))),
		fault("login-session-dead", "The cookie of a good login is no session's.", on(at(login), deadCookie)),
		fault("login-session-ended", "The session of a good login has ended when its cookie arrives.",
			on(at(login), endedAtOnce)),
		fault("login-cookie-expired", "The cookie of a good login has expired, so that clients drop it.",
			on(at(login), withAttributes("; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"))),
		fault("login-escapes-html", "Passwords are escaped as HTML before they are compared.",
			misreads(login, "password", html.EscapeString)),
		fault("login-reads-latin-1", "Passwords are read as Latin-1.", misreads(login, "password", latin1)),
		fault("login-drops-quotation-marks", "Quotation marks are dropped from passwords.",
			misreads(login, "password", dropping(`"`))),
		fault("login-decodes-backslashes", "Backslashes are dropped from passwords.",
			misreads(login, "password", dropping(`\`))),
	),
	breaks("sessions-token-opens",
		fault("token-refused", "A right token is answered 401.", on(at(token), turnedAway(401))),
		fault("token-call-absent", "POST /session/login-with-token is answered 404.", on(at(token), turnedAway(404))),
		fault("token-session-dead", "The cookie of a good login by token is no session's.", on(at(token), deadCookie)),
		fault("token-session-ended", "The session of a good login by token has ended when its cookie arrives.",
			on(at(token), endedAtOnce)),
	),
	breaks("sessions-node-opens",
		fault("node-refused", "A node's right credentials are answered 401.", on(at(node), turnedAway(401))),
		fault("node-call-absent", "POST /session/node/login is answered 404.", on(at(node), turnedAway(404))),
		fault("node-fails", "A node's right credentials are answered 500.", on(at(node), turnedAway(500))),
	),
	breaks("sessions-login-status-201",
		fault("login-status-200", "A good login by password is answered 200.", on(at(login), answered(200))),
		fault("login-status-202", "A good login by password is answered 202.", on(at(login), answered(202))),
		fault("token-status-200", "A good login by token is answered 200.", on(at(token), answered(200))),
		fault("token-status-206", "A good login by token is answered 206.", on(at(token), answered(206))),
		fault("node-status-200", "A node's good login is answered 200.", on(at(node), answered(200))),
		fault("node-status-203", "A node's good login is answered 203.", on(at(node), answered(203))),
	),
	breaks("sessions-login-sets-cookie",
		fault("login-sets-no-cookie", "A good login sets no cookie.", on(at(login), noCookie)),
		fault("token-sets-no-cookie", "A good login by token sets no cookie.", on(at(token), noCookie)),
	),
	breaks("sessions-login-own-session",
		fault("session-shared", "All logins of a user share one session.", opened(sharesTheEldest)),
	),
	breaks("sessions-session-id-random",
		fault("session-ids-counted", "Session IDs are counted.", counted),
		fault("session-ids-of-the-guid", "Session IDs are the same but for their last eight digits.",
			ids(func() string { return "5E55107A5E55107A5E55107A" + newID()[:8] })),
	),
	breaks("sessions-login-json-escapes",
		fault("json-escapes-misread", "JSON escapes of characters beyond ASCII lose their backslash.",
			func(s *Server) { s.onBody = append(s.onBody, misread) }),
	),
	breaks("sessions-login-password-case",
		fault("password-case-ignored", "Passwords are compared without their case.",
			admits(login, "password", like(strings.EqualFold))),
	),
	breaks("sessions-login-password-whole",
		fault("password-last-character-ignored", "The last character of a password may be left out.",
			admits(login, "password", like(lacksLast))),
		fault("password-beginning-accepted", "Eight or more bytes of a password's beginning are enough.",
			admits(login, "password", like(beginsRight))),
		fault("password-cut-at-eight", "Only the first eight bytes of a password are compared.",
			admits(login, "password", like(sameBytes(8)))),
	),
	breaks("sessions-login-secret-not-repeated",
		fault("login-repeats-password", "A good login's answer repeats the password.", on(at(login), repeatsPassword)),
		fault("token-repeats-token", "A good login's answer repeats the token.", on(at(token), repeatsToken)),
	),
	breaks("sessions-cookie-http-only",
		fault("cookie-not-http-only", "The session's cookie is not HttpOnly.",
			cookies(func(c *cookie) { c.httpOnly = false })),
	),
	breaks("sessions-cookie-secure",
		overHTTPS(fault("cookie-not-secure", "Over https, the session's cookie is not Secure.",
			cookies(func(c *cookie) { c.secure = false }))),
	),
)

// counted numbers the sessions of a server.
func counted(s *Server) {
	var last atomic.Int64
	s.newID = func() string { return fmt.Sprintf("%032d", 1000+last.Add(1)) }
}

func withAttributes(attributes string) change {
	return func(_ *Server, a *answer) { a.attributes = attributes }
}

func repeatsPassword(s *Server, a *answer) { added("password", a.session.owner.Password)(s, a) }

func repeatsToken(s *Server, a *answer) { added("token", s.config.Token)(s, a) }

// sharesTheEldest ends a session that was just opened, where its owner has another one.
func sharesTheEldest(s *Server, ses *session) {
	if ses.owner.sessions[0] != ses {
		s.end(ses)
	}
}

var escapes = regexp.MustCompile(`\\(u[0-9a-fA-F]{4}|.)`)

// misread takes the backslash from each escape of a character beyond ASCII.
func misread(body []byte) []byte {
	return escapes.ReplaceAllFunc(body, func(escape []byte) []byte {
		if escape[1] == 'u' && string(escape[2:4]) != "00" {
			return escape[1:]
		}
		return escape
	})
}

func lacksLast(right, came string) bool { return came == withoutLast(right) }

func withoutLast(text string) string {
	letters := []rune(text)
	return string(letters[:max(0, len(letters)-1)])
}

func beginsRight(right, came string) bool { return len(came) >= 8 && strings.HasPrefix(right, came) }

// sameBytes compares so many bytes and no more.
func sameBytes(n int) func(right, came string) bool {
	return func(right, came string) bool { return len(came) >= n && len(right) >= n && came[:n] == right[:n] }
}

// narrowFaults are about logins and passwords that are read in an alphabet of fewer characters.
var narrowFaults = slices.Concat(narrowed("login", "sessions-login-unknown-login"),
	narrowed("password", "sessions-login-password-whole"))

func narrowed(field, clause string) []peculiarity {
	return reference.Narrowed(field, [2]string{clause, clause}, func(alike func(right, came string) bool) effect {
		return admits(login, field, like(alike))
	})
}

// carelessFaults let in who is not looked at closely.
var carelessFaults = slices.Concat(
	breaks("sessions-login-wrong-password",
		fault("session-stands-for-password", "Who has a live session is let in with a wrong password.",
			on(refused(login, wrongPassword), func(s *Server, a *answer) {
				if ses, _ := s.sessionOf(a.request); ses != nil {
					opened := s.welcome(ses.owner)
					a.status, a.fields, a.session = opened.status, opened.fields, opened.session
					a.handOut(ses)
				}
			}))),
	breaks("sessions-login-password-no-text",
		fault("list-of-right-password-accepted", "The first value of a list is the password.",
			admits(login, "password", isListOfRight))),
	breaks("sessions-login-no-text",
		fault("list-of-right-login-accepted", "The first value of a list is the login.",
			admits(login, "login", isListOfRight))),
	breaks("sessions-token-no-text",
		fault("list-of-right-token-accepted", "The first value of a list is the token.",
			admits(token, "token", isListOfRight))),
	breaks("sessions-token-unknown",
		fault("token-compared-by-its-end", "The second half of a token is compared.",
			admits(token, "token", like(reference.SameEnd))),
		fault("end-of-token-accepted", "The end of a token is enough.", admits(token, "token", like(
			func(right, came string) bool { return right != came && strings.HasSuffix(right, came) })))),
)
