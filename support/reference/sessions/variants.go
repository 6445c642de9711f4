package sessions

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

// variants are open points about sessions, cookies and refusals, done another way. See also fieldVariants.
var variants = slices.Concat(
	is("status-without-session-204", "GET /session is answered 204 without a session, too.",
		on(refused(status, noSession, inventedSession, endedSession), answered(204), nothing)),
	is("logout-ends-all-sessions", "A logout ends all sessions of its user.",
		loggedOut(func(s *Server, ses *session) { s.endAllBut(ses.owner, nil) })),
	aLogout.does("logout-clears-cookie", "asks the client to drop the cookie", clearsCookie),
	aLogout.does("logout-sets-dead-cookie", "hands out the ID of a session that does not live", deadCookie),
	is("node-session-answers-user", "A node's session answers GET /session/user and its details.",
		on(ends([]call{user, details}, nodeSession), accepted)),
	nodeLogin.does("node-sets-no-cookie", "sets no cookie", noCookie),
	is("cookie-for-other-path-after",
		"A cookie of the session's name that is set for another path, and is no session, comes after it.",
		on(at(login, token, node), func(t *turn) {
			t.cookiesAfter = append(t.cookiesAfter, t.cookieName+"="+t.newID()+"; Path=/ui; HttpOnly")
		})),
	is("token-works-once", "A token opens one session and no more.", func(s *Server) {
		spent := false
		decides(func(t *turn) {
			if spent {
				t.named, t.why = nil, unknownToken
			}
			spent = true
		}, at(token))(s)
	}),
	is("login-trimmed", "Blanks around a login are ignored.", admits(login, "login", like.Trimmed)),
	is("login-in-a-session-refused", "A login with the cookie of a live session is answered 403.",
		decides(func(t *turn) { t.why = tooManySessions },
			func(t *turn) bool { return t.why == good && t.cameWith(t.request) != nil })),
	is("login-in-a-session-200", "A login with the cookie of a live session is answered 200.",
		on(at(login), onlyIf(func(t *turn) bool { return t.cameWith(t.request) != nil }, answered(200)))),
	is("second-logout-accepted", "A logout with an ended session is answered 201, and changes nothing.",
		on(refused(logout, endedSession), answered(201), nothing)),
	is("sessionless-logout-ignored", "A logout with an invented session is answered 401 and takes its cookie back.",
		on(refused(logout, inventedSession), clearsCookie)),
	is("login-case-ignored", "Logins are compared without their case.", admits(login, "login", strings.EqualFold)),
	is("locks-after-third-refusal", "Three wrong passwords in a row lock an account.",
		decides(func(t *turn) { t.why = lockedAccount },
			func(t *turn) bool { return t.named != nil && t.named.inARow >= 3 })),
	is("unknown-fields-refused", "A field that is not documented is answered 400.", decides(func(t *turn) {
		for name := range t.body {
			if !slices.ContainsFunc(t.known(t.call), func(k known) bool { _, there := k.body[name]; return there }) {
				t.why = unknownField
			}
		}
	})),
	is("accept-required", "A call whose Accept header does not allow JSON is answered 406.",
		during(requested, requiresAccept)),
	is("basic-credentials-accepted", "GET /session/user takes right Basic credentials.",
		answersBasic(func(user *account, password string) bool { return reference.Same(user.Password, password) })),
	is("cookie-renamed", "The cookie has another name.", func(s *Server) { s.cookieName = "vprotect.session" }),
	is("cookie-quoted", "The cookie's value stands in quotation marks, which the server takes off wherever they stand.",
		cookies(func(c *cookie) { c.Value = `"` + c.Value + `"` }), func(s *Server) {
			s.Before(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
				r.Header.Set("Cookie", strings.ReplaceAll(r.Header.Get("Cookie"), `"`, ""))
				next.ServeHTTP(w, r)
			})
		}),
	is("cookie-path-root", "The session's cookie is set for the path /.", attribute("Path=/")),
	is("cookie-attributes-otherwise", "The cookie has more attributes, in another order and case.", cookies(otherwise)),
	is("cookie-without-path", "The cookie names no path, so that it is sent to calls below /api/session.",
		withoutAttribute("Path")),
	is("cookie-with-a-prefix", "A proxy puts a server's name before the session's ID.",
		cookies(func(c *cookie) { c.Value = "n1~" + c.Value }),
		found(func(s *Server, _ *http.Request, id string) *session { return s.live[strings.TrimPrefix(id, "n1~")] })),
	routed("node", ".node0"), routed("marked", "!-1438792342!NONE"), routed("cloned", ":18n4n8q1b"),
	leaveOpen("sessions-login-sets-cookie",
		is("session-as-bearer", "A login sets no cookie; the field accessToken of its answer is sent as a bearer token.",
			on(goodLogins, func(t *turn) {
				with("X-Request-Token", t.newID())(t) // beside others that carry nothing
				t.fields = append(t.fields, field{"request", t.newID()}, field{"accessToken", t.cookie})
			}, noCookie), carriedBy("Authorization", "Bearer ")),
		is("session-in-a-header", "A login sets no cookie; the field X-Auth-Token of its head is sent back.",
			on(goodLogins, func(t *turn) { with("X-Auth-Token", t.cookie)(t) }, noCookie),
			carriedBy("X-Auth-Token", ""))),
	is("two-cookies-needed", "A session needs two cookies.", func(s *Server) { s.proofName = "SESSIONPROOF" }),
	is("other-cookies-around", "Every answer sets other cookies before and after.",
		on(anyEnd, func(t *turn) {
			t.cookiesBefore = append(t.cookiesBefore, "XSRF-TOKEN="+rand.Text()+"; Path=/")
			t.cookiesAfter = append(t.cookiesAfter, "lang=pl; Path=/; Max-Age=31536000", "route=n1; HttpOnly")
		})),
	anyLogin.does("login-clears-old-cookie-first", "drops the old cookie before it sets the new one",
		func(t *turn) { t.cookiesBefore = append(t.cookiesBefore, t.droppedCookie()) }),
	is("cookie-set-by-every-answer", "Every answer to a live session sets its cookie again.",
		on(at(status, user, details), func(t *turn) { t.handOut(t.session) })),
	is("cookie-renewed-by-every-answer", "Every answer to a live session gives it a further ID.",
		on(at(status, user, details), func(t *turn) { t.rename(t.session); t.handOut(t.session) })),
	is("refusal-sets-dead-cookie", "Refusals set the cookie of a session that does not live.",
		on(anyRefusal, deadCookie)),
	is("session-id-base64", "Session IDs are base64 that ends with an equals sign.",
		ids(inBase64)),
	is("padding-ends-session-id", "Session IDs are in base64, and what stands behind its padding is not looked at.",
		ids(inBase64), found(func(s *Server, _ *http.Request, id string) *session {
			stem, _, _ := strings.Cut(id, "=")
			return alike(func(right, _ string) bool { return strings.TrimRight(right, "=") == stem })(s, id)
		})),
	is("session-id-uuid", "Session IDs are UUIDs.", ids(reference.NewUUID)),
	is("session-id-beside-others", "The session's ID has 14 digits, beside longer cookies that carry nothing.",
		ids(func() string { return newID()[:14] }), on(goodLogins, func(t *turn) {
			t.cookiesAfter = append(t.cookiesAfter, "XSRF-TOKEN="+rand.Text()+"; Path=/", "trace="+inBase64()+"; Path=/")
		})),
	is("session-id-beside-mixed-case", "The session's ID has digits and capitals, beside a cookie that has both cases.",
		on(goodLogins, func(t *turn) { t.cookiesAfter = append(t.cookiesAfter, "trace="+inBase64()+"; Path=/") })),
	is("session-id-signed", "Session IDs are signed and escaped for URLs.", ids(signedID)),
	answers("refusals", "A request that is refused", anyRefusal, 400, 403, 404, 422, 500),
	is("refusals-redirect", "A call without a live session is redirected to a login page.",
		on(ends(everyCall, noSession, inventedSession, endedSession), redirected)),
	is("refusals-as-text", "Refusals are plain text.", on(anyRefusal, typed("text/plain"), content("No.\n"))),
	is("refusals-as-html", "Refusals are HTML.",
		on(anyRefusal, typed("text/html;charset=ISO-8859-1"), content("<html><h1>Unauthorized</h1></html>"))),
	is("malformed-json-not-answered", "A body that is no JSON ends the connection.",
		on(ends(logins, malformed), rewritten(func([]byte) []byte { panic(http.ErrAbortHandler) }))),
	is("refusals-empty", "Refusals have no content.", on(anyRefusal, nothing)),
	is("refusals-as-problem", "Refusals are application/problem+json.", on(anyRefusal, func(t *turn) {
		t.Media = "application/problem+json"
		t.fields = fields{{"type", "about:blank"}, {"title", "Refused"}, {"status", t.Status}}
	})),
	is("refusals-numbered", "Refusals carry a time and a number.", on(anyRefusal, func(t *turn) {
		t.fields = append(fields{{"timestamp", t.now().UnixMilli()}, {"request", reference.NewUUID()}}, t.fields...)
	})),
	is("refusals-name-basic", "Refusals carry WWW-Authenticate.",
		on(anyRefusal, with("WWW-Authenticate", `Basic realm="api"`))),
	everyAnswer.does("media-type-charset", "has JSON that is labelled application/json; charset=utf-8",
		typed("application/json; charset=utf-8")),
	everyAnswer.does("media-type-otherwise", "has JSON that is labelled in another case and with a quoted charset",
		typed(`Application/JSON;Charset="UTF-8"`)),
	is("empty-answers-name-media-type", "Answers without content name application/json, too.",
		on(anyEnd, func(t *turn) { t.mediaEmpty = true })),
	everyAnswer.does("indented-json", "has JSON that is indented and ends with a line", rewritten(indented)),
	everyAnswer.does("json-escaped-slashes", "has JSON that escapes its slashes",
		rewritten(func(right []byte) []byte { return bytes.ReplaceAll(right, []byte("/"), []byte(`\/`)) })),
	is("extra-fields", "Answers have more fields.", on(shown, func(t *turn) {
		t.fields = append(fields{{"roles", []string{"ADMIN"}}, {"license", nil}}, t.fields...)
		t.fields = append(t.fields, field{"uiLanguage", "pl"}, field{"passwordExpires", t.now().UnixMilli() + 1<<35})
	})),
	is("other-field-order", "Fields come in the other order.", on(shown, func(t *turn) { slices.Reverse(t.fields) })),
)

// routed puts the name of a server behind the session's ID, and does not look at it: as Jetty, WebLogic and WebSphere.
func routed(name, route string) list {
	return is("cookie-with-a-route-"+name, "The server's name stands behind the session's ID, which it does not look at.",
		cookies(func(c *cookie) { c.Value += route }),
		found(func(s *Server, _ *http.Request, id string) *session {
			return s.live[id[:max(strings.IndexByte(id, route[0]), 0)]]
		}))
}

// carriedBy takes a session's ID from a header of requests.
func carriedBy(name, prefix string) effect {
	return func(s *Server) {
		s.Before(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
			if id, is := strings.CutPrefix(r.Header.Get(name), prefix); is && id != "" {
				r.AddCookie(&http.Cookie{Name: s.cookieName, Value: id})
			}
			next.ServeHTTP(w, r)
		})
	}
}

func (s *Server) droppedCookie() string {
	return s.cookieName + "=; Path=" + BasePath + "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
}

func clearsCookie(t *turn) { t.cookiesAfter = append(t.cookiesAfter, t.droppedCookie()) }

// requiresAccept refuses a call that answers JSON to a client which does not take it.
func requiresAccept(t *turn) {
	accept := strings.ToLower(strings.Join(t.request.Header.Values("Accept"), ","))
	if slices.Contains(everywhere, t.call) && !strings.Contains(accept, "application/json") &&
		!strings.Contains(accept, "application/*") && !strings.Contains(accept, "*/*") {
		t.why = notAcceptable
	}
}

// otherwise writes a cookie with more attributes, in another order and case.
func otherwise(c *cookie) {
	secure := map[bool]string{true: ";SECURE"}[slices.Contains(c.Attributes, "Secure")]
	c.Value += ";samesite=lax;HTTPONLY;expires=Fri, 31 Dec 2100 23:59:59 GMT" + secure + "; max-age=86400 ;path=" +
		BasePath + "/;priority=High"
	c.Attributes = nil
}

func indented(right []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, right, "", "  "); err != nil {
		return right
	}
	return append(b.Bytes(), "\r\n"...)
}

func inBase64() string { return base64.StdEncoding.EncodeToString(reference.Random(32)) }

func signedID() string {
	return "s%3A" + rand.Text() + "." + base64.RawURLEncoding.EncodeToString(reference.Random(32))
}
