package saymon

import (
	"crypto/rand"
	"encoding/binary"
	"net"
	"net/http"
	"regexp"
	"strings"
	"time"

	"session-conformance/support/reference"
)

var uuidForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

func always(*call) bool { return true }

// uses holds for calls with a live session.
func uses(c *call) bool { return c.session != nil && c.by == bySession }

// sessionID gives session IDs another form, tokenText tokens.
func sessionID(form func(string) string) effect {
	return onSession(always, func(c *call) { c.session.id = form(c.session.id) })
}

func tokenText(form func(string) string) effect {
	return onToken(func(c *call) { c.id = form(c.id) })
}

// reuse opens the account's eldest session once more.
func reuse(c *call) {
	if live := c.live[c.session.owner.ID]; len(live) > 0 {
		c.session = live[0]
	}
}

// sharedSession has all users use one session, which is the first account's.
func sharedSession(s *Server) {
	var shared *session
	onSession(always, func(c *call) {
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
func refuseMore(most, status int, first bool) effect {
	which := by("")
	if first {
		which = asked(logIn)
	}
	return onDecision(which, func(c *call) {
		if c.account != nil && len(c.live[c.account.ID]) >= most {
			c.refused = &refusal{"too-many-sessions", status, "Forbidden", "The user has too many sessions."}
		}
	})
}

// capped are the variants that bound how many sessions a user has.
var capped = reference.Capped(func(most int) effect { return onSession(always, keepSessions(most)) }, refuseMore)

// renewSession ends the session that was used and sets a cookie with another one.
func renewSession(c *call) {
	owner := c.session.owner
	c.end(c.session)
	c.before = append(c.before, "sid="+c.open(owner).id+"; Path=/; HttpOnly")
}

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

// tokensOnce has a token authenticate one request.
func tokensOnce(s *Server) {
	used := map[string]bool{}
	onDecision(granted(current), func(c *call) {
		if c.by == byAPIToken && used[c.token] {
			c.refused = &unknownAPIToken
		}
		used[c.token] = true
	})(s)
}

// leaveCookie, leaveID and leaveToken have a refusal leave something live of the account that was named, or of the
// first one.
func leaveCookie(c *call) {
	c.before = append(c.before, "sid="+c.open(c.named()).id+"; Path=/; HttpOnly")
}

func leaveID(c *call) { c.content = c.open(c.named()).id }

func leaveToken(c *call) {
	c.id = newUUID()
	c.addToken(c.id, c.named())
	failing(func(c *call, f *failure) { f.Token = c.id })(c)
}

func (c *call) named() *Account {
	if c.account == nil {
		return &c.config.User
	}
	return c.account
}

// demandsCSRF gives each session a token against forged requests, which a logout must bring back in a cookie and in a
// header field.
func demandsCSRF(s *Server) {
	tokens := map[string]string{}
	onAnswer(by(""), func(c *call) {
		tokens[c.id] = newUUID()
		c.before = append(c.before, "csrf="+tokens[c.id]+"; Path=/")
	})(s)
	onDecision(granted(logOut), func(c *call) {
		if token := tokens[c.sid]; cookieOf(c.r, "csrf") != token || c.r.Header.Get("X-Csrf-Token") != token {
			c.refused = &refusal{"forged", 403, "Forbidden", "The token against forged requests is missing."}
		}
	})(s)
}

// verified answers about sessions that live, or about those that do not.
func verified(live bool, answer string) effect {
	return onAnswer(granted(verify), func(c *call) {
		if live == (c.session != nil && !c.session.ended) {
			says(answer)(c)
		}
	})
}

// indentUser answers with more fields, the login first.
func indentUser(c *call) {
	c.media = "application/json; charset=utf-8"
	says("{\n  \"extra\": {\"id\": 1, \"login\": null},\n  \"login\": " + compact(c.account.Login) + ",\n  \"id\": " +
		compact(c.account.ID) + "\n}\n")(c)
}

// cookieFor has the session's cookie live so long.
func cookieFor(d time.Duration) func(*call) {
	return func(c *call) {
		attributes("Max-Age=3600; Path=/; Expires=" + c.now().UTC().Add(d).Format(http.TimeFormat) + "; HttpOnly{secure}")(c)
	}
}

func hostOf(r *http.Request) string {
	if host, _, err := net.SplitHostPort(r.Host); err == nil {
		return host
	}
	return r.Host
}

// decimal returns 36 random decimal digits.
func decimal() string {
	b := make([]byte, 36)
	rand.Read(b)
	for i := range b {
		b[i] = '1' + b[i]%9
	}
	return string(b)
}

// uuidOf returns a UUID of version 7, which begins with the time.
func uuidOf(now time.Time) string {
	b := make([]byte, 16)
	rand.Read(b)
	var time [8]byte
	binary.BigEndian.PutUint64(time[:], uint64(now.UnixMilli()))
	copy(b, time[2:]) // 48 bits
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	return formUUID(b)
}

// unquoted takes the quotation marks off a sid; empty where it has none.
func unquoted(sid string) string {
	if inner, quoted := strings.CutPrefix(sid, `"`); quoted && len(inner) > 1 && strings.HasSuffix(inner, `"`) {
		return strings.TrimSuffix(inner, `"`)
	}
	return ""
}

func sidIs(is func(string) bool) when { return func(c *call) bool { return is(c.sid) } }
func tokenIs(is func(string) bool) when {
	return func(c *call) bool { return c.by == byAPIToken && is(c.token) }
}

// anySession and anyToken say whether one that lives has such an ID.
func (c *call) anySession(is func(id string) bool) bool {
	for id, s := range c.sessions {
		if !s.ended && is(id) {
			return true
		}
	}
	return false
}

func (c *call) anyToken(is func(text string) bool) bool {
	for text, t := range c.tokens {
		if !t.deleted && is(text) {
			return true
		}
	}
	return false
}
