package saymon

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// variants are all that the server can do otherwise without breaking what the documents state or show. Some differ from
// an extra clause.
var variants = []peculiarity{
	// statuses
	variant("session-answered-201", "A session that was created is answered 201.", onAnswer(by(""), status(201))),
	variant("session-answered-202", "A session that was created is answered 202.", onAnswer(by(""), status(202))),
	variant("token-answered-201", "A token that was created is answered 201.",
		onAnswer(granted(makeToken), status(201))),
	variant("token-answered-202", "A token that was created is answered 202.",
		onAnswer(granted(makeToken), status(202))),
	variant("current-user-answered-206", "The current user is answered 206.",
		onAnswer(granted(current), status(206))),
	variant("logout-answered-200", "A logout is answered 200 without content.",
		onAnswer(granted(logOut), status(200))),
	variant("logout-answered-202", "A logout is answered 202 without content.",
		onAnswer(granted(logOut), status(202))),
	variant("token-deletion-answered-200", "A token's deletion is answered 200 with an object.",
		onAnswer(granted(deleteToken), func(c *call) { c.answer(200, map[string]bool{"deleted": true}) })),
	variant("refusals-answered-400", "All refusals are answered 400.", onAnswer(refusedAs(), status(400))),
	variant("refusals-answered-401", "All refusals are answered 401.", onAnswer(refusedAs(), status(401))),
	variant("refusals-answered-403", "All refusals are answered 403.", onAnswer(refusedAs(), status(403))),
	variant("refusals-answered-404", "All refusals are answered 404.", onAnswer(refusedAs(), status(404))),
	variant("refusals-answered-422", "All refusals are answered 422.", onAnswer(refusedAs(), status(422))),
	variant("busy-now-and-then", "The third and the eleventh request are answered 503 with Retry-After.",
		busyAt(3, 11)),

	// refusals
	variant("errors-as-text", "Errors are plain text.",
		onAnswer(refusedAs(), saysAs("text/plain; charset=utf-8", "{message}\n"))),
	variant("errors-as-html", "Errors are HTML.",
		onAnswer(refusedAs(), saysAs("text/html; charset=utf-8", "<!DOCTYPE html><title>Error</title><h1>{message}</h1>"))),
	variant("errors-empty", "Errors have no body.", onAnswer(refusedAs(), saysAs("", ""))),
	variant("errors-with-request-id", "Errors have a UUID that names the request.",
		onAnswer(refusedAs(), failing(func(_ *call, f *failure) { f.Request = newUUID() }))),
	variant("errors-indented", "Errors are indented, with the message first.",
		onAnswer(refusedAs(), says("{\n  \"message\": {message as JSON},\n  \"code\": \"{code}\"\n}\n"))),
	variant("refusals-set-dead-cookie", "Refusals set a sid cookie that is no session.",
		onAnswer(refusedAs(), setsBefore("sid={uuid}; Path=/; HttpOnly"))),
	variant("refusals-clear-cookie", "Refusals delete the sid cookie.",
		onAnswer(refusedAs(), setsBefore("sid=; Path=/; Max-Age=0"))),

	variant("long-token-answered-413", "A Keycloak token that is too long is answered 413 in HTML.",
		onAnswer(refusedAs(&longKeycloakToken), func(c *call) {
			c.status = 413
			saysAs("text/html", "<html><h1>413 Request Entity Too Large</h1></html>")(c)
		})),
	variant("long-token-answered-431", "A Keycloak token that is too long is answered 431.",
		onAnswer(refusedAs(&longKeycloakToken), func(c *call) { c.status = 431; saysAs("", "")(c) })),
	variant("long-token-not-answered", "A Keycloak token that is too long ends the connection.",
		onAnswer(refusedAs(&longKeycloakToken), func(*call) { panic(http.ErrAbortHandler) })),

	// bodies
	variant("session-id-in-white-space", "JSON white space surrounds the quoted session ID.",
		onAnswer(by(""), says("\r\n\t \"{id}\" \n"))),
	variant("session-id-upper-case", "Session IDs are UUIDs in upper case.",
		onSession(always, func(c *call) { c.session.id = strings.ToUpper(c.session.id) })),
	variant("session-id-version-7", "Session IDs are UUIDs of version 7.",
		onSession(always, func(c *call) { c.session.id = uuidOf(c.now()) })),
	variant("token-in-white-space", "JSON white space surrounds the quoted token.",
		onAnswer(granted(makeToken), says("\n\t \"{id}\"\r\n"))),
	variant("token-upper-case", "Tokens are UUIDs in upper case.",
		tokenText(func(id string) string { return strings.ToUpper(id) })),
	variant("answers-as-plain-text", "IDs are answered as text/plain.",
		onAnswer(granted(logIn, makeToken, verify), media("text/plain; charset=utf-8"))),
	variant("answers-as-html", "IDs are answered as text/html.",
		onAnswer(granted(logIn, makeToken, verify), media("text/html"))),
	variant("answers-with-charset", "IDs are answered as JSON with a quoted charset.",
		onAnswer(granted(logIn, makeToken, verify), media(`Application/JSON;charset="utf-8"`))),
	variant("current-user-answered-204", "The current user is answered without content.",
		onAnswer(granted(current), func(c *call) { c.answer(204, nil); c.media = "" })),
	variant("current-user-as-text", "The current user is answered as a text that names nobody.",
		onAnswer(granted(current), saysAs("text/plain", "logged in"))),
	variant("current-user-indented", "The current user is indented, with more fields and the login first.",
		onAnswer(granted(current), indentUser)),
	variant("verify-says-false", "A session that does not exist is verified by false.", verified(false, "false")),
	variant("verify-indented", "White space surrounds the answer of verify.",
		onAnswer(granted(verify), func(c *call) { says(" " + compact(c.content) + "\n")(c) })),

	// cookies
	variant("cookie-attributes-in-lower-case", "The cookie's attributes are in lower case.",
		onAnswer(by(""), attributes("path=/; httponly{secure}"))),
	variant("cookie-attributes-reordered", "The path is the cookie's last attribute, after others.",
		onAnswer(by(""), attributes("SameSite=Lax; HttpOnly; Path=/{secure}"))),
	variant("cookie-attributes-without-spaces", "No spaces stand between the cookie's attributes; a semicolon ends them.",
		onAnswer(by(""), func(c *call) {
			c.after = []string{strings.ReplaceAll(c.cookie.String(), " ", "") + ";"}
			c.cookie = cookie{}
		})),
	variant("cookie-lives-an-hour", "The cookie has Max-Age and Expires.", onAnswer(by(""), cookieFor(time.Hour))),
	variant("cookie-lives-long", "The cookie expires in 2049, whose year is written with two digits.",
		onAnswer(by(""), attributes("Path=/; Expires=Friday, 1-Jan-49 0:00:00 GMT; HttpOnly{secure}"))),
	variant("cookie-with-unknown-attributes", "The cookie has new and unknown attributes, and is Secure over http too.",
		onAnswer(by(""), attributes("Priority=High; Path=/; Partitioned; SameSite=None; HttpOnly; Secure; Version=1"))),
	variant("cookie-with-domain", "The cookie has the server's host as its domain.",
		onAnswer(by(""), func(c *call) { c.cookie.attributes = append(c.cookie.attributes, "Domain="+hostOf(c.r)) })),
	variant("cookie-cleared-for-other-path", "A sid cookie of another path is deleted after the right one is set.",
		onAnswer(by(""), setsAfter("sid=; Path=/legacy; Max-Age=0"))),
	variant("cookie-for-other-path-after",
		"A sid cookie of another path, which is no session, is set after the right one.",
		onAnswer(by(""), setsAfter("sid={uuid}; Path=/ui; HttpOnly{secure}"))),
	variant("cookie-expired-first", "An old sid cookie is deleted before the new one is set.",
		onAnswer(by(""), setsBefore("sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0"))),
	variant("cookie-set-twice-alike", "The cookie is set twice, alike.",
		onAnswer(by(""), func(c *call) { c.after = []string{c.cookie.String()} })),
	variant("other-cookies-before", "Other cookies come before it, one with sid in its name.",
		onAnswer(by(""), setsBefore("csrf={uuid}; Path=/; Secure; SameSite=Strict", "lang=ru",
			"xsid={uuid}; Path=/node; Max-Age=60"))),
	variant("other-cookies-after", "Other cookies come after it, one with sid in its name.",
		onAnswer(by(""), setsAfter("sid.sig={uuid}; Path=/", "route=a7; Path=/other; HttpOnly"))),
	variant("cookies-set-anew", "Every answer with a session sets its cookies anew.",
		onAnswer(both(granted(current), uses),
			func(c *call) { setsBefore("csrf={uuid}; Path=/", "sid="+c.sid+"; Path=/; HttpOnly{secure}")(c) })),
	variant("quoted-sid-accepted", "A sid in quotation marks authenticates too.",
		onRequest(asked(current),
			func(c *call) { takeSID(c, cmp.Or(unquoted(cookieOf(c.r, "sid")), cookieOf(c.r, "sid"))) })),
	variant("csrf-at-logout", "A login sets a csrf cookie, and a logout demands it in a header field, too.", demandsCSRF),
	variant("verify-needs-credentials", "Only who has credentials may verify a session.",
		onDecision(asked(verify), func(c *call) { c.refused = c.whoAsks() })),
	variant("logout-keeps-cookie", "A logout does not delete the cookie.",
		onAnswer(granted(logOut), func(c *call) { c.cookie = cookie{} })),

	// sessions, tokens, accounts
	variant("session-in-header-too", "A session authenticates as X-Session-Id, too.", sessionInHeader(false)),
	variant("logout-again-answered-204", "A second logout is answered 204.",
		onAnswer(both(asked(logOut), refusedAs(&endedSession)), func(c *call) { c.answer(204, nil); c.media = "" })),
	variant("logout-ends-all-of-user", "A logout ends all sessions of the user.",
		onAnswer(granted(logOut), func(c *call) {
			for _, s := range c.live[c.session.owner.ID] {
				c.end(s)
			}
		})),
	variant("logins-trimmed", "Blanks around a login are dropped.", onDecision(refusedAs(&unknownLogin), func(c *call) {
		came, _ := c.fields.text("login")
		if a, _ := c.byName(strings.TrimSpace(came)); a != nil && a.Password == c.password {
			acceptAs(c, a)
		}
	})),
	variant("passwords-by-rule", "A password whose length no account's has is answered 400 as against the rules.",
		againstRules(&wrongPassword, "password", func(a *Account) string { return a.Password })),
	variant("logins-by-rule", "A login whose length no account's has is answered 400 as against the rules.",
		againstRules(&unknownLogin, "login", func(a *Account) string { return a.Login })),
	variant("login-beside-token-ignored", "What stands beside an auth-token is ignored.",
		takesTokenBeside(func(_ *call, owner *Account) *Account { return owner })),
	variant("unknown-fields-refused", "Other fields than the documented ones are refused.",
		onDecision(by(""), func(c *call) {
			for name := range c.fields {
				if !slices.Contains([]string{"login", "password", "auth-token", "auth-service", "auth-service-params"}, name) {
					c.refused = &refusal{"unknown-field", 400, "BadRequest", "There is no parameter " + name + "."}
				}
			}
		})),
	variant("new-token-replaces-earlier", "A new token ends the user's earlier one.",
		onToken(func(c *call) { c.deleteTokens(c.owner) })),
	variant("tokens-for-others-forbidden", "A token for another user is answered 403.",
		onDecision(granted(makeToken, deleteToken), func(c *call) {
			if c.owner != c.account {
				c.refused = &tokenNotPermitted
			}
		})),
	variant("logins-without-case", "Upper and lower case of logins and emails are the same.", loginsWithoutCase),
	variant("locks-after-three-in-a-row", "Three wrong passwords without a good login between them lock the account.",
		locks(3, true)),
	variant("locks-after-six-wrong-passwords", "Six wrong passwords in all lock the account.", locks(6, false)),
	leavesOpen("saymon-session-by-keycloak", variant(AudienceDemanded, "A Keycloak token opens a session only where "+
		"its audience names the product's client.", onDecision(by(byKeycloak), func(c *call) {
		if !slices.Contains(c.claims.Audience, RealmClient) {
			c.refused = &unknownKeycloakToken
		}
	}))),

	leavesOpen("saymon-session-by-keycloak",
		variant("keycloak-token-must-be-object", "A Keycloak token that is a string is answered 400.",
			onDecision(by(byKeycloak), refuseAs(&wrongTypes)))),

	variant("current-user-id-of-another-form", "The current user's ID has another form than in the tokens' path.",
		about(func(_ *call, u *user) { u.ID = "user:" + u.ID })),
	variant(tokenOfOther, "The Keycloak token is that of the other account."),
	variant(TokenOpaque, "The Keycloak token is no JWT.", opaqueToken),
	variant("without-extra-calls", "Logout, verify and deletion of tokens do not exist.",
		onRequest(asked(logOut, verify, deleteToken), refuseAs(&unknownCall))),
}
