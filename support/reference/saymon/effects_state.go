package saymon

import (
	"time"

	"session-conformance/support/reference"
)

// keepsStrangers gives a sid cookie to who is refused for having none, and its ID to the session of the login that
// brings it back.
func keepsStrangers(s *Server) {
	given := map[string]bool{}
	refusedWith(func(c *call) {
		id := reference.NewUUID()
		given[id] = true
		c.setsSession(id)
	}, &noSession)(s)
	loginOpens(func(c *call) {
		if id := cookieOf(c.r, "sid"); given[id] && c.sessions[id] == nil {
			c.session.id = id
		}
	})(s)
}

// deafTo takes a live session for none where its Cookie header is such.
func deafTo(cookies func(string) bool) effect {
	return onDecision(where(granted(current), uses, func(c *call) bool { return cookies(c.r.Header.Get("Cookie")) }),
		refuseAs(&noSession))
}

// atOnce changes the session of a login that follows others within two seconds, each on a connection of its own.
func atOnce(change func(c *call, earlier *session)) effect {
	return func(s *Server) {
		var opened []*session
		onSession(where(asked(logIn), onOwnConnection), func(c *call) {
			for _, earlier := range opened {
				if c.now().Sub(earlier.opened) < 2*time.Second {
					change(c, earlier)
				}
			}
			opened = append(opened, c.session)
		})(s)
	}
}

func onOwnConnection(c *call) bool { return c.r.Close }

// sessionInHeader takes the session in X-Session-Id, too; also one that ended, where it is careless.
func sessionInHeader(careless bool) effect {
	return onDecision(where(asked(current), refusedAs(&noSession)), func(c *call) {
		if s := c.sessions[c.r.Header.Get("X-Session-Id")]; s != nil && (careless || !s.ended) {
			c.session = s
			acceptAs(c, s.owner)
		}
	})
}

// worksTimes has sessions, or those of one way in, authenticate so many requests.
func worksTimes(most int, in way) effect {
	return loses(func(c *call) bool { return c.session.uses >= most && (in == "" || c.session.by == in) })
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

// forOther holds for calls about the token of somebody else.
func forOther(c *call) bool { return c.owner != c.account }

// takesDeleted takes a deleted token for a live one in calls of the kind.
func takesDeleted(k kind) effect {
	return onDecision(where(asked(k), refusedAs(&deletedToken)), func(c *call) { acceptAs(c, c.tokens[c.token].owner) })
}
