package sessions

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"sync/atomic"

	"session-conformance/support/reference"
)

// loginFaults are what can go wrong with a login that is right.
var loginFaults = slices.Concat(
	breaks("sessions-login-opens",
		is("login-refused", "A right login and password are answered 401.", on(at(login), turnedAway(401))),
		is("login-fails", "A right login and password are answered 500.", on(at(login), turnedAway(500))),
		is("login-session-dead", "The cookie of a good login is no session's.", on(at(login), deadCookie)),
		is("login-session-ended", "A good login's session has ended when its cookie arrives.", on(at(login), endedAtOnce)),
		is("login-cookie-expired", "The cookie of a good login has expired, so that clients drop it.",
			on(at(login), func(_ *Server, a *answer) {
				a.attributes = []string{"Max-Age=0", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"}
			})),
		is("login-escapes-html", "Passwords are escaped as HTML.", misreads(login, "password", html.EscapeString)),
		is("login-reads-latin-1", "Passwords are read as Latin-1.", misreads(login, "password", reference.Latin1)),
		is("login-drops-quotation-marks", "Passwords lose quotation marks.", misreads(login, "password", dropping(`"`))),
		is("login-decodes-backslashes", "Passwords lose their backslashes.", misreads(login, "password", dropping(`\`)))),
	breaks("sessions-token-opens",
		is("token-refused", "A right token is answered 401.", on(at(token), turnedAway(401))),
		is("token-call-absent", "POST /session/login-with-token is answered 404.", on(at(token), turnedAway(404))),
		is("token-session-dead", "The cookie of a good login by token is no session's.", on(at(token), deadCookie)),
		is("token-session-ended", "A token's session has ended when its cookie arrives.", on(at(token), endedAtOnce))),
	breaks("sessions-node-opens",
		is("node-refused", "A node's right credentials are answered 401.", on(at(node), turnedAway(401))),
		is("node-call-absent", "POST /session/node/login is answered 404.", on(at(node), turnedAway(404))),
		is("node-fails", "A node's right credentials are answered 500.", on(at(node), turnedAway(500)))),
	breaks("sessions-login-status-201",
		answers("login-status", "A good login by password", at(login), 200, 202),
		answers("token-status", "A good login by token", at(token), 200, 206),
		answers("node-status", "A node's good login", at(node), 200, 203)),
	breaks("sessions-login-sets-cookie",
		passwordLogin.does("login-sets-no-cookie", "sets no cookie", noCookie),
		tokenLogin.does("token-sets-no-cookie", "sets no cookie", noCookie)),
	breaks("sessions-login-own-session",
		is("session-shared", "All logins of a user share one session.", opened(func(s *Server, ses *session) {
			if ses.owner.sessions[0] != ses {
				s.end(ses)
			}
		}))),
	breaks("sessions-session-id-random",
		is("session-ids-counted", "Session IDs are counted.", counted),
		is("session-ids-of-the-guid", "Session IDs are the same but for their last eight digits.",
			ids(func() string { return "5E55107A5E55107A5E55107A" + newID()[:8] }))),
	breaks("sessions-login-json-escapes",
		is("json-escapes-misread", "JSON escapes of characters beyond ASCII lose their backslash.",
			func(s *Server) { s.onBody = append(s.onBody, misread) })),
	breaks("sessions-login-secret-not-repeated",
		is("login-repeats-password", "A good login's answer repeats the password.",
			on(at(login), func(s *Server, a *answer) { added("password", a.session.owner.Password)(s, a) })),
		is("token-repeats-token", "A good login's answer repeats the token.",
			on(at(token), func(s *Server, a *answer) { added("token", s.config.Token)(s, a) }))),
	breaks("sessions-cookie-http-only",
		is("cookie-not-http-only", "The session's cookie is not HttpOnly.", withoutAttribute("HttpOnly"))),
	breaks("sessions-cookie-secure",
		overHTTPS(is("cookie-not-secure", "Over https, the session's cookie is not Secure.", withoutAttribute("Secure")))),
)

// counted numbers the sessions of a server.
func counted(s *Server) {
	var last atomic.Int64
	s.newID = func() string { return fmt.Sprintf("%032d", 1000+last.Add(1)) }
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
