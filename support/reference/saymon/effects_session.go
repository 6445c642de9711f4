package saymon

import (
	"net"
	"net/http"
	"time"

	"session-conformance/support/reference"
)

func always(*call) bool { return true }

// uses holds for calls with a live session.
func uses(c *call) bool { return c.session != nil && c.by == bySession }

// sharedSession has all users use one session, which is the first account's.
func sharedSession(s *Server) {
	var shared *session
	opens(func(c *call) {
		if shared == nil || shared.ended {
			shared = c.session
			shared.owner = &c.config.User
		}
		c.session = shared
	})(s)
}

// keepSessions ends the account's eldest sessions, so that so many live with the new one.
func keepSessions(most int) func(*call) {
	return func(c *call) {
		for live := c.live[c.session.owner.ID]; len(live) >= most; live = c.live[c.session.owner.ID] {
			c.end(live[0])
		}
	}
}

// refuseMore refuses a login of who has so many sessions.
func refuseMore(bound reference.Bound, status int, first bool) effect {
	which := by("")
	if first {
		which = asked(logIn)
	}
	return func(s *Server) {
		full := bound()
		onDecision(which, func(c *call) {
			if c.account != nil && full(len(c.live[c.account.ID])) {
				c.refused = &refusal{"too-many-sessions", status, "Forbidden", "The user has too many sessions."}
			}
		})(s)
	}
}

// capped are the variants that bound how many sessions a user has.
var capped = reference.Capped("saymon-session-authenticates saymon-session-lasts saymon-session-of-user "+
	"saymon-session-not-fixed saymon-sessions-at-once saymon-refuses-wrong-password saymon-logout-ends-one",
	func(bound reference.Most) effect {
		return func(s *Server) {
			most := bound()
			opens(func(c *call) { keepSessions(most())(c) })(s)
		}
	}, refuseMore)

// revive brings a session back that was ended, reviveTokens an account's tokens.
func (s *Server) revive(ended *session) {
	ended.ended = false
	s.live[ended.owner.ID] = append(s.live[ended.owner.ID], ended)
}

func (s *Server) reviveTokens(owner *Account) {
	for text, t := range s.tokens {
		if t.owner == owner {
			s.addToken(text, owner)
		}
	}
}

// demandsCSRF gives each session a token against forged requests, which a logout must bring back in a cookie and in a
// header field.
func demandsCSRF(s *Server) {
	tokens := map[string]string{}
	loggedIn(func(c *call) {
		tokens[c.id] = reference.NewUUID()
		setsBefore("csrf=" + tokens[c.id] + "; Path=/")(c)
	})(s)
	onDecision(granted(logOut), func(c *call) {
		if token := tokens[c.sid]; cookieOf(c.r, "csrf") != token || c.r.Header.Get("X-Csrf-Token") != token {
			c.refused = &refusal{"forged", 403, "Forbidden", "The token against forged requests is missing."}
		}
	})(s)
}

// indentUser answers with more fields, the login first.
func indentUser(c *call) {
	c.Media = "application/json; charset=utf-8"
	login, id := reference.JSON(c.account.Login), reference.JSON(c.account.ID)
	says("{\n  \"extra\": {\"id\": 1, \"login\": null},\n  \"login\": " + login + ",\n  \"id\": " + id + "\n}\n")(c)
}

// verifiesLive answers about sessions that live, verifiesDead about those that do not.
func verifiesLive(answer string) effect {
	return onAnswer(where(granted(verify), not(dead)), says(answer))
}

func verifiesDead(answer string) effect { return onAnswer(where(granted(verify), dead), says(answer)) }

func dead(c *call) bool { return c.session == nil || c.session.ended }

// cookieForAnHour has the session's cookie live so long.
func cookieForAnHour(c *call) {
	end := c.now().UTC().Add(time.Hour).Format(http.TimeFormat)
	attributes("Max-Age=3600; Path=/; Expires=" + end + "; HttpOnly{secure}")(c)
}

func hostOf(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		return host
	}
	return r.Host
}

// setsSession sets a further sid cookie.
func (c *call) setsSession(id string) { setsBefore("sid=" + id + "; Path=/; HttpOnly")(c) }

// liveSession is the one of that ID that lives, nil where there is none.
func (c *call) liveSession(id string) *session {
	if s := c.sessions[id]; s != nil && !s.ended {
		return s
	}
	return nil
}

// endAll ends an account's sessions, endEverything those of all.
func (s *Server) endAll(owner *Account) {
	for _, one := range s.live[owner.ID] {
		s.end(one)
	}
}

func (c *call) endEverything() {
	for _, a := range c.accounts() {
		c.endAll(a)
	}
}

// loginOpens changes the sessions that logins open; goesOn does where the cookie of a live one came with the login.
func loginOpens(do func(*call)) effect { return onSession(asked(logIn), do) }

func goesOn(change func(c *call, came *session)) effect {
	return loginOpens(func(c *call) {
		if came := c.liveSession(cookieOf(c.r, "sid")); came != nil {
			change(c, came)
		}
	})
}

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

// usesToken holds for calls with an api-token.
func usesToken(c *call) bool { return c.by == byAPIToken }

// takesDeleted takes a deleted token for a live one in calls of the kind.
func takesDeleted(k kind) effect {
	return onDecision(where(asked(k), refusedAs(&deletedToken)), func(c *call) { acceptAs(c, c.tokens[c.token].owner) })
}
