package sessions

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
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
		is("tenth-login-session-dead", "From a user's tenth login on the cookie is no session's.",
			on(at(login), onlyIf(func(t *turn) bool { return t.session.logins >= 10 }, deadCookie))),
		is("login-session-ended", "A good login's session has ended when its cookie arrives.", on(at(login), endedAtOnce)),
		is("login-cookie-expired", "The cookie of a good login has expired, so that clients drop it.",
			on(at(login), func(t *turn) {
				t.attributes = []string{"Max-Age=0", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"}
			})),
		is("login-escapes-html", "Passwords are escaped as HTML.", misreads(login, "password", html.EscapeString)),
		is("login-reads-latin-1", "Passwords are read as Latin-1.", misreads(login, "password", reference.Latin1)),
		is("login-drops-quotation-marks", "Passwords lose quotation marks.", misreads(login, "password", dropping(`"`))),
		is("login-decodes-backslashes", "Passwords lose their backslashes.", misreads(login, "password", dropping(`\`)))),
	breaks("sessions-token-opens",
		is("token-refused", "A right token is answered 401.", on(at(token), turnedAway(401))),
		is("token-call-absent", "POST /session/login-with-token is answered 404.", on(at(token), turnedAway(404))),
		is("token-session-dead", "The cookie of a good login by token is no session's.", on(at(token), deadCookie)),
		is("token-session-dead-later", "Who logs in by token after others did gets a cookie that is no session's.",
			on(at(token), onlyIf(func(t *turn) bool { return t.session.logins >= 10 }, deadCookie))),
		is("token-session-ended", "A token's session has ended when its cookie arrives.", on(at(token), endedAtOnce))),
	breaks("sessions-node-opens",
		is("node-refused", "A node's right credentials are answered 401.", on(at(node), turnedAway(401))),
		is("node-call-absent", "POST /session/node/login is answered 404.", on(at(node), turnedAway(404))),
		is("node-fails", "A node's right credentials are answered 500.", on(at(node), turnedAway(500)))),
	breaks("sessions-login-status-201",
		answers("login-status", "A good login by password", at(login), 200, 202),
		laterLogin.does("login-status-200-after-a-refusal", "is answered 200", answered(200)),
		othersLogin.does("others-login-200", "is answered 200", answered(200)),
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
		})),
		is("session-shared-later", "From a user's tenth login on its logins share one session.",
			opened(func(s *Server, ses *session) {
				if ses.logins >= 10 && ses.owner.sessions[0] != ses {
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
			on(at(login), func(t *turn) { added("password", t.session.owner.Password)(t) })),
		is("token-repeats-token", "A good login's answer repeats the token.",
			on(at(token), func(t *turn) { added("token", t.config.Token)(t) }))),
	breaks("sessions-cookie-http-only",
		is("cookie-not-http-only", "The session's cookie is not HttpOnly.", withoutAttribute("HttpOnly")),
		is("token-cookie-not-http-only", "The cookie of a login by token is not HttpOnly.",
			on(at(token), func(t *turn) {
				t.cookiesAfter = append(t.cookiesAfter, t.cookieName+"="+t.cookie+"; Path="+BasePath)
				t.cookie = ""
			}))),
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

// sampleFaults are right requests in a form that clients send, and answers that they cannot read.
var sampleFaults = slices.Concat(
	breaks("sessions-accept-any",
		is("accept-any-406", "Who accepts anything is answered 406.",
			on(shown, onlyIf(accepts("*/*"), turnedAway(406)))),
		is("accept-absent-406", "A call without Accept is answered 406.",
			on(shown, onlyIf(accepts(""), turnedAway(406)))),
		is("user-agent-required", "A client that does not name itself is answered 403.",
			on(shown, onlyIf(func(t *turn) bool { return t.request.Header.Get("User-Agent") == "" }, turnedAway(403))))),
	breaks("sessions-secret-in-no-answer",
		is("details-show-password", "The user's details show the password.",
			on(at(details), showsPassword(func(p string) string { return p }))),
		theUser.does("user-shows-password-md5", "shows the password's MD5",
			showsPassword(func(p string) string { return fmt.Sprintf("%x", md5.Sum([]byte(p))) })),
		is("user-shows-basic-credentials", "GET /session/user shows login and password in Base64, as Basic sends them.",
			on(at(user), func(t *turn) {
				of := t.session.owner
				added("auth", base64.StdEncoding.EncodeToString([]byte(of.Login+":"+of.Password)))(t)
			})),
		theUser.does("user-shows-password-in-address", "shows the password in an address, escaped as there",
			showsPassword(url.QueryEscape)),
		is("details-show-salted-hash", "The user's details show what bcrypt makes of the password.",
			on(at(details), added("hash", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"))),
		is("refusal-shows-password-in-a-header", "The refusal of a wrong password tells the right one in a header.",
			on(refused(login, wrongPassword), func(t *turn) {
				with("X-Debug", url.PathEscape(t.user.Password))(t)
			})),
		is("details-show-password-sha-256", "The user's details show the password's SHA-256 in Base64.",
			on(at(details), showsPassword(sha256Base64))),
		theUser.does("user-shows-token", "shows the user's token",
			func(t *turn) { added("apiToken", t.config.Token)(t) }),
		is("logout-shows-token", "A logout's answer shows the user's token in a header.",
			on(at(logout), func(t *turn) { with("X-Debug", url.QueryEscape(t.config.Token))(t) })),
		passwordLogin.does("login-shows-token", "shows the user's token",
			func(t *turn) { added("apiToken", t.config.Token)(t) }),
		othersLogin.does("others-login-repeats-password", "repeats the password",
			func(t *turn) { added("password", t.other.Password)(t) }),
		is("refusal-shows-right-password", "The refusal of a wrong password tells the right one.",
			on(refused(login, wrongPassword), func(t *turn) { added("expected", t.user.Password)(t) }))),
)

// accepts says whether a request's Accept header is this one.
func accepts(media string) when {
	return func(t *turn) bool { return t.request.Header.Get("Accept") == media }
}

// showsPassword adds the password of whose session it is, in some form.
func showsPassword(form func(string) string) change {
	return func(t *turn) { added("secret", form(t.session.owner.Password))(t) }
}

func sha256Base64(password string) string {
	sum := sha256.Sum256([]byte(password))
	return base64.StdEncoding.EncodeToString(sum[:])
}
