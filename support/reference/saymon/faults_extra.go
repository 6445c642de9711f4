package saymon

import "session-conformance/support/reference"

// refusalStatusFaults are about how refusals look.
var refusalStatusFaults = []reference.Fault{
	{Name: "refusals-answered-500", Says: "All refusals are answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "refusals-redirected", Says: "All refusals are redirected to a login page.", Clause: "saymon-refusal-4xx"},
	{Name: "empty-password-answered-500", Says: "An empty password is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "missing-login-answered-500", Says: "A missing login is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "missing-password-answered-500", Says: "A missing password is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "unknown-auth-token-answered-500", Says: "An unknown auth-token is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "unknown-keycloak-token-answered-500", Says: "An unknown Keycloak token is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "keycloak-without-params-answered-500", Says: "Keycloak without a token is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "other-auth-service-answered-500", Says: "Another auth-service is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "invented-session-answered-500", Says: "An invented session is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "unknown-api-token-answered-500", Says: "An unknown api-token is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "token-for-unknown-user-answered-500", Says: "A token for an unknown user is answered 500.", Clause: "saymon-refusal-4xx"},
	{Name: "bad-credentials-answered-403", Says: "A wrong password and an unknown login are answered 403.", Clause: "saymon-refusal-401"},
	{Name: "dead-session-answered-403", Says: "A missing or dead session is answered 403.", Clause: "saymon-refusal-401"},
	{Name: "bad-token-answered-404", Says: "An unknown token is answered 404.", Clause: "saymon-refusal-401"},
	{Name: "missing-parameter-answered-422", Says: "A missing parameter is answered 422.", Clause: "saymon-refusal-400"},
	{Name: "malformed-json-answered-422", Says: "Broken JSON is answered 422.", Clause: "saymon-refusal-400"},
	{Name: "errors-without-code", Says: "Errors have no code.", Clause: "saymon-error-shape"},
	{Name: "errors-without-message", Says: "Errors have no message.", Clause: "saymon-error-shape"},
	{Name: "error-code-a-number", Says: "The code of errors is a number.", Clause: "saymon-error-shape"},
	{Name: "errors-in-array", Says: "Errors are in an array.", Clause: "saymon-error-shape"},
	{Name: "malformed-json-accepted", Says: "A body that is no JSON opens a session.", Clause: "saymon-malformed-json"},
	{Name: "malformed-json-answered-200", Says: "A body that is no JSON is answered 200 with an error.", Clause: "saymon-malformed-json"},
	{Name: "malformed-json-answered-500", Says: "A body that is no JSON is answered 500.", Clause: "saymon-malformed-json"},
	{Name: "empty-body-accepted", Says: "An empty body opens a session.", Clause: "saymon-empty-body"},
	{Name: "empty-body-answered-200", Says: "An empty body is answered 200 with an error.", Clause: "saymon-empty-body"},
	{Name: "empty-body-answered-500", Says: "An empty body is answered 500.", Clause: "saymon-empty-body"},
	{Name: "wrong-types-accepted", Says: "A login or password that is no string opens a session.", Clause: "saymon-wrong-types"},
	{Name: "wrong-types-answered-200", Says: "A login or password that is no string is answered 200 with an error.", Clause: "saymon-wrong-types"},
	{Name: "wrong-types-answered-500", Says: "A login or password that is no string is answered 500.", Clause: "saymon-wrong-types"},
}

// passwordFaults are about what is known of users, and how what they send is checked.
var passwordFaults = []reference.Fault{
	{Name: "unknown-login-named-in-message", Says: "The message tells an unknown login from a wrong password.", Clause: "saymon-login-not-revealed"},
	{Name: "unknown-login-has-code-of-its-own", Says: "The code tells an unknown login from a wrong password.", Clause: "saymon-login-not-revealed"},
	{Name: "wrong-password-counts-attempts", Says: "The message to a wrong password counts the attempts left.", Clause: "saymon-login-not-revealed"},
	{Name: "password-compared-by-prefix", Says: "The beginning of the password is enough.", Clause: "saymon-password-last-character"},
	{Name: "password-truncated", Says: "Only the first eight characters of the password count.", Clause: "saymon-password-last-character"},
	{Name: "password-compared-without-case", Says: "Upper and lower case of the password are the same.", Clause: "saymon-password-case"},
	{Name: "keycloak-signature-unchecked", Says: "The signature of a Keycloak token is not checked.", Clause: "saymon-refuses-forged-keycloak-token"},
	{Name: "keycloak-payload-trusted-by-signature", Says: "A signature that was right once is taken for right with any payload.", Clause: "saymon-refuses-altered-keycloak-token"},
	{Name: "keycloak-key-of-token-trusted", Says: "A Keycloak token is checked with the key in its own header.", Clause: "saymon-refuses-self-signed-keycloak-token"},
	{Name: "keycloak-further-parts-ignored", Says: "What follows the third part of a Keycloak token is ignored.", Clause: "saymon-refuses-long-keycloak-token"},
	{Name: userIgnored, Says: "A Keycloak token opens a session of the first account, whoever's it is.", Clause: "saymon-keycloak-session-of-token-user"},
}

// extraCallFaults are about the answer for the current user and the calls that no document has.
var extraCallFaults = []reference.Fault{
	{Name: "current-user-without-id", Says: "The current user has no id.", Clause: "saymon-current-fields"},
	{Name: "current-user-without-login", Says: "The current user has no login.", Clause: "saymon-current-fields"},
	{Name: "current-user-id-a-number", Says: "The current user's id is a number.", Clause: "saymon-current-fields"},
	{Name: "current-user-login-a-list", Says: "The current user's login is a list.", Clause: "saymon-current-fields"},
	{Name: "current-user-in-array", Says: "The current user is in an array.", Clause: "saymon-current-fields"},
	{Name: "current-user-in-envelope", Says: "The current user is an object within another one.", Clause: "saymon-current-fields"},
	{Name: "basic-refused-for-current", Says: "Basic credentials do not authenticate a request for the current user.", Clause: "saymon-current-by-basic"},
	{Name: "logout-answered-500", Says: "A logout ends the session and is answered 500.", Clause: "saymon-logout-accepted"},
	{Name: "logout-redirected", Says: "A logout ends the session and is redirected to a login page.", Clause: "saymon-logout-accepted"},
	{Name: "logout-ends-nothing", Says: "A logout leaves the session alive.", Clause: "saymon-logout-ends-session"},
	{Name: "logout-answers-text", Says: "A logout is answered with a text.", Clause: "saymon-logout-empty"},
	{Name: "logout-answers-json", Says: "A logout is answered with an object.", Clause: "saymon-logout-empty"},
	{Name: "verify-says-null-of-live", Says: "A live session is verified by null.", Clause: "saymon-verify-live"},
	{Name: "verify-says-true-in-quotes", Says: "A live session is verified by the string true.", Clause: "saymon-verify-live"},
	{Name: "verify-says-true-in-object", Says: "A live session is verified by an object.", Clause: "saymon-verify-live"},
	{Name: "verify-says-one-of-live", Says: "A live session is verified by 1.", Clause: "saymon-verify-live"},
	{Name: "verify-says-true-of-dead", Says: "Any session ID is verified by true.", Clause: "saymon-verify-dead"},
	{Name: "verify-says-true-after-logout", Says: "A session that ended is verified by true.", Clause: "saymon-verify-dead"},
	{Name: "verify-says-nothing-of-dead", Says: "A session that does not exist is verified by an empty answer.", Clause: "saymon-verify-dead"},
	{Name: "token-deletion-answered-500", Says: "A token is deleted and answered 500.", Clause: "saymon-token-deletion-accepted"},
	{Name: "token-deletion-ends-nothing", Says: "A deleted token lives on.", Clause: "saymon-token-deletion-ends-token"},
	{Name: "deleted-token-opens-session", Says: "A deleted token still opens a session.", Clause: "saymon-token-deletion-ends-token"},
	{Name: "deleted-token-authenticates", Says: "A deleted token still authenticates as api-token.", Clause: "saymon-token-deletion-ends-token"},
}
