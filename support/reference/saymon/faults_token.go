package saymon

import "session-conformance/support/reference"

// tokenFaults are about the authentication token.
var tokenFaults = []reference.Fault{
	{Name: "basic-refused-for-token", Says: "Basic credentials create no token.", Clause: "saymon-token-by-basic"},
	{Name: "token-needs-body", Says: "A request for a token without a body is refused.", Clause: "saymon-token-by-basic"},
	{Name: "token-answered-500", Says: "A token is created and answered 500.", Clause: "saymon-token-by-basic"},
	{Name: "token-unquoted", Says: "The body is the token without quotation marks.", Clause: "saymon-token-quoted"},
	{Name: "token-single-quoted", Says: "The body is the token in single quotation marks.", Clause: "saymon-token-quoted"},
	{Name: "token-in-object", Says: "The body is an object with the token.", Clause: "saymon-token-quoted"},
	{Name: "token-in-array", Says: "The body is an array with the token.", Clause: "saymon-token-quoted"},
	{Name: "token-followed-by-text", Says: "Text follows the quoted token.", Clause: "saymon-token-quoted"},
	{Name: "token-body-empty", Says: "The body is empty.", Clause: "saymon-token-quoted"},
	{Name: "token-empty", Says: "The body is a pair of quotation marks.", Clause: "saymon-token-not-empty"},
	{Name: "token-without-hyphens", Says: "Tokens are 32 hexadecimal digits.", Clause: "saymon-token-uuid"},
	{Name: "token-with-prefix", Says: "Tokens are UUIDs after a prefix.", Clause: "saymon-token-uuid"},
	{Name: "token-decimal", Says: "Tokens are decimal digits.", Clause: "saymon-token-uuid"},
	{Name: "token-repeated", Says: "The second call answers with the first one's token.", Clause: "saymon-token-new"},
	{Name: "token-dead", Says: "The token does not authenticate.", Clause: "saymon-token-authenticates"},
	{Name: "token-only-in-header", Says: "A token authenticates only in a header of its own, not as a parameter.", Clause: "saymon-token-authenticates"},
	{Name: "token-parameter-renamed", Says: "The parameter is named api_token.", Clause: "saymon-token-authenticates"},
	{Name: "token-used-up-by-first-request", Says: "A token authenticates one request.", Clause: "saymon-token-lasts"},
	{Name: "token-of-caller", Says: "A token made for another user is the caller's.", Clause: "saymon-token-of-user"},
	{Name: "token-of-other-user", Says: "The token is another user's.", Clause: "saymon-token-of-user"},
}
