package saymon

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// stateFaults are about what a session can be used for, and what happens to sessions and tokens between requests.
var stateFaults = slices.Concat(
	breaks("saymon-session-new",
		is("session-reused", "A second login is given the first one's session.", opens(reuse)),
		is("session-shared", "All users are given one session, which is the first account's.", sharedSession)),
	breaks("saymon-session-authenticates",
		is("session-dead", "The session ID does not authenticate.", opens(func(c *call) { c.session.dead = true })),
		is("session-only-in-header", "A session authenticates only in a header of its own, not as a cookie.",
			readsSID(func(c *call) string { return c.r.Header.Get("X-Session-Id") })),
		is("session-needs-quotes", "The sid cookie authenticates only in quotation marks.",
			readsSID(func(c *call) string { return unquoted(cookieOf(c.r, "sid")) })),
		is("session-needs-second-cookie", "A session authenticates only together with another cookie.",
			loggedIn(func(c *call) { setsBefore("csrf=" + c.session.second + "; Path=/")(c) }),
			loses(func(c *call) bool { return cookieOf(c.r, "csrf") != c.session.second })),
		is("current-user-answered-500", "A request with a live session is answered 500.",
			shown(func(c *call) { c.answer(500, &failure{Code: "Internal", Message: "Something went wrong."}) })),
		is("current-user-redirected", "A request with a live session is redirected to a login page.",
			shown(func(c *call) { status(302)(c); saysAs("text/html", "")(c) }))),
	breaks("saymon-session-lasts",
		is("session-used-up-by-first-request", "A session authenticates one request.", worksTimes(1, "")),
		is("session-renewed-by-every-request", "Every request ends the session and sets a cookie with another one.",
			onAnswer(where(granted(current), uses), func(c *call) {
				owner := c.session.owner
				c.end(c.session)
				c.setsSession(c.open(owner).id)
			})),
		is("session-works-three-times", "A session authenticates three requests.", worksTimes(3, "")),
		is("session-works-eight-times", "A session authenticates eight requests.", worksTimes(8, "")),
		is("session-works-twice", "A session authenticates two requests.", worksTimes(2, "")),
		is("session-ends-when-idle", "A session that is not used for a second ends.",
			loses(func(c *call) bool { return c.now().Sub(c.session.used) > time.Second })),
		is("login-ends-others-sessions", "A login ends the sessions of the other users.",
			opens(func(c *call) { c.endAll(c.other(c.session.owner)) })),
		is("wrong-password-ends-sessions", "A wrong password ends the user's sessions.",
			onDecision(where(refusedAs(&wrongPassword, &wrongPasswordByEmail, &badBasic), not(nobodyNamed)),
				func(c *call) { c.endAll(c.account) })),
		is("unknown-login-ends-sessions", "A login that no user has ends the sessions of all.",
			refusedWith((*call).endEverything, &unknownLogin)),
		is("unknown-token-ends-others-sessions", "An unknown auth-token ends the second account's sessions.",
			refusedWith(func(c *call) { c.endAll(&c.config.OtherUser) }, &unknownAuthToken)),
		is("stranger-ends-sessions", "A request without credentials ends the sessions of all.",
			refusedWith((*call).endEverything, &noSession)),
		is("session-of-one-connection", "A session authenticates no request on a connection of its own.",
			loses(onOwnConnection))),
	breaks("saymon-session-of-user",
		is("session-of-first-account", "Every session is the first account's.",
			opens(func(c *call) { c.session.owner = &c.config.User })),
		is("current-user-always-second-account", "The current user is always the second account.",
			about(func(c *call, u *user) { o := c.config.OtherUser; u.ID, u.Login, u.Email = o.ID, o.Login, o.Email })),
		is("current-user-has-id-of-other", "The current user has the right login and another user's ID.",
			about(func(c *call, u *user) { u.ID = c.other(c.account).ID })),
		is("current-user-has-login-of-other", "The current user has the right ID and another user's login.",
			about(func(c *call, u *user) { u.Login = c.other(c.account).Login })),
		is("current-user-swaps", "Every second request with a session is another user's.",
			onDecision(where(granted(current), uses, func(c *call) bool { return c.session.uses%2 == 1 }),
				func(c *call) { c.account = c.other(c.account) }))),
	breaks("saymon-token-lasts",
		is("token-works-three-times", "An api-token authenticates three requests.", tokenWorks(current, 3)),
		is("auth-token-opens-one-session", "An auth-token opens one session.", tokenWorks(logIn, 1)),
		is("auth-token-opens-three-sessions", "An auth-token opens three sessions.", tokenWorks(logIn, 3)),
		is("token-for-other-ends-own", "A token made for another user ends those of the caller.",
			onAnswer(where(granted(makeToken), forOther), func(c *call) { c.deleteTokens(c.account) }))),
	breaks("saymon-session-id-random", is("session-id-counts-up", "Session IDs count up.", sessionID(countsUp(1)))),
	breaks("saymon-login-renews-session",
		is("login-keeps-own-session", "A login with the cookie of the user's own session goes on with that session.",
			goesOn(func(c *call, came *session) {
				if came.owner == c.session.owner {
					c.session = came
				}
			}))),
	breaks("saymon-session-not-fixed",
		is("session-id-from-cookie", "A login takes the session ID of the cookie that comes with it.",
			loginOpens(func(c *call) {
				if id := cookieOf(c.r, "sid"); id != "" && c.sessions[id] == nil {
					c.session.id = id
				}
			})),
		is("session-of-cookie-taken-over", "A login makes the live session of the cookie that comes with it the user's.",
			goesOn(func(c *call, came *session) { came.owner, c.session = c.session.owner, came })),
		is("login-keeps-strangers-id", "A refused call sets a sid cookie, and a login with it opens a session of that ID.",
			keepsStrangers),
		is("login-keeps-ended-session", "A login brings the session back whose cookie comes with it and that was logged out.",
			loginOpens(func(c *call) {
				if came := c.sessions[cookieOf(c.r, "sid")]; came != nil && came.ended && came.owner == c.session.owner {
					c.revive(came)
					c.session = came
				}
			}))),
	breaks("saymon-logout-ends-session",
		is("ended-session-lives-in-header", "An ended session lives on as X-Session-Id.", sessionInHeader(true)),
		is("logout-redirected-ends-nothing", "A logout is redirected and leaves the session alive.",
			loggedOut(func(c *call) { status(302)(c); c.revive(c.session) })),
		is("ended-session-lives-with-the-next-login", "A user's next login brings the sessions back that were logged out.",
			loginOpens(func(c *call) {
				for _, s := range c.sessions {
					if s.ended && s.owner == c.session.owner {
						c.revive(s)
					}
				}
			}))),
	breaks("saymon-logout-ends-one",
		is("logout-ends-everybody", "A logout ends all sessions of all users.", loggedOut((*call).endEverything)),
		is("logout-with-invented-session-ends-all", "A logout with an invented session ends all sessions.",
			onAnswer(where(asked(logOut), refusedAs(&inventedSession)), (*call).endEverything))),
	breaks("saymon-logout-again",
		is("logout-again-answered-500", "A second logout is answered 500.", loggedOutAgain(status(500))),
		is("logout-again-redirected", "A second logout is redirected.", loggedOutAgain(status(302)))),
	breaks("saymon-sessions-at-once",
		is("logins-at-once-share-session",
			"Logins of one user within two seconds, each on its own connection, are given one session.",
			atOnce(func(c *call, earlier *session) {
				if earlier.owner == c.session.owner {
					c.session = earlier
				}
			})),
		is("logins-at-once-are-crossed",
			"Of logins of two users within two seconds, each on its own connection, the second is the first's.",
			atOnce(func(c *call, earlier *session) {
				if earlier.owner != c.session.owner {
					c.session.owner = earlier.owner
				}
			}))),
	breaks("saymon-session-among-cookies",
		is("first-cookie-only", "Only the first cookie of a request is read.",
			deafTo(func(cookies string) bool { return !strings.HasPrefix(cookies, "sid=") })),
		is("cookie-to-the-end", "The sid is taken to end with the header.",
			deafTo(func(cookies string) bool { return strings.HasSuffix(cookies, "=en") })),
		is("cookie-name-ends-alike", "A cookie whose name ends in sid is taken for the sid cookie.",
			deafTo(func(cookies string) bool { return regexp.MustCompile(`^[^;]+sid=`).MatchString(cookies) }))),
	breaks("saymon-cookie-reaches-calls",
		is("cookie-for-other-domain", "The sid cookie's domain is another one.",
			loggedIn(attributes("Path=/; Domain=saymon.example; HttpOnly{secure}")))),
)
