package sdm

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"session-conformance/support/reference"
)

// sessionFaults break the login itself, its cookie, its session and the logout.
var sessionFaults = slices.Concat(
	breaks("sdm-login-200",
		refused("login", "A login", loggedIn, 201, 202, 203),
		refused("xml-login", "A login in XML", where(loggedIn, sent(asXML)), 201),
		refused("json-login", "A login in JSON", where(loggedIn, sent(asJSON)), 201)),
	breaks("sdm-login-xml",
		is("xml-login-415", "A login in XML is refused for its media type.", unsupported(asXML)),
		is("xml-login-refused", "A login in XML is refused, though it is right.", refuses(wrongPassword, sent(asXML))),
		is("xml-login-redirects", "A login in XML is redirected to another call.", redirects(loggedIn, sent(asXML))),
		refused("xml-login", "A login in XML that opens a session", where(loggedIn, sent(asXML)), 500),
		is("xml-escapes-not-decoded", "The escapes in the XML's password are taken literally.",
			readsPassword(func(t *turn) string { return asWritten(t.body, `<password>`, `</password>`) }, sent(asXML))),
		is("xml-spaces-collapsed", "Several spaces in the XML's password are taken for one.",
			readsPassword(func(t *turn) string { return strings.Join(strings.Fields(*t.given.password), " ") }, sent(asXML))),
		is("xml-read-as-latin-1", "The XML of the request is read as ISO-8859-1.", readsAs(reference.Latin1, asXML))),
	breaks("sdm-login-json",
		is("json-login-415", "A login in JSON is refused for its media type.", unsupported(asJSON)),
		is("json-login-refused", "A login in JSON is refused, though it is right.", refuses(wrongPassword, sent(asJSON))),
		is("json-login-redirects", "A login in JSON is redirected to another call.", redirects(loggedIn, sent(asJSON))),
		refused("second-login", "A login of a user who has a session", where(loggedIn, sent(asJSON),
			func(t *turn) bool { return len(t.earlier()) > 0 }), 500),
		refused("json-login", "A login in JSON that opens a session", where(loggedIn, sent(asJSON)), 500),
		is("json-escapes-not-decoded", "The escapes in JSON are taken literally.", readsPassword(rawJSON, sent(asJSON))),
		is("json-read-as-latin-1", "The JSON of the request is read as ISO-8859-1.", readsAs(reference.Latin1, asJSON))),
	breaks("sdm-session-cookie",
		is("cookie-absent", "A login sets no cookie.", handsNothing()),
		is("xml-cookie-absent", "A login in XML sets no cookie.", handsNothing(sent(asXML))),
		is("json-cookie-absent", "A login in JSON sets no cookie.", handsNothing(sent(asJSON))),
		is("cookie-empty", "The session cookie is set without a value.", hands(func(_ *turn, c *cookie) { c.Value = "" })),
		is("cookie-without-name", "The session ID comes without a name.", hands(func(_ *turn, c *cookie) { c.Name = "" })),
		is("cookie-in-another-header", "The session cookie comes in a header that sets no cookie.",
			hands(func(t *turn, c *cookie) { t.Set("X-Session-Cookie", c.Name+"="+c.Value) }), handsNothing())),
	breaks("sdm-session-id-is-cookie",
		is("session-id-is-not-cookie", "The sessionId is not the cookie's value.", changes("sessionId", anotherID)),
		is("session-id-is-neither-cookie", "Two cookies are set, and the sessionId is the value of neither.",
			before("route=node7; Path=/"), changes("sessionId", anotherID)),
		is("xml-session-id-is-not-cookie", "In XML the sessionId is another ID than the cookie's value.",
			changes("sessionId", anotherID, answered(asXML))),
		is("json-session-id-is-not-cookie", "In JSON the sessionId is another ID than the cookie's value.",
			changes("sessionId", anotherID, answered(asJSON))),
		is("session-id-without-route", "The sessionId lacks the route that the cookie's value ends with.",
			changes("sessionId", func(t *turn, f *field) { f.value = strings.TrimSuffix(t.session.id, ".tomcat1") })),
		is("session-id-in-lower-case", "The sessionId is the cookie's value in lower case.",
			changes("sessionId", func(t *turn, f *field) { f.value = strings.ToLower(t.session.id) }))),
	breaks("sdm-cookie-http-only",
		is("cookie-not-http-only", "The session cookie is not HttpOnly.", withoutAttribute("HttpOnly")),
		is("other-cookie-http-only", "Another cookie is HttpOnly, the session cookie is not.",
			withoutAttribute("HttpOnly"), before("route=node7; Path=/; HttpOnly"))),
	overHTTPS(breaks("sdm-cookie-secure",
		is("cookie-not-secure", "Over https the session cookie is not Secure.", withoutAttribute("Secure")),
	)),
	breaks("sdm-cookie-reaches-calls",
		is("cookie-path-of-login", "The cookie's path is that of the login.", attribute("Path=/rest/v1.3/admin/login")),
		is("cookie-path-elsewhere", "The session cookie's path is none of the REST API's.", attribute("Path=/console")),
		is("cookie-domain-elsewhere", "The session cookie's domain is another one.", attribute("Domain=sdm.example")),
		is("cookie-expired", "The session cookie comes expired.", attribute("Expires=Thu, 01 Jan 1970 00:00:00 GMT")),
		is("cookie-max-age-zero", "The session cookie comes with no time to live.", attribute("Max-Age=0"))),
	breaks("sdm-session-authenticates",
		is("session-dead", "The session cookie authenticates nothing.", loses()),
		is("xml-session-dead", "The session cookie of a login in XML authenticates nothing.", loses(openedIn(asXML))),
		is("json-session-dead", "The session cookie of a login in JSON authenticates nothing.", loses(openedIn(asJSON))),
		is("curl-session-dead", "The session cookie of a login of curl authenticates nothing.",
			at(opening, func(t *turn) { t.session.spent = true }, agent("curl/")),
			loses(func(t *turn) bool { return t.session.spent })),
		is("session-beside-cookie-dead", "The session of a login that carries a live session's cookie is dead.",
			at(opening, func(t *turn) { t.session.spent = true }, liveCookie),
			loses(func(t *turn) bool { return t.session.spent })),
		is("other-user-session-dead", "The session cookie of another user than the first authenticates nothing.",
			loses(func(t *turn) bool { return t.session.account != t.config.User })),
		is("session-needs-header", "The session counts only with its ID in a header of its own.",
			loses(func(t *turn) bool { return t.r.Header.Get("X-Session-Id") != t.session.id })),
		is("session-needs-password-too", "The session counts only with Basic credentials beside the cookie.",
			loses(func(t *turn) bool { _, _, basic := t.r.BasicAuth(); return !basic })),
		is("bare-id-ends-session", "A session ends when its ID comes as the whole Cookie header.",
			at(finding, func(t *turn) { delete(t.sessions, t.r.Header.Get("Cookie")) })),
		is("session-redirects", "With a session a call is answered with a redirect.", status(302, used)),
		is("session-answers-403", "With a session a call is answered 403, as without one.",
			status(403, of(serverInfo), because(fine, noSession))),
		is("session-answers-500", "With a session a call is answered 500.", status(500, used))),
	breaks("sdm-session-lasts",
		is("session-used-up-by-one-call", "The session ends with the first call that uses it.", loses(spent)),
		is("session-renewed-dead", "The first call ends the session and sets a cookie that authenticates nothing.",
			loses(spent), at(answering, setDeadCookie, used))),
	breaks("sdm-session-needed",
		is("session-not-needed", "A call without a session is answered as with one.", finds(noSession)),
		is("session-by-connection", "A connection that carried a session's cookie needs none any more.", func(s *Server) {
			carried := map[string]bool{}
			at(finding, func(t *turn) { carried[t.r.RemoteAddr] = true }, because(fine))(s)
			finds(noSession, func(t *turn) bool { return carried[t.r.RemoteAddr] })(s)
		}),
		is("session-by-address", "Whoever calls from the address of an earlier login needs no cookie.",
			finds(noSession, func(t *turn) bool { return len(t.sessions)+len(t.ended) > 0 })),
		refused("no-session", "A call without a session", because(noSession), 200, 204),
		is("no-session-shows-login-page", "A call without a session is answered 200 with a login page.",
			says(200, "text/html", loginPage, because(noSession)))),
	breaks("sdm-session-invented",
		is("session-any-cookie", "Any value of the session cookie authenticates.", finds(invented)),
		is("session-any-well-formed", "Any session ID of the right form authenticates.",
			finds(invented, takingText(regexp.MustCompile(`^[0-9A-F]{32}\.tomcat1$`).MatchString))),
		is("session-by-route", "Any session ID with the server's route authenticates.",
			finds(invented, takingText(func(id string) bool { return strings.HasSuffix(id, ".tomcat1") }))),
		is("session-by-first-half", "Session IDs are compared by their first half.",
			finds(invented, takingLike(func(live, id string) bool { return len(id) == len(live) && id[:16] == live[:16] }))),
		refused("invented-session", "A call with an invented session", because(invented), 200)),
	breaks("sdm-session-refusal-401",
		refused("no-session", "A call without a session", because(noSession), 302, 403, 500),
		refused("invented-session", "A call with an invented session", because(invented), 400, 500),
		refused("ended-session", "A call with a session that is over", because(ended), 500),
		refused("bearer-token", "A call with a bearer token and no session",
			where(because(noSession), authorizedBy("Bearer ")), 500),
		refused("cookie-of-no-id", "A call with a session cookie of a few characters",
			where(because(invented), takingText(func(id string) bool { return len(id) < 12 })), 500)),
	breaks("sdm-two-logins-two-sessions",
		is("one-session-per-user", "A second login answers with the session of the first.", at(opening, func(t *turn) {
			for _, earlier := range t.earlier() {
				t.goOnWith(earlier)
			}
		}))),
	breaks("sdm-logout", refused("logout", "A logout that ends the session", loggedOut, 201, 302, 500)),
	breaks("sdm-logout-ends-session",
		is("logout-ends-nothing", "After a logout the session goes on.", at(ending, func(t *turn) { t.goesOn = true })),
		is("logout-clears-cookie-only", "A logout clears the client's cookie, and the session goes on.",
			at(ending, func(t *turn) { t.goesOn = true }), clearsCookie),
		is("ended-session-lives-with-the-next-login", "A user's next login brings the sessions back that were logged out.",
			at(ending, func(t *turn) { t.session.over = true; t.goesOn = true }),
			at(finding, func(t *turn) {
				if t.why == fine && t.session.over {
					t.why = ended
				}
			}),
			at(opening, func(t *turn) {
				for _, s := range t.of(t.session.account) {
					s.over = false
				}
			}))),
	breaks("sdm-logout-ends-session",
		is("logout-hands-out-a-session", "A logout is answered with the cookie of another live session.",
			at(answering, handsLiveSession, loggedOut))),
	breaks("sdm-logout-needs-session",
		refused("logout-without-session", "A logout without a session", because(nothingToEnd), 204, 403, 500),
		refused("logout-by-invented-cookie", "A logout with an invented cookie", inventedLogout, 500),
		is("logout-by-invented-cookie", "A logout with an invented cookie is answered 204.", status(204, inventedLogout))),
)

// sampleFaults fail clients that do what the document's samples do.
var sampleFaults = slices.Concat(
	breaks("sdm-login-as-curl",
		is("xml-on-one-line-refused", "XML on a line is refused.", refuses(bodyMalformed, sent(asXML), not(bodyHas("\n")))),
		refused("xml-on-one-line", "XML on one line", where(sent(asXML), of(login), not(bodyHas("\n"))), 500),
		is("curl-refused", "Whoever says that it is curl is refused.", refuses(wrongPassword, agent("curl/")))),
	breaks("sdm-login-as-python",
		is("xml-declaration-needed", "XML without a declaration is refused.",
			refuses(bodyMalformed, sent(asXML), not(bodyHas("<?xml")))),
		is("python-refused", "Who says that it is python-requests is refused.", refuses(wrongPassword, agent("python-"))),
		is("xml-number-references-beyond-ascii-refused", "Letters beyond ASCII written by their numbers in XML are refused.",
			refuses(bodyMalformed, sent(asXML), bodyLike(`&#(?:1[3-9]\d|[2-9]\d\d|\d{4,});`)))),
	breaks("sdm-login-escapes",
		is("xml-number-references-refused", "Letters written by their number in XML are refused.",
			refuses(bodyMalformed, sent(asXML), bodyLike(numbered))),
		is("xml-number-references-as-written", "Letters written by their number in XML are taken as they are written.",
			refuses(wrongPassword, sent(asXML), bodyLike(numbered))),
		is("xml-hexadecimal-references-refused", "Letters written by their hexadecimal number in XML are refused.",
			refuses(wrongPassword, sent(asXML), bodyLike(`&#x`))),
		is("json-letter-escapes-as-written", "Letters of ASCII that JSON escapes are taken as they are written.",
			refuses(wrongPassword, sent(asJSON), bodyLike(`\\u00[4-7]`))),
		is("json-surrogates-refused", "JSON's escapes are refused.", refuses(bodyMalformed, sent(asJSON), bodyLike(`\\u0`)))),
)

// numbered is a letter of ASCII that is written by its number in XML; quotation marks usually are.
const numbered = `&#(?:[4-9]\d|1[0-2]\d);`

// agent holds for requests of clients that say who they are so.
func agent(name string) condition {
	return func(t *turn) bool { return strings.HasPrefix(t.r.UserAgent(), name) }
}

const (
	short  = time.Second
	moment = 2 * time.Second
)

var (
	// endedBefore holds for calls whose session a logout has ended, inventedLogout for logouts whose session never was.
	endedBefore    = taking(func(s *Server, id string) bool { return s.ended[id] })
	inventedLogout = where(because(nothingToEnd), not(endedBefore),
		func(t *turn) bool { return len(t.r.Cookies()) > 0 })
)

// liveCookie holds for requests with the cookie of a live session, inventedCookie for those with any other.
func liveCookie(t *turn) bool     { return t.cameWith() != nil }
func inventedCookie(t *turn) bool { return t.cookie() != "" && !liveCookie(t) }

// wakes gives a dead session's cookie to a wrong password, and makes it a live one with the next good login.
func wakes(s *Server) {
	sleeping := map[string]*session{}
	at(answering, func(t *turn) {
		t.open(t.account)
		t.hand(t.session)
		t.end(t.session)
		sleeping[t.session.id] = t.session
	}, of(login), because(wrongPassword))(s)
	at(answering, func(t *turn) {
		for id, waking := range sleeping {
			if waking.account == t.account {
				t.sessions[id] = waking
			}
		}
	}, loggedIn)(s)
}

// keepsStrangers gives a cookie to whoever is refused for having none, and its ID to the session of the login that
// brings it back.
func keepsStrangers(s *Server) {
	given := map[string]bool{}
	at(answering, func(t *turn) {
		id := t.newID()
		given[id] = true
		t.setCookie(t.cookieName, id)
	}, because(noSession))(s)
	at(opening, func(t *turn) { t.rename(t.cookie()) }, func(t *turn) bool { return given[t.cookie()] })(s)
}

// atOnce changes the session of a login that follows another one within a moment, each on a connection of its own.
func atOnce(change func(t *turn, other *session)) effect {
	return func(s *Server) {
		var last *session
		at(opening, func(t *turn) {
			if last != nil && t.session.used.Sub(last.used) < moment {
				change(t, last)
			}
			last = t.session
		}, func(t *turn) bool { return t.r.Close })(s)
	}
}
