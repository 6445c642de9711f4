package saymon

import "session-conformance/support/reference"

// cookieFaults are about the sid cookie of the answer.
var cookieFaults = []reference.Fault{
	{Name: "cookie-missing", Says: "No cookie is set.", Clause: "saymon-cookie-set"},
	{Name: "cookie-named-session-id", Says: "The cookie is named sessionId.", Clause: "saymon-cookie-set"},
	{Name: "cookie-named-in-upper-case", Says: "The cookie is named SID; names of cookies count by case.", Clause: "saymon-cookie-set"},
	{Name: "cookie-empty", Says: "The cookie has no value.", Clause: "saymon-cookie-set"},
	{Name: "cookie-expired", Says: "The cookie expired in 1970.", Clause: "saymon-cookie-set"},
	{Name: "cookie-max-age-zero", Says: "The cookie has Max-Age=0, which deletes it.", Clause: "saymon-cookie-set"},
	{Name: "cookie-cleared-at-once", Says: "A second Set-Cookie deletes what the first one sets.", Clause: "saymon-cookie-set"},
	{Name: "cookie-in-other-header", Says: "The cookie stands in X-Set-Cookie.", Clause: "saymon-cookie-set"},
	{Name: "cookie-folded-into-another", Says: "The cookie follows another one after a comma, in one Set-Cookie.", Clause: "saymon-cookie-set"},
	{Name: "cookie-other-id", Says: "The cookie has another UUID than the body.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-quoted", Says: "The cookie's value is in quotation marks.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-signed", Says: "The cookie's value is the session ID with a signature, as some frameworks do.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-in-base64", Says: "The cookie's value is the session ID in base64.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-in-other-case", Says: "The cookie's value is the session ID in upper case.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-without-hyphens", Says: "The cookie's value is the session ID without its hyphens.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-cut-short", Says: "The cookie's value is the first part of the session ID.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-set-again-with-other-id", Says: "A second Set-Cookie replaces the session ID by another one.", Clause: "saymon-cookie-is-session-id"},
	{Name: "cookie-path-missing", Says: "The cookie has no path.", Clause: "saymon-cookie-path"},
	{Name: "cookie-path-empty", Says: "The cookie's path is empty.", Clause: "saymon-cookie-path"},
	{Name: "cookie-path-node", Says: "The cookie's path is /node.", Clause: "saymon-cookie-path"},
	{Name: "cookie-path-users", Says: "The cookie's path is /node/api/users.", Clause: "saymon-cookie-path"},
	{Name: "cookie-path-relative", Says: "The cookie's path does not begin with a slash.", Clause: "saymon-cookie-path"},
	{Name: "cookie-without-http-only", Says: "The cookie is not HttpOnly.", Clause: "saymon-cookie-http-only"},
	{Name: "cookie-without-secure", Says: "The cookie is not Secure over https.", Clause: "saymon-cookie-secure", HTTPS: true},
}
