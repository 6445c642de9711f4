package sessions

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"slices"
)

// variants are open points about sessions, cookies and refusals, done another way. See also fieldVariants.
var variants = []quirk{
	variantInCode("status-without-session-204", "GET /session is answered 204 without a session, too."),
	variantInCode("logout-ends-all-sessions", "A logout ends all sessions of its user."),
	variant("logout-clears-cookie", "A logout asks the client to drop the cookie.", at(logout), clearsCookie),
	variant("logout-sets-dead-cookie", "A logout hands out the ID of a session that does not live.", at(logout), deadCookie),
	variantInCode("node-session-answers-user", "A node's session answers GET /session/user and its details."),
	variant("node-sets-no-cookie", "A node's good login sets no cookie.", at(node), noCookie),
	variantInCode("two-sessions-a-user", "A user keeps two sessions; a further login ends the eldest."),
	variant("cookie-for-other-path-after", "A cookie of the session's name that is set for another path, and is no session, comes after it.",
		at(login, token, node), func(s *Server, a *answer) {
			a.cookiesAfter = append(a.cookiesAfter, s.cookieName()+"="+s.newID()+"; Path=/ui; HttpOnly")
		}),
	variantInCode("login-ends-earlier-session", "A login ends the user's earlier session."),
	variantInCode("login-case-ignored", "Logins, unlike passwords, are compared without their case."),
	variantInCode("locks-after-third-refusal", "Three wrong passwords in a row lock an account."),
	variantInCode("unknown-fields-refused", "A login with a field that is not documented is answered 400."),
	variantInCode("accept-required", "A call whose Accept header does not allow JSON is answered 406."),

	variantInCode("cookie-renamed", "The session's cookie is called vprotect.session."),
	variantInCode("cookie-quoted", "The cookie's value stands in quotation marks."),
	variantInCode("cookie-path-root", "The session's cookie is set for the path /."),
	variantInCode("cookie-attributes-otherwise", "The cookie has more attributes, in another order and case."),
	variantInCode("two-cookies-needed", "A session needs two cookies, both set by its login."),
	variant("other-cookies-around", "Every answer sets other cookies before and after.", everyEnd(), otherCookies),
	variant("login-clears-old-cookie-first", "A login drops the old cookie before it sets the new one.",
		at(logins...), clearsCookieFirst),
	variant("cookie-set-by-every-answer", "Every answer to a live session sets its cookie again.",
		at(status, user, details), setsAgain),
	variant("cookie-renewed-by-every-answer", "Every answer to a live session gives it a further ID.",
		at(status, user, details), renews),
	variant("refusal-sets-dead-cookie", "Every refusal sets the cookie of a session that does not live.",
		anyRefusal(), deadCookie),
	variantInCode("session-id-base64", "Session IDs are base64 that ends with an equals sign."),
	variantInCode("session-id-uuid", "Session IDs are UUIDs."),
	variantInCode("session-id-signed", "Session IDs are signed and escaped for URLs."),

	variant("refusals-400", "All refusals are answered 400.", anyRefusal(), answered(400)),
	variant("refusals-403", "All refusals are answered 403.", anyRefusal(), answered(403)),
	variant("refusals-404", "All refusals are answered 404.", anyRefusal(), answered(404)),
	variant("refusals-422", "All refusals are answered 422.", anyRefusal(), answered(422)),
	variant("refusals-500", "All refusals are answered 500.", anyRefusal(), answered(500)),
	variant("refusals-redirect", "A call without a live session is redirected to a login page.",
		ends(everyCall, noSession, inventedSession, endedSession), redirected),
	variant("refusals-as-text", "Refusals are plain text.", anyRefusal(),
		both(typed("text/plain"), content("No.\n"))),
	variant("refusals-as-html", "Refusals are HTML.", anyRefusal(),
		both(typed("text/html;charset=ISO-8859-1"), content("<html><h1>Unauthorized</h1></html>"))),
	variant("refusals-empty", "Refusals have no content.", anyRefusal(), nothing),
	variant("refusals-as-problem", "Refusals are application/problem+json.", anyRefusal(), asProblem),
	variant("refusals-numbered", "Refusals carry a time and a number of their own.", anyRefusal(), numbered),
	variant("refusals-name-basic", "Refusals carry WWW-Authenticate.", anyRefusal(),
		func(_ *Server, a *answer) { a.basic = true }),

	variant("media-type-charset", "JSON is labelled application/json; charset=utf-8.", at(everywhere...),
		typed("application/json; charset=utf-8")),
	variant("media-type-otherwise", "JSON is labelled in another case and with a quoted charset.", at(everywhere...),
		typed(`Application/JSON;Charset="UTF-8"`)),
	variantInCode("empty-answers-name-media-type", "Answers without content name application/json, too."),
	variant("indented-json", "JSON is indented and ends with a line.", at(everywhere...), rewritten(indented)),
	variant("json-escaped-slashes", "JSON escapes its slashes.", at(everywhere...), rewritten(escapedSlashes)),
	variant("extra-fields", "Answers have more fields.", at(everywhere...), fuller),
	variant("other-field-order", "Fields come in the other order.", at(everywhere...),
		func(_ *Server, a *answer) { slices.Reverse(a.fields) }),
}

// everyEnd is every call, however it ended.
func everyEnd() []occasion { return append(at(everyCall...), anyRefusal()...) }

func (s *Server) droppedCookie() string {
	return s.cookieName() + "=; Path=" + BasePath + "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
}

func clearsCookie(s *Server, a *answer) { a.cookiesAfter = append(a.cookiesAfter, s.droppedCookie()) }

func clearsCookieFirst(s *Server, a *answer) {
	a.cookiesBefore = append(a.cookiesBefore, s.droppedCookie())
}

func otherCookies(_ *Server, a *answer) {
	a.cookiesBefore = append(a.cookiesBefore, "XSRF-TOKEN="+rand.Text()+"; Path=/")
	a.cookiesAfter = append(a.cookiesAfter, "lang=pl; Path=/; Max-Age=31536000", "route=n1; HttpOnly")
}

func setsAgain(_ *Server, a *answer) {
	if a.session != nil {
		a.handOut(a.session)
	}
}

func renews(s *Server, a *answer) {
	if a.session != nil {
		s.rename(a.session)
		a.handOut(a.session)
	}
}

func asProblem(_ *Server, a *answer) {
	a.media = "application/problem+json"
	a.fields = fields{{"type", "about:blank"}, {"title", "Refused"}, {"status", a.status}}
}

func numbered(s *Server, a *answer) {
	a.fields = append(fields{{"timestamp", s.now().UnixMilli()}, {"request", newUUID()}}, a.fields...)
}

func indented(right []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, right, "", "  "); err != nil {
		return right
	}
	return append(b.Bytes(), "\r\n"...)
}

func escapedSlashes(right []byte) []byte { return bytes.ReplaceAll(right, []byte("/"), []byte(`\/`)) }

func fuller(s *Server, a *answer) {
	a.fields = append(fields{{"roles", []string{"ADMIN"}}, {"license", nil}}, a.fields...)
	a.fields = append(a.fields, field{"uiLanguage", "pl"}, field{"passwordExpires", s.now().UnixMilli() + 1<<35})
}
