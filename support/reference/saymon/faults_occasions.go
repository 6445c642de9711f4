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

// opensWhere changes the sessions that some logins open, ofOther and isDead do.
func opensWhere(some when, do func(*call)) effect { return onSession(where(asked(logIn), some), do) }
func ofOther(c *call)                             { c.session.owner = c.other(c.session.owner) }
func isDead(c *call)                              { c.session.dead = true }

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
		is("cookie-path-missing-in-chunks", "To a login in chunks the cookie has no path.", on(chunked, lacks("Path"))),
		is("cookie-path-missing-after-refusal", "After a refused login the next good one sets a cookie without a path.",
			afterRefusal(lacks("Path")))),
	breaks("saymon-session-of-user",
		is("session-of-other-user-in-chunks", "A login in chunks opens a session of another user.",
			opensWhere(chunked, ofOther)),
		is("session-of-other-user-without-user-agent", "A login without User-Agent opens a session of another user.",
			opensWhere(not(has("User-Agent")), ofOther)),
		is("session-of-other-user-after-refusal", "After a refused login the next good one opens another user's session.",
			afterRefusal(ofOther)),
		is("session-beside-unknown-token-of-other", "An unknown api-token beside a session makes it another user's.",
			onDecision(where(asked(current), refusedAs(&unknownAPIToken), withCookie), func(c *call) {
				if s := c.liveSession(cookieOf(c.r, "sid")); s != nil {
					acceptAs(c, c.other(s.owner))
				}
			}))),
	breaks("saymon-session-authenticates",
		is("session-dead-to-other-by-token", "An auth-token of the second account opens a session that is none.",
			opensWhere(where(toOther, func(c *call) bool { return c.by == byToken }), isDead)),
		is("session-dead-with-more-fields", "Where a login has further fields, its session is none.",
			opensWhere(func(c *call) bool { return len(c.fields) > 2 && c.by == byLogin }, isDead))),
	breaks("saymon-session-lasts",
		is("session-of-other-works-once", "A session of the second account authenticates one request.",
			loses(func(c *call) bool { return c.session.uses > 0 && c.session.owner == &c.config.OtherUser }))),
	breaks("saymon-sessions-at-once",
		is("sessions-at-once-are-dead", "A login on a connection of its own opens a session that is none.",
			opensWhere(onOwnConnection, isDead))),
	breaks("saymon-logout-ends-session",
		is("logout-of-other-ends-nothing", "A logout of the second account ends nothing.", loggedOut(func(c *call) {
			if c.session.owner == &c.config.OtherUser {
				c.revive(c.session)
			}
		}))),
	breaks("saymon-session-by-token",
		is("auth-token-of-other-refused", "An auth-token of the second account opens no session.",
			onDecision(where(by(byToken), toOther), refuseAs(&unknownAuthToken)))),

	breaks("saymon-token-by-basic",
		is("token-gzip-unasked", "A token is compressed where the client does not ask for it.",
			onTokens(not(has("Accept-Encoding")), compress)),
		is("token-for-other-answered-500", "A token for another user is created and answered 500.",
			onTokens(forOther, status(500)))),
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
			onTokens(forOther, func(c *call) { delete(c.tokens, c.id) })),
		is("token-dead-without-length", "The token that a request without a length is answered with does not authenticate.",
			onTokens(withoutLength, func(c *call) { delete(c.tokens, c.id) }))),
	breaks("saymon-token-lasts",
		is("token-of-one-connection", "A token authenticates no request on a connection of its own.",
			onDecision(where(granted(current), usesToken, onOwnConnection), refuseAs(&unknownAPIToken))),
		is("empty-basic-ends-tokens", "A request with an empty Basic password ends the user's tokens.",
			refusedWith(func(c *call) {
				if c.account != nil && c.password == "" {
					c.deleteTokens(c.account)
				}
			}, &badBasic)),
		is("unknown-login-ends-tokens", "A login that no user has ends the tokens of all.", refusedWith(func(c *call) {
			for _, a := range c.accounts() {
				c.deleteTokens(a)
			}
		}, &unknownLogin)),
		is("token-of-other-ends-with-the-next-session", "A login ends the tokens of the other users.",
			opens(func(c *call) { c.deleteTokens(c.other(c.session.owner)) }))),
	breaks("saymon-token-deletion-ends-token",
		is("token-deletion-for-other-ends-nothing", "The token of another user lives on when it was deleted.",
			onAnswer(where(granted(deleteToken), forOther), func(c *call) { c.reviveTokens(c.owner) }))),
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
