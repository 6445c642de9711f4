package saymon

import "session-conformance/support/reference"

// openingFaults are about which requests open a session, beside those of faultsByWay.
var openingFaults = []reference.Fault{
	{Name: "login-redirected", Says: "A login with the login is answered 302 with the session's cookie.", Clause: "saymon-session-by-login"},
	{Name: "auth-token-needs-login", Says: "An auth-token is refused without login and password.", Clause: "saymon-session-by-token"},
	{Name: "keycloak-token-must-be-object", Says: "A Keycloak token that is a string is refused.", Clause: "saymon-session-by-keycloak"},
	{Name: "chunked-body-refused", Says: "A body in chunks is answered 411.", Clause: "saymon-request-framing"},
	{Name: "chunked-body-ignored", Says: "A body in chunks is taken for an empty one.", Clause: "saymon-request-framing"},
	{Name: "escapes-not-decoded", Says: `A \uXXXX in the body is taken for six characters.`, Clause: "saymon-request-encoding"},
	{Name: "utf-8-body-refused", Says: "A body with characters beyond ASCII is refused.", Clause: "saymon-request-encoding"},
	{Name: "indented-body-refused", Says: "A body of several lines is refused.", Clause: "saymon-request-white-space"},
	{Name: "final-line-end-refused", Says: "A body that ends in a line end is refused.", Clause: "saymon-request-white-space"},
}

// sessionFaults are about the session ID in the answer's body.
var sessionFaults = []reference.Fault{
	{Name: "session-id-unquoted", Says: "The body is the session ID without quotation marks.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-single-quoted", Says: "The body is the session ID in single quotation marks.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-half-quoted", Says: "The closing quotation mark is absent.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-in-object", Says: "The body is an object with the session ID.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-in-array", Says: "The body is an array with the session ID.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-followed-by-text", Says: "Text follows the quoted session ID.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-after-text", Says: "Text precedes the quoted session ID.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-twice", Says: "The body has the quoted session ID twice.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-after-no-break-space", Says: "A no-break space, which is no JSON white space, precedes the quoted session ID.", Clause: "saymon-session-id-quoted"},
	{Name: "session-body-empty", Says: "The body is empty; only the cookie has the session ID.", Clause: "saymon-session-id-quoted"},
	{Name: "session-body-null", Says: "The body is null.", Clause: "saymon-session-id-quoted"},
	{Name: "session-body-true", Says: "The body is true.", Clause: "saymon-session-id-quoted"},
	{Name: "session-id-empty", Says: "The body is a pair of quotation marks.", Clause: "saymon-session-id-not-empty"},
	{Name: "session-id-without-hyphens", Says: "Session IDs are 32 hexadecimal digits.", Clause: "saymon-session-id-uuid"},
	{Name: "session-id-with-prefix", Says: "Session IDs are UUIDs after a prefix.", Clause: "saymon-session-id-uuid"},
	{Name: "session-id-decimal", Says: "Session IDs are decimal digits.", Clause: "saymon-session-id-uuid"},
	{Name: "session-id-shortened", Says: "Session IDs are one digit too short for a UUID.", Clause: "saymon-session-id-uuid"},
}

// useFaults are about what a session can be used for.
var useFaults = []reference.Fault{
	{Name: "session-reused", Says: "A second login is given the first one's session.", Clause: "saymon-session-new"},
	{Name: "session-shared", Says: "All users are given one session, which is the first account's.", Clause: "saymon-session-new"},
	{Name: "session-dead", Says: "The session ID does not authenticate.", Clause: "saymon-session-authenticates"},
	{Name: "session-only-in-header", Says: "A session authenticates only in a header of its own, not as a cookie.", Clause: "saymon-session-authenticates"},
	{Name: "session-needs-quotes", Says: "The sid cookie authenticates only in quotation marks.", Clause: "saymon-session-authenticates"},
	{Name: "session-needs-second-cookie", Says: "A session authenticates only together with another cookie.", Clause: "saymon-session-authenticates"},
	{Name: "current-user-answered-500", Says: "A request with a live session is answered 500.", Clause: "saymon-session-authenticates"},
	{Name: "current-user-redirected", Says: "A request with a live session is redirected to a login page.", Clause: "saymon-session-authenticates"},
	{Name: "session-used-up-by-first-request", Says: "A session authenticates one request.", Clause: "saymon-session-lasts"},
	{Name: "session-renewed-by-every-request", Says: "Every request ends the session and sets a cookie with another one.", Clause: "saymon-session-lasts"},
	{Name: "session-of-first-account", Says: "Every session is the first account's.", Clause: "saymon-session-of-user"},
	{Name: "current-user-always-second-account", Says: "The current user is always the second account.", Clause: "saymon-session-of-user"},
	{Name: "current-user-has-id-of-other", Says: "The current user has the right login and another user's ID.", Clause: "saymon-session-of-user"},
	{Name: "current-user-has-login-of-other", Says: "The current user has the right ID and another user's login.", Clause: "saymon-session-of-user"},
}
