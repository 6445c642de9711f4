package saymon

import "session-conformance/support/reference"

// Variants are all that the server can do otherwise without breaking what the documents state or show. Some differ from
// an extra clause.
var Variants = []reference.Variant{
	// statuses
	{Name: "session-answered-201", Says: "A session that was created is answered 201."},
	{Name: "session-answered-202", Says: "A session that was created is answered 202."},
	{Name: "token-answered-201", Says: "A token that was created is answered 201."},
	{Name: "token-answered-202", Says: "A token that was created is answered 202."},
	{Name: "current-user-answered-206", Says: "The current user is answered 206."},
	{Name: "logout-answered-200", Says: "A logout is answered 200 without content."},
	{Name: "logout-answered-202", Says: "A logout is answered 202 without content."},
	{Name: "token-deletion-answered-200", Says: "A token's deletion is answered 200 with an object."},
	{Name: "refusals-answered-400", Says: "All refusals are answered 400."},
	{Name: "refusals-answered-401", Says: "All refusals are answered 401."},
	{Name: "refusals-answered-403", Says: "All refusals are answered 403."},
	{Name: "refusals-answered-404", Says: "All refusals are answered 404."},
	{Name: "refusals-answered-422", Says: "All refusals are answered 422."},
	{Name: "busy-now-and-then", Says: "The third and the eleventh request are answered 503 with Retry-After."},

	// refusals
	{Name: "errors-as-text", Says: "Errors are plain text."},
	{Name: "errors-as-html", Says: "Errors are HTML."},
	{Name: "errors-empty", Says: "Errors have no body."},
	{Name: "errors-with-request-id", Says: "Errors have a UUID that names the request."},
	{Name: "errors-indented", Says: "Errors are indented, with the message first."},
	{Name: "refusals-set-dead-cookie", Says: "Refusals set a sid cookie that is no session."},
	{Name: "refusals-clear-cookie", Says: "Refusals delete the sid cookie."},

	{Name: "long-token-answered-413", Says: "A Keycloak token that is too long is answered 413 in HTML."},
	{Name: "long-token-answered-431", Says: "A Keycloak token that is too long is answered 431."},
	{Name: "long-token-not-answered", Says: "A Keycloak token that is too long ends the connection."},

	// bodies
	{Name: "session-id-in-white-space", Says: "JSON white space surrounds the quoted session ID."},
	{Name: "session-id-upper-case", Says: "Session IDs are UUIDs in upper case."},
	{Name: "session-id-version-7", Says: "Session IDs are UUIDs of version 7."},
	{Name: "token-in-white-space", Says: "JSON white space surrounds the quoted token."},
	{Name: "token-upper-case", Says: "Tokens are UUIDs in upper case."},
	{Name: "answers-as-plain-text", Says: "IDs are answered as text/plain."},
	{Name: "answers-as-html", Says: "IDs are answered as text/html."},
	{Name: "answers-with-charset", Says: "IDs are answered as JSON with a quoted charset."},
	{Name: "current-user-answered-204", Says: "The current user is answered without content."},
	{Name: "current-user-as-text", Says: "The current user is answered as a text that names nobody."},
	{Name: "current-user-indented", Says: "The current user is indented, with more fields and the login first."},
	{Name: "verify-says-false", Says: "A session that does not exist is verified by false."},
	{Name: "verify-indented", Says: "White space surrounds the answer of verify."},

	// cookies
	{Name: "cookie-attributes-in-lower-case", Says: "The cookie's attributes are in lower case."},
	{Name: "cookie-attributes-reordered", Says: "The path is the cookie's last attribute, after others."},
	{Name: "cookie-attributes-without-spaces", Says: "No spaces stand between the cookie's attributes; a semicolon ends them."},
	{Name: "cookie-lives-an-hour", Says: "The cookie has Max-Age and Expires."},
	{Name: "cookie-with-unknown-attributes", Says: "The cookie has new and unknown attributes, and is Secure over http too."},
	{Name: "cookie-with-domain", Says: "The cookie has the server's host as its domain."},
	{Name: "cookie-cleared-for-other-path", Says: "A sid cookie of another path is deleted after the right one is set."},
	{Name: "cookie-for-other-path-after", Says: "A sid cookie of another path, which is no session, is set after the right one."},
	{Name: "cookie-expired-first", Says: "An old sid cookie is deleted before the new one is set."},
	{Name: "cookie-set-twice-alike", Says: "The cookie is set twice, alike."},
	{Name: "other-cookies-before", Says: "Other cookies come before it, one with sid in its name."},
	{Name: "other-cookies-after", Says: "Other cookies come after it, one with sid in its name."},
	{Name: "cookies-set-anew", Says: "Every answer with a session sets its cookies anew."},
	{Name: "quoted-sid-accepted", Says: "A sid in quotation marks authenticates too."},
	{Name: "logout-keeps-cookie", Says: "A logout does not delete the cookie."},

	// sessions, tokens, accounts
	{Name: "two-sessions-a-user", Says: "A user keeps two sessions; a further login ends the eldest."},
	{Name: "new-login-ends-earlier", Says: "A login ends the user's earlier sessions."},
	{Name: "new-token-replaces-earlier", Says: "A new token ends the user's earlier one."},
	{Name: "tokens-for-others-forbidden", Says: "A token for another user is answered 403."},
	{Name: "logins-without-case", Says: "Upper and lower case of logins and emails are the same."},
	{Name: "locks-after-three-in-a-row", Says: "Three wrong passwords without a good login between them lock the account."},
	{Name: "locks-after-six-wrong-passwords", Says: "Six wrong passwords in all lock the account."},
	{Name: AudienceDemanded, Says: "A Keycloak token opens a session only where its audience names the product's client.", Open: "saymon-session-by-keycloak"},
	{Name: tokenOfOther, Says: "The Keycloak token is that of the other account."},
	{Name: TokenOpaque, Says: "The Keycloak token is no JWT."},
	{Name: "without-extra-calls", Says: "Logout, verify and deletion of tokens do not exist."},
}
