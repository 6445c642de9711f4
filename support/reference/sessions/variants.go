package sessions

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// variants are open points about sessions, cookies and refusals, done another way. See also fieldVariants.
var variants = []peculiarity{
	variant("status-without-session-204", "GET /session is answered 204 without a session, too.",
		on(refused(status, noSession, inventedSession, endedSession), answered(204), nothing)),
	variant("logout-ends-all-sessions", "A logout ends all sessions of its user.",
		loggedOut(func(s *Server, ses *session) { s.endAllBut(ses.owner, nil) })),
	variant("logout-clears-cookie", "A logout asks the client to drop the cookie.", on(at(logout), clearsCookie)),
	variant("logout-sets-dead-cookie", "A logout hands out the ID of a session that does not live.",
		on(at(logout), deadCookie)),
	variant("node-session-answers-user", "A node's session answers GET /session/user and its details.",
		on(ends([]call{user, details}, nodeSession), accepted)),
	variant("node-sets-no-cookie", "A node's good login sets no cookie.", on(at(node), noCookie)),
	variant("cookie-for-other-path-after",
		"A cookie of the session's name that is set for another path, and is no session, comes after it.",
		on(at(login, token, node), func(s *Server, a *answer) {
			a.cookiesAfter = append(a.cookiesAfter, s.cookieName+"="+s.newID()+"; Path=/ui; HttpOnly")
		})),
	variant("token-works-once", "A token opens one session and no more.", worksOnce),
	variant("login-trimmed", "Blanks around a login are ignored.", admits(login, "login", like(isTrimmed))),
	variant("second-logout-accepted", "A logout with an ended session is answered 201, and changes nothing.",
		on(refused(logout, endedSession), answered(201), nothing)),
	variant("sessionless-logout-ignored", "A logout with an invented session is answered 401 and takes its cookie back.",
		on(refused(logout, inventedSession), clearsCookie)),
	variant("login-case-ignored", "Logins, unlike passwords, are compared without their case.",
		admits(login, "login", like(strings.EqualFold))),
	variant("locks-after-third-refusal", "Three wrong passwords in a row lock an account.", locksAfter(3)),
	variant("unknown-fields-refused", "A login with a field that is not documented is answered 400.",
		decided(unknownFieldsRefused)),
	variant("accept-required", "A call whose Accept header does not allow JSON is answered 406.",
		func(s *Server) { s.onRequest = append(s.onRequest, requiresAccept) }),
	variant("basic-credentials-accepted", "GET /session/user takes right Basic credentials.",
		answersBasic(func(user *account, password string) bool { return same(user.Password, password) })),
	variant("cookie-renamed", "The session's cookie is called vprotect.session.",
		func(s *Server) { s.cookieName = "vprotect.session" }),
	variant("cookie-quoted",
		"The cookie's value stands in quotation marks, which the server takes off wherever they stand.",
		cookies(func(c *cookie) { c.value = `"` + c.value + `"` }), func(s *Server) {
			s.around = append(s.around, func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					r.Header.Set("Cookie", strings.ReplaceAll(r.Header.Get("Cookie"), `"`, ""))
					next.ServeHTTP(w, r)
				})
			})
		}),
	variant("cookie-path-root", "The session's cookie is set for the path /.",
		cookies(func(c *cookie) { c.path = "/" })),
	variant("cookie-attributes-otherwise", "The cookie has more attributes, in another order and case.",
		cookies(otherwise)),
	variant("cookie-without-path", "The session's cookie names no path, so that it is sent to all calls below "+
		"/api/session.",
		cookies(func(c *cookie) { c.path = "" })),
	variant("cookie-with-a-prefix", "A proxy puts a server's name before the session's ID.",
		cookies(func(c *cookie) { c.value = "n1~" + c.value }),
		found(func(s *Server, _ *http.Request, id string) *session { return s.live[strings.TrimPrefix(id, "n1~")] })),
	unjudged("sessions-login-sets-cookie", variant("session-as-bearer",
		"A login sets no cookie; the field accessToken of its answer is sent as a bearer token.",
		on(at(logins...), func(s *Server, a *answer) {
			with("X-Request-Token", s.newID())(s, a) // beside others that carry nothing
			a.fields = append(a.fields, field{"request", s.newID()}, field{"accessToken", a.cookie})
		}, noCookie), carriedBy("Authorization", "Bearer "))),
	unjudged("sessions-login-sets-cookie", variant("session-in-a-header",
		"A login sets no cookie; the field X-Auth-Token of its head is sent back.",
		on(at(logins...), func(s *Server, a *answer) { with("X-Auth-Token", a.cookie)(s, a) }, noCookie),
		carriedBy("X-Auth-Token", ""))),
	variant("two-cookies-needed", "A session needs two cookies, both set by its login.",
		func(s *Server) { s.proofName = "SESSIONPROOF" }),
	variant("other-cookies-around", "Every answer sets other cookies before and after.", on(everyEnd(), otherCookies)),
	variant("login-clears-old-cookie-first", "A login drops the old cookie before it sets the new one.",
		on(at(logins...), clearsCookieFirst)),
	variant("cookie-set-by-every-answer", "Every answer to a live session sets its cookie again.",
		on(at(status, user, details), setsAgain)),
	variant("cookie-renewed-by-every-answer", "Every answer to a live session gives it a further ID.",
		on(at(status, user, details), renews)),
	variant("refusal-sets-dead-cookie", "Every refusal sets the cookie of a session that does not live.",
		on(anyRefusal(), deadCookie)),
	variant("session-id-base64", "Session IDs are base64 that ends with an equals sign.", ids(base64ID)),
	variant("session-id-uuid", "Session IDs are UUIDs.", ids(newUUID)),
	variant("session-id-signed", "Session IDs are signed and escaped for URLs.", ids(signedID)),
	variant("refusals-400", "All refusals are answered 400.", on(anyRefusal(), answered(400))),
	variant("refusals-403", "All refusals are answered 403.", on(anyRefusal(), answered(403))),
	variant("refusals-404", "All refusals are answered 404.", on(anyRefusal(), answered(404))),
	variant("refusals-422", "All refusals are answered 422.", on(anyRefusal(), answered(422))),
	variant("refusals-500", "All refusals are answered 500.", on(anyRefusal(), answered(500))),
	variant("refusals-redirect", "A call without a live session is redirected to a login page.",
		on(ends(everyCall, noSession, inventedSession, endedSession), redirected)),
	variant("refusals-as-text", "Refusals are plain text.", on(anyRefusal(), typed("text/plain"), content("No.\n"))),
	variant("refusals-as-html", "Refusals are HTML.",
		on(anyRefusal(), typed("text/html;charset=ISO-8859-1"), content("<html><h1>Unauthorized</h1></html>"))),
	variant("refusals-empty", "Refusals have no content.", on(anyRefusal(), nothing)),
	variant("refusals-as-problem", "Refusals are application/problem+json.", on(anyRefusal(), asProblem)),
	variant("refusals-numbered", "Refusals carry a time and a number of their own.", on(anyRefusal(), numbered)),
	variant("refusals-name-basic", "Refusals carry WWW-Authenticate.",
		on(anyRefusal(), with("WWW-Authenticate", `Basic realm="api"`))),
	variant("media-type-charset", "JSON is labelled application/json; charset=utf-8.",
		on(at(everywhere...), typed("application/json; charset=utf-8"))),
	variant("media-type-otherwise", "JSON is labelled in another case and with a quoted charset.",
		on(at(everywhere...), typed(`Application/JSON;Charset="UTF-8"`))),
	variant("empty-answers-name-media-type", "Answers without content name application/json, too.",
		on(everyEnd(), func(_ *Server, a *answer) { a.mediaAlways = true })),
	variant("indented-json", "JSON is indented and ends with a line.", on(at(everywhere...), rewritten(indented))),
	variant("json-escaped-slashes", "JSON escapes its slashes.", on(at(everywhere...), rewritten(escapedSlashes))),
	variant("extra-fields", "Answers have more fields.", on(at(everywhere...), fuller)),
	variant("other-field-order", "Fields come in the other order.",
		on(at(everywhere...), func(_ *Server, a *answer) { slices.Reverse(a.fields) })),
}

// unjudged marks a variant of which a clause cannot be judged.
func unjudged(clause string, p peculiarity) peculiarity {
	p.Open = clause
	return p
}

// carriedBy takes a session's ID from a header of requests.
func carriedBy(name, before string) effect {
	return func(s *Server) {
		s.around = append(s.around, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if id, is := strings.CutPrefix(r.Header.Get(name), before); is && id != "" {
					r.AddCookie(&http.Cookie{Name: s.cookieName, Value: id})
				}
				next.ServeHTTP(w, r)
			})
		})
	}
}

// everyEnd is every call, however it ended.
func everyEnd() []occasion { return append(at(everyCall...), anyRefusal()...) }

func (s *Server) droppedCookie() string {
	return s.cookieName + "=; Path=" + BasePath + "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
}

func clearsCookie(s *Server, a *answer) { a.cookiesAfter = append(a.cookiesAfter, s.droppedCookie()) }

// worksOnce refuses a token that opened a session before.
func worksOnce(s *Server) {
	spent := false
	decided(func(_ *Server, a *attempt) {
		if a.call != token || a.problem != good {
			return
		}
		if spent {
			a.named, a.problem = nil, unknownToken
		}
		spent = true
	})(s)
}

// requiresAccept refuses a call that answers JSON to a client which does not take it.
func requiresAccept(r *http.Request, c call) why {
	accept := strings.ToLower(strings.Join(r.Header.Values("Accept"), ","))
	for _, media := range []string{"application/json", "application/*", "*/*"} {
		if strings.Contains(accept, media) {
			return good
		}
	}
	if !slices.Contains(everywhere, c) {
		return good
	}
	return notAcceptable
}

// otherwise writes a cookie with more attributes, in another order and case.
func otherwise(c *cookie) {
	c.line = c.name + "=" + c.value + ";samesite=lax;HTTPONLY;expires=Fri, 31 Dec 2100 23:59:59 GMT" +
		map[bool]string{true: ";SECURE"}[c.secure] + "; max-age=86400 ;path=" + BasePath + "/;priority=High"
}

func base64ID() string { return base64.StdEncoding.EncodeToString(randomBytes(32)) } // ends with an equals sign

func signedID() string {
	return "s%3A" + rand.Text() + "." + base64.RawURLEncoding.EncodeToString(randomBytes(32))
}

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
