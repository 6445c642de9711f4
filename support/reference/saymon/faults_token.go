package saymon

import (
	"cmp"
	"strings"
)

// tokenFaults are about the authentication token.
var tokenFaults = []peculiarity{
	fault("basic-refused-for-token", "Basic credentials create no token.", "saymon-token-by-basic",
		onRequest(asked(makeToken, deleteToken), func(c *call) { c.r.Header.Del("Authorization") })),
	fault("token-needs-body", "A request for a token without a body is refused.", "saymon-token-by-basic",
		onDecision(granted(makeToken), func(c *call) {
			if c.r.ContentLength == 0 {
				c.refused = &emptyBody
			}
		})),
	fault("token-without-length-refused", "A request for a token that does not say its length is answered 411.",
		"saymon-token-by-basic", onDecision(granted(makeToken), func(c *call) {
			if len(c.r.Header.Values("Content-Length")) == 0 {
				c.refused = &refusal{"length-required", 411, "LengthRequired", "The length is missing."}
			}
		})),
	fault("token-with-escapes", "The quoted token has escapes for its hyphens.", "saymon-token-quoted",
		onAnswer(granted(makeToken), func(c *call) { says(`"` + strings.ReplaceAll(c.id, "-", `\u002d`) + `"`)(c) })),
	fault("tokens-count-up", "Tokens count up.", "saymon-token-random", tokensCountUp),
	fault("token-for-longer-id", "A token is created for an ID that begins with a user's.",
		"saymon-token-refuses-unknown-user", onDecision(refusedAs(&tokenForUnknownUser), func(c *call) {
			for _, a := range c.accounts() {
				if strings.HasPrefix(c.r.PathValue("id"), a.ID) {
					c.owner, c.refused = a, nil
				}
			}
		})),
	fault("token-deletion-ends-all", "The deletion of a user's token ends those of all users.",
		"saymon-token-deletion-ends-one", onAnswer(granted(deleteToken), func(c *call) {
			for _, a := range c.accounts() {
				c.deleteTokens(a)
			}
		})),
	fault("token-answered-500", "A token is created and answered 500.", "saymon-token-by-basic",
		onAnswer(granted(makeToken), status(500))),
	fault("token-unquoted", "The body is the token without quotation marks.", "saymon-token-quoted",
		onAnswer(granted(makeToken), says(`{id}`))),
	fault("token-single-quoted", "The body is the token in single quotation marks.", "saymon-token-quoted",
		onAnswer(granted(makeToken), says(`'{id}'`))),
	fault("token-in-object", "The body is an object with the token.", "saymon-token-quoted",
		onAnswer(granted(makeToken), says(`{"token":"{id}"}`))),
	fault("token-in-array", "The body is an array with the token.", "saymon-token-quoted",
		onAnswer(granted(makeToken), says(`["{id}"]`))),
	fault("token-followed-by-text", "Text follows the quoted token.", "saymon-token-quoted",
		onAnswer(granted(makeToken), says(`"{id}";`))),
	fault("token-body-empty", "The body is empty.", "saymon-token-quoted", onAnswer(granted(makeToken), says(``))),
	fault("token-empty", "The body is a pair of quotation marks.", "saymon-token-not-empty",
		onAnswer(granted(makeToken), says(`""`))),
	fault("token-without-hyphens", "Tokens are 32 hexadecimal digits.", "saymon-token-uuid",
		tokenText(func(id string) string { return strings.ReplaceAll(id, "-", "") })),
	fault("token-with-prefix", "Tokens are UUIDs after a prefix.", "saymon-token-uuid",
		tokenText(func(id string) string { return "tok_" + id })),
	fault("token-decimal", "Tokens are decimal digits.", "saymon-token-uuid",
		tokenText(func(id string) string { return decimal() })),
	fault("token-repeated", "The second call answers with the first one's token.", "saymon-token-new",
		onToken(func(c *call) { c.id = cmp.Or(c.latest[c.owner.ID], c.id) })),
	fault("token-dead", "The token does not authenticate.", "saymon-token-authenticates",
		onAnswer(granted(makeToken), func(c *call) { delete(c.tokens, c.id) })),
	fault("token-only-in-header", "A token authenticates only in a header of its own, not as a parameter.",
		"saymon-token-authenticates",
		onRequest(asked(current), func(c *call) { takeToken(c, c.r.Header.Get("X-Api-Token")) })),
	fault("token-parameter-renamed", "The parameter is named api_token.", "saymon-token-authenticates",
		onRequest(asked(current), func(c *call) { takeToken(c, c.r.URL.Query().Get("api_token")) })),
	fault("token-used-up-by-first-request", "A token authenticates one request.", "saymon-token-lasts", tokensOnce),
	fault("token-of-caller", "A token made for another user is the caller's.", "saymon-token-of-user",
		onDecision(granted(makeToken), func(c *call) { c.owner = c.account })),
	fault("token-of-other-user", "The token is another user's.", "saymon-token-of-user",
		onDecision(granted(makeToken), func(c *call) { c.owner = c.other(c.owner) })),
}
