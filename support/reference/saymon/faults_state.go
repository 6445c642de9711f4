package saymon

import (
	"fmt"
	"time"
)

// stateFaults are about what happens to sessions and tokens between requests.
var stateFaults = []peculiarity{
	fault("session-works-three-times", "A session authenticates three requests.", "saymon-session-lasts",
		worksTimes(3, "")),
	fault("session-works-twice", "A session authenticates two requests.", "saymon-session-lasts", worksTimes(2, "")),
	fault("session-works-once-by-email", "A session of a login with the email authenticates one request.",
		"saymon-session-lasts",
		worksTimes(1, byEmail)),
	fault("session-works-once-by-token", "A session of a login with an auth-token authenticates one request.",
		"saymon-session-lasts",
		worksTimes(1, byToken)),
	fault("session-works-once-by-keycloak", "A session of a login with a Keycloak token authenticates one request.",
		"saymon-session-lasts", worksTimes(1, byKeycloak)),
	fault("session-ends-when-idle", "A session that is not used for a second ends.", "saymon-session-lasts",
		onDecision(both(granted(current), uses), func(c *call) {
			if c.now().Sub(c.session.used) > time.Second {
				c.refused = &endedSession
			}
		})),
	fault("current-user-swaps", "Every second request with a session is another user's.", "saymon-session-of-user",
		onDecision(both(granted(current), uses), func(c *call) {
			if c.session.uses%2 == 1 {
				c.account = c.other(c.account)
			}
		})),
	fault("login-ends-others-sessions", "A login ends the sessions of the other users.", "saymon-session-lasts",
		onSession(always, func(c *call) {
			for _, s := range c.live[c.other(c.session.owner).ID] {
				c.end(s)
			}
		})),
	fault("wrong-password-ends-sessions", "A wrong password ends the user's sessions.", "saymon-session-lasts",
		onDecision(refusedAs(&wrongPassword, &wrongPasswordByEmail, &badBasic), func(c *call) {
			if c.account != nil {
				for _, s := range c.live[c.account.ID] {
					c.end(s)
				}
			}
		})),
	fault("token-works-three-times", "An api-token authenticates three requests.", "saymon-token-lasts",
		tokenWorks(current, 3)),
	fault("auth-token-opens-one-session", "An auth-token opens one session.", "saymon-token-lasts",
		tokenWorks(logIn, 1)),
	fault("token-for-other-ends-own", "A token made for another user ends those of the caller.", "saymon-token-lasts",
		onAnswer(granted(makeToken), func(c *call) {
			if c.owner != c.account {
				c.deleteTokens(c.account)
			}
		})),
	fault("session-of-one-connection", "A session authenticates no request on a connection of its own.",
		"saymon-session-lasts", onDecision(both(granted(current), uses), func(c *call) {
			if c.r.Close {
				c.refused = &inventedSession
			}
		})),
	fault("session-id-counts-up", "Session IDs count up.", "saymon-session-id-random", countUp),
	fault("token-without-permission", "Any user creates tokens of any other.", "saymon-token-needs-permission",
		onDecision(refusedAs(&tokenNotPermitted), accept)),
	fault("session-id-from-cookie", "A login takes the session ID of the cookie that comes with it.",
		"saymon-session-not-fixed",
		onSession(asked(logIn), func(c *call) {
			if id := cookieOf(c.r, "sid"); id != "" && c.sessions[id] == nil {
				c.session.id = id
			}
		})),
	fault("session-of-cookie-taken-over", "A login makes the live session of the cookie that comes with it the user's.",
		"saymon-session-not-fixed",
		onSession(asked(logIn), func(c *call) {
			if came := c.sessions[cookieOf(c.r, "sid")]; came != nil && !came.ended {
				came.owner, c.session = c.session.owner, came
			}
		})),
	fault("ended-session-lives-in-header", "A session that a logout ended lives on as X-Session-Id.",
		"saymon-logout-ends-session",
		sessionInHeader(true)),
	fault("logout-redirected-ends-nothing", "A logout is redirected and leaves the session alive.",
		"saymon-logout-ends-session",
		onAnswer(granted(logOut), func(c *call) { status(302)(c); c.revive(c.session) })),
	fault("ended-session-lives-with-the-next-login", "A user's next login brings the sessions back that were logged out.",
		"saymon-logout-ends-session",
		onSession(asked(logIn), func(c *call) {
			for _, s := range c.sessions {
				if s.ended && s.owner == c.session.owner {
					c.revive(s)
				}
			}
		})),
	fault("logout-ends-everybody", "A logout ends all sessions of all users.", "saymon-logout-ends-one",
		onAnswer(granted(logOut), func(c *call) { c.endAll() })),
	fault("logout-with-invented-session-ends-all", "A logout with an invented session ends all sessions.",
		"saymon-logout-ends-one",
		onAnswer(both(asked(logOut), refusedAs(&inventedSession)), func(c *call) { c.endAll() })),
	fault("logout-again-answered-500", "A second logout is answered 500.", "saymon-logout-again",
		onAnswer(both(asked(logOut), refusedAs(&endedSession)), status(500))),
	fault("logout-again-redirected", "A second logout is redirected.", "saymon-logout-again",
		onAnswer(both(asked(logOut), refusedAs(&endedSession)), status(302))),
	fault("logins-at-once-share-session",
		"Logins of one user within two seconds, each on a connection of its own, are given one session.",
		"saymon-sessions-at-once", atOnce(func(c *call, earlier *session) {
			if earlier.owner == c.session.owner {
				c.session = earlier
			}
		})),
	fault("logins-at-once-are-crossed",
		"Of logins of two users within two seconds, each on a connection of its own, the second is the first one's.",
		"saymon-sessions-at-once", atOnce(func(c *call, earlier *session) {
			if earlier.owner != c.session.owner {
				c.session.owner = earlier.owner
			}
		})),
}

// atOnce changes the session of a login that follows others within two seconds, each on a connection of its own.
func atOnce(change func(c *call, earlier *session)) effect {
	return func(s *Server) {
		var opened []*session
		onSession(func(c *call) bool { return c.kind == logIn && c.r.Close }, func(c *call) {
			for _, earlier := range opened {
				if c.now().Sub(earlier.opened) < 2*time.Second {
					change(c, earlier)
				}
			}
			opened = append(opened, c.session)
		})(s)
	}
}

// sessionInHeader takes the session in X-Session-Id, too; also one that ended, where it is careless.
func sessionInHeader(careless bool) effect {
	return onDecision(both(asked(current), refusedAs(&noSession)), func(c *call) {
		if s := c.sessions[c.r.Header.Get("X-Session-Id")]; s != nil && (careless || !s.ended) {
			c.session = s
			acceptAs(c, s.owner)
		}
	})
}

// countUp makes session IDs of a counter.
func countUp(s *Server) {
	made := 0
	onSession(always, func(c *call) {
		made++
		c.session.id = fmt.Sprintf("6f1c0000-0000-4000-8000-%012x", made)
	})(s)
}

// worksTimes has sessions, or those of one way in, authenticate so many requests.
func worksTimes(most int, in way) effect {
	return onDecision(both(granted(current), uses), func(c *call) {
		if c.session.uses >= most && (in == "" || c.session.by == in) {
			c.refused = &inventedSession
		}
	})
}

// tokenWorks has a token do so many calls of the kind.
func tokenWorks(k kind, most int) effect {
	return func(s *Server) {
		used := map[string]int{}
		onDecision(granted(k), func(c *call) {
			if used[c.token]++; c.token != "" && used[c.token] > most {
				c.refused = map[kind]*refusal{current: &unknownAPIToken, logIn: &unknownAuthToken}[k]
			}
		})(s)
	}
}

func (c *call) endAll() {
	for _, s := range c.sessions {
		if !s.ended {
			c.end(s)
		}
	}
}
