package saymon

import (
	"cmp"
	"slices"
)

// toOther holds for logins of the second account, withCookie for those that come with one, forOther for calls about the
// token of somebody else, withoutLength for those that do not say how long their body is.
func toOther(c *call) bool  { return c.account == &c.config.OtherUser }
func forOther(c *call) bool { return c.owner != c.account }

var (
	withCookie    = has("Cookie")
	withoutLength = not(has("Content-Length"))
)

// on changes the answers to some of the logins that open a session, onTokens those to some calls that make a token.
func on(some when, do func(*call)) effect       { return onAnswer(where(by(""), some), do) }
func onTokens(some when, do func(*call)) effect { return onAnswer(where(granted(makeToken), some), do) }

// occasionFaults are wrong in some answers only: all others of the same call are right.
var occasionFaults = slices.Concat(
	breaks("saymon-session-id-quoted",
		is("session-id-unquoted-to-other", "Another user's session ID is answered without quotation marks.",
			on(toOther, says(`{id}`))),
		is("session-id-in-object-with-cookie", "Where a cookie came, the session ID is answered in an object.",
			on(withCookie, says(`{"sid":"{id}"}`))),
		is("session-id-in-object-after-refusal", "After a refused login the next good one is answered with an object.",
			afterRefusal(says(`{"sid":"{id}","failed":1}`)))),
	breaks("saymon-session-id-not-empty",
		is("session-id-empty-with-cookie", "Where a cookie came, the session ID is an empty string.",
			on(withCookie, says(`""`)))),
	breaks("saymon-session-id-uuid",
		is("session-id-without-hyphens-to-other", "Another user's session IDs are 32 hexadecimal digits.",
			onSession(toOther, func(c *call) { c.session.id = withoutHyphens(c.session.id) }))),
	breaks("saymon-cookie-set",
		is("cookie-missing-in-chunks", "To a login in chunks no cookie is set.", on(chunked, noCookie)),
		is("cookie-missing-with-cookie", "Where a cookie came, none is set.", on(withCookie, noCookie))),
	breaks("saymon-cookie-is-session-id",
		is("cookie-other-id-to-other", "Another user's cookie has another UUID than the body.",
			on(toOther, value("{uuid}")))),
	breaks("saymon-cookie-path",
		is("cookie-path-missing-in-chunks", "To a login in chunks the cookie has no path.", on(chunked, lacks("Path")))),
	breaks("saymon-session-by-token",
		is("auth-token-of-other-refused", "An auth-token of the second account opens no session.",
			onDecision(where(by(byToken), toOther), refuseAs(&unknownAuthToken)))),

	breaks("saymon-token-by-basic",
		is("token-gzip-unasked", "A token is compressed where the client does not ask for it.",
			onTokens(not(has("Accept-Encoding")), compress))),
	breaks("saymon-token-quoted",
		is("token-unquoted-for-other", "Another user's token is answered without quotation marks.",
			onTokens(forOther, says(`{id}`))),
		is("token-in-object-without-length", "To a request that says no length the token is answered in an object.",
			onTokens(withoutLength, says(`{"token":"{id}"}`)))),
	breaks("saymon-token-not-empty",
		is("token-empty-for-other", "For another user the body is a pair of quotation marks.",
			onTokens(forOther, says(`""`)))),
	breaks("saymon-token-uuid",
		is("token-without-hyphens-for-other", "Tokens of other users are 32 hexadecimal digits.",
			during(making, func(c *call) { c.id = withoutHyphens(c.id) }, forOther))),
	breaks("saymon-token-new",
		is("token-repeated-without-length", "A request that says no length is answered with the token before.",
			during(making, func(c *call) { c.id = cmp.Or(c.latest[c.owner.ID], c.id) }, withoutLength))),
	breaks("saymon-token-authenticates",
		is("token-dead-for-other", "Another user's token does not authenticate.",
			onTokens(forOther, func(c *call) { delete(c.tokens, c.id) }))),
	breaks("saymon-token-lasts",
		is("token-of-one-connection", "A token authenticates no request on a connection of its own.",
			onDecision(where(granted(current), usesToken, onOwnConnection), refuseAs(&unknownAPIToken)))),
	breaks("saymon-token-of-user",
		is("tokens-of-the-last-owner", "Each token is that of the user for whom one was made last.", ofLastOwner)),
)

// afterRefusal changes the answer to an account's first good login after a refused one.
func afterRefusal(do func(*call)) effect {
	return func(s *Server) {
		refused := map[*Account]bool{}
		onDecision(where(asked(logIn), refusedAs(), not(nobodyNamed)), func(c *call) { refused[c.account] = true })(s)
		loggedIn(func(c *call) {
			if refused[c.account] {
				do(c)
			}
			delete(refused, c.account)
		})(s)
	}
}

// ofLastOwner has each token be that of the user for whom one was made last.
func ofLastOwner(s *Server) {
	var last *Account
	onToken(func(c *call) { last = c.owner })(s)
	onDecision(where(granted(current), usesToken), func(c *call) { c.account = last })(s)
}
