package saymon

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

// variants are all that the server can do otherwise without breaking what the documents state or show. Some differ from
// an extra clause.
var variants = slices.Concat(
	is("session-answered-201", "A session that was created is answered 201.", loggedIn(status(201))),
	is("session-answered-202", "A session that was created is answered 202.", loggedIn(status(202))),
	is("token-answered-201", "A token that was created is answered 201.", tokenMade(status(201))),
	is("token-answered-202", "A token that was created is answered 202.", tokenMade(status(202))),
	is("current-user-answered-206", "The current user is answered 206.", shown(status(206))),
	is("logout-answered-200", "A logout is answered 200 without content.", loggedOut(status(200))),
	is("logout-answered-202", "A logout is answered 202 without content.", loggedOut(status(202))),
	is("token-deletion-answered-200", "A token's deletion is answered 200 with an object.",
		tokenDeleted(func(c *call) { c.answer(200, map[string]bool{"deleted": true}) })),
	reference.Answered("refusals-answered", "Every refusal", func(code int) effect { return answers(code) },
		400, 401, 403, 404, 422),
	is("busy-now-and-then", "The third and the eleventh request are answered 503 with Retry-After.", busyAt(3, 11)),
	is("errors-as-text", "Errors are plain text.", refusedWith(saysAs("text/plain; charset=utf-8", "{message}\n"))),
	is("errors-as-html", "Errors are HTML.",
		refusedWith(saysAs("text/html; charset=utf-8", "<!DOCTYPE html><title>Error</title><h1>{message}</h1>"))),
	is("errors-empty", "Errors have no body.", refusedWith(saysAs("", ""))),
	is("errors-with-request-id", "Errors have a UUID that names the request.",
		failing(func(_ *call, f *failure) { f.Request = reference.NewUUID() })),
	is("errors-indented", "Errors are indented, with the message first.",
		refusedWith(says("{\n  \"message\": {message as JSON},\n  \"code\": \"{code}\"\n}\n"))),
	is("refusals-set-dead-cookie", "Refusals set a sid cookie that is no session.",
		refusedWith(setsBefore("sid={uuid}; Path=/; HttpOnly"))),
	is("refusals-clear-cookie", "Refusals delete the sid cookie.", refusedWith(setsBefore("sid=; Path=/; Max-Age=0"))),
	is("long-token-answered-413", "A Keycloak token that is too long is answered 413 in HTML.",
		onAnswer(refusedAs(&longKeycloakToken), func(c *call) {
			c.Status = 413
			saysAs("text/html", "<html><h1>413 Request Entity Too Large</h1></html>")(c)
		})),
	is("long-token-answered-431", "A Keycloak token that is too long is answered 431.",
		onAnswer(refusedAs(&longKeycloakToken), func(c *call) { c.Status = 431; saysAs("", "")(c) })),
	is("long-token-not-answered", "A Keycloak token that is too long ends the connection.",
		onAnswer(refusedAs(&longKeycloakToken), func(*call) { panic(http.ErrAbortHandler) })),
	is("malformed-json-not-answered", "A body that is no JSON ends the connection.",
		onAnswer(refusedAs(&malformedJSON), func(*call) { panic(http.ErrAbortHandler) })),
	is("latin-1-body-read-over", "What is no UTF-8 in a body is read as another character.",
		onDecision(where(refusedAs(&malformedJSON), notUTF8), refuseAs(&unknownLogin))),
	is("session-id-in-white-space", "White space surrounds the quoted session ID.", loggedIn(says("\r\n\t \"{id}\" \n"))),
	is("session-id-upper-case", "Session IDs are UUIDs in upper case.", sessionID(strings.ToUpper)),
	is("session-id-version-7", "Session IDs are UUIDs of version 7.",
		opens(func(c *call) { c.session.id = uuidOf(c.now()) })),
	is("token-in-white-space", "JSON white space surrounds the quoted token.", tokenMade(says("\n\t \"{id}\"\r\n"))),
	is("token-upper-case", "Tokens are UUIDs in upper case.", tokenText(strings.ToUpper)),
	is("answers-as-plain-text", "IDs are answered as text/plain.", idsAnswered(media("text/plain; charset=utf-8"))),
	is("answers-as-html", "IDs are answered as text/html.", idsAnswered(media("text/html"))),
	is("answers-with-charset", "IDs are answered as JSON with a quoted charset.",
		idsAnswered(media(`Application/JSON;charset="utf-8"`))),
	is("current-user-answered-204", "The current user is answered without content.", shown(noContent)),
	is("current-user-as-text", "The current user is a text that names nobody.", shown(saysAs("text/plain", "logged in"))),
	is("current-user-indented", "The current user is indented, with more fields and the login first.", shown(indentUser)),
	is("verify-says-false", "A session that does not exist is verified by false.", verifiesDead("false")),
	is("verify-indented", "White space surrounds the answer of verify.",
		verified(func(c *call) { says(" " + reference.JSON(c.content) + "\n")(c) })),
	is("cookie-attributes-in-lower-case", "The cookie's attributes are in lower case.",
		loggedIn(attributes("path=/; httponly{secure}"))),
	is("cookie-attributes-reordered", "The path is the cookie's last attribute, after others.",
		loggedIn(attributes("SameSite=Lax; HttpOnly; Path=/{secure}"))),
	is("cookie-attributes-without-spaces", "No spaces stand between the cookie's attributes; a semicolon ends them.",
		loggedIn(func(c *call) {
			c.after = []string{strings.ReplaceAll(c.cookie.String(), " ", "") + ";"}
			c.cookie = cookie{}
		})),
	is("cookie-lives-an-hour", "The cookie has Max-Age and Expires.", loggedIn(cookieForAnHour)),
	is("cookie-lives-long", "The cookie expires in 2049, whose year is written with two digits.",
		loggedIn(attributes("Path=/; Expires=Friday, 1-Jan-49 0:00:00 GMT; HttpOnly{secure}"))),
	is("cookie-with-unknown-attributes", "The cookie has new and unknown attributes, and is Secure over http too.",
		loggedIn(attributes("Priority=High; Path=/; Partitioned; SameSite=None; HttpOnly; Secure; Version=1"))),
	is("cookie-with-domain", "The cookie has the server's host as its domain.",
		loggedIn(func(c *call) { c.cookie.Attributes = append(c.cookie.Attributes, "Domain="+hostOf(c.r)) })),
	is("cookie-cleared-for-other-path", "A sid cookie of another path is deleted after the right one is set.",
		loggedIn(setsAfter("sid=; Path=/legacy; Max-Age=0"))),
	is("cookie-for-other-path-after", "A sid cookie of another path, which is no session, is set after the right one.",
		loggedIn(setsAfter("sid={uuid}; Path=/ui; HttpOnly{secure}"))),
	is("cookie-expired-first", "An old sid cookie is deleted before the new one is set.",
		loggedIn(setsBefore("sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0"))),
	is("cookie-set-twice-alike", "The cookie is set twice, alike.",
		loggedIn(func(c *call) { c.after = []string{c.cookie.String()} })),
	is("other-cookies-before", "Other cookies come before it, one with sid in its name.",
		loggedIn(setsBefore("csrf={uuid}; Path=/; Secure; SameSite=Strict", "lang=ru",
			"xsid={uuid}; Path=/node; Max-Age=60"))),
	is("other-cookies-after", "Other cookies come after it, one with sid in its name.",
		loggedIn(setsAfter("sid.sig={uuid}; Path=/", "route=a7; Path=/other; HttpOnly"))),
	is("cookies-set-anew", "Every answer with a session sets its cookies anew.", onAnswer(where(granted(current), uses),
		func(c *call) { setsBefore("csrf={uuid}; Path=/", "sid="+c.sid+"; Path=/; HttpOnly{secure}")(c) })),
	is("quoted-sid-accepted", "A sid in quotation marks authenticates too.",
		readsSID(func(c *call) string { return cmp.Or(unquoted(cookieOf(c.r, "sid")), cookieOf(c.r, "sid")) })),
	is("csrf-at-logout", "A login sets a csrf cookie, and a logout demands it in a header field, too.", demandsCSRF),
	is("verify-needs-credentials", "Only who has credentials may verify a session.",
		onRequest(asked(verify), func(c *call) { c.decide = (*call).whoAsks })),
	is("logout-keeps-cookie", "A logout does not delete the cookie.", loggedOut(noCookie)),
	is("session-in-header-too", "A session authenticates as X-Session-Id, too.", sessionInHeader(false)),
	is("logout-again-answered-204", "A second logout is answered 204.", loggedOutAgain(noContent)),
	is("logout-ends-all-of-user", "A logout ends all sessions of the user.",
		loggedOut(func(c *call) { c.endAll(c.session.owner) })),
	is("logins-trimmed", "Blanks around a login are dropped.", loginIs(like.Trimmed), emailIs(like.Trimmed)),
	is("passwords-by-rule", "A password whose length no account's has is answered 400 as against the rules.",
		againstRules(&wrongPassword, "password", func(a *Account) string { return a.Password })),
	is("logins-by-rule", "A login whose length no account's has is answered 400 as against the rules.",
		againstRules(&unknownLogin, "login", func(a *Account) string { return a.Login })),
	is("login-beside-token-ignored", "What stands beside an auth-token is ignored.",
		takesTokenBeside(func(_ *call, owner *Account) *Account { return owner })),
	is("unknown-fields-refused", "Other fields than the documented ones are refused.", onDecision(by(""), func(c *call) {
		for name := range c.fields {
			if !slices.Contains([]string{"login", "password", "auth-token", "auth-service", "auth-service-params"}, name) {
				c.refused = &refusal{"unknown-field", 400, "BadRequest", "There is no parameter " + name + "."}
			}
		}
	})),
	is("login-beside-token-not-answered", "An auth-token with a login beside it ends the connection.",
		onAnswer(by(byToken), func(c *call) {
			if _, beside := c.fields["login"]; beside {
				panic(http.ErrAbortHandler)
			}
		})),
	is("new-token-replaces-earlier", "A new token ends the earlier one.",
		onToken(func(c *call) { c.deleteTokens(c.owner) })),
	is("tokens-for-others-forbidden", "A token for another user is answered 403.",
		onDecision(where(granted(makeToken, deleteToken), forOther), refuseAs(&tokenNotPermitted))),
	is("tokens-for-others-hidden", "To a user who has no permissions, a token for another user is answered 404.",
		onDecision(where(granted(makeToken, deleteToken), forOther), refuseAs(&tokenForUnknownUser)),
		about(func(_ *call, u *user) { u.Permissions = []string{} })),
	is("logins-without-case", "Upper and lower case of logins and emails are the same.",
		loginIs(strings.EqualFold), emailIs(strings.EqualFold)),
	is("locks-after-three-in-a-row", "Three wrong passwords with no good login between lock the account.",
		locks(3, true)),
	is("locks-after-six-wrong-passwords", "Six wrong passwords in all lock the account.", locks(6, false)),
	is("current-user-id-of-another-form", "The current user's ID has another form than in the tokens' path.",
		about(func(_ *call, u *user) { u.ID = "user:" + u.ID })),
	is(tokenOfOther, "The Keycloak token is that of the other account."),
	is(TokenOpaque, "The Keycloak token is no JWT.", func(s *Server) {
		s.opaque = map[string]*Account{}
		onDecision(ofKeycloak, func(c *call) { acceptAs(c, c.opaque[c.token]) })(s)
	}),
	is("without-extra-calls", "Logout, verify and deletion of tokens do not exist.",
		onRequest(asked(logOut, verify, deleteToken), refuseAs(&unknownCall))),
	leaveOpen("saymon-session-by-keycloak",
		is(AudienceDemanded, "A Keycloak token opens a session only where its audience names the product's client.",
			onDecision(where(by(byKeycloak), func(c *call) bool { return !slices.Contains(c.claims.Audience, RealmClient) }),
				refuseAs(&unknownKeycloakToken))),
		is("keycloak-token-must-be-object", "A Keycloak token that is a string is answered 400.",
			onDecision(by(byKeycloak), refuseAs(&wrongTypes)))),
	leaveOpen("saymon-logout-accepted saymon-logout-empty saymon-logout-ends-session saymon-logout-ends-one "+
		"saymon-logout-again saymon-verify-dead",
		is("quoted-sid-ends-session", "A sid in quotation marks ends the session of that ID.",
			onDecision(asked(current), func(c *call) {
				if s := c.liveSession(unquoted(cookieOf(c.r, "sid"))); s != nil {
					c.end(s)
				}
			}))),
	capped,
)
