package saymon

import (
	"net/http"
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// peculiarity is a fault or a variant of this server.
type peculiarity = reference.Peculiarity[*Server]

// effect is what a peculiarity does to a server: it hangs hooks into it.
type effect = func(*Server)

// hook changes a call at one stage, where the condition holds.
type hook struct {
	when when
	do   func(*call)
}

// when is a condition on a call.
type when func(*call) bool

func (c *call) run(hooks []hook) {
	for _, h := range hooks {
		if h.when(c) {
			h.do(c)
		}
	}
}

// The stages of a call. A request has been read and not yet looked at; a decision was made and not yet answered; a
// session or token was made and not yet stored; an answer was put together and not yet sent.
func onRequest(w when, do func(*call)) effect {
	return func(s *Server) { s.onRequest = append(s.onRequest, hook{w, do}) }
}

func onDecision(w when, do func(*call)) effect {
	return func(s *Server) { s.onDecision = append(s.onDecision, hook{w, do}) }
}

func onSession(w when, do func(*call)) effect {
	return func(s *Server) { s.onSession = append(s.onSession, hook{w, do}) }
}

func onToken(do func(*call)) effect {
	return func(s *Server) { s.onToken = append(s.onToken, do) }
}

func onAnswer(w when, do func(*call)) effect {
	return func(s *Server) { s.onAnswer = append(s.onAnswer, hook{w, do}) }
}

// fault breaks a clause, variant breaks none.
func fault(name, says, clause string, effects ...effect) peculiarity {
	return peculiarity{Name: name, Says: says, Clause: clause, Effect: together(effects)}
}

func variant(name, says string, effects ...effect) peculiarity {
	return fault(name, says, "", effects...)
}

// overHTTPS marks a fault that shows only over https, leavesOpen a variant of which a clause cannot be judged.
func overHTTPS(p peculiarity) peculiarity {
	p.HTTPS = true
	return p
}

func leavesOpen(clause string, p peculiarity) peculiarity {
	p.Open = clause
	return p
}

func together(effects []effect) effect {
	return func(s *Server) {
		for _, take := range effects {
			take(s)
		}
	}
}

// asked holds for calls of these kinds, granted for those of them that are not refused; no kind means any.
func asked(kinds ...kind) when {
	return func(c *call) bool { return len(kinds) == 0 || slices.Contains(kinds, c.kind) }
}

func granted(kinds ...kind) when {
	return func(c *call) bool { return c.refused == nil && asked(kinds...)(c) }
}

// refusedAs holds for calls refused for one of these reasons; no reason means any.
func refusedAs(reasons ...*refusal) when {
	return func(c *call) bool {
		return c.refused != nil && (len(reasons) == 0 || slices.Contains(reasons, c.refused))
	}
}

// by holds for logins in this way that are not refused; no way means any.
func by(in way) when {
	return func(c *call) bool { return c.kind == logIn && c.refused == nil && (in == "" || c.by == in) }
}

func both(a, b when) when { return func(c *call) bool { return a(c) && b(c) } }

// accept grants what should be refused. Where nobody was named, the first account is let in.
func accept(c *call) {
	c.refused = nil
	if c.account == nil {
		c.account = &c.config.User
	}
	if c.owner == nil {
		c.owner = c.account
	}
	if c.kind == logIn && c.by == "" {
		c.by = byLogin
	}
}

// acceptAs grants it to the account; nil changes nothing.
func acceptAs(c *call, a *Account) {
	if a != nil {
		c.account = a
		accept(c)
	}
}

// refuseAs refuses what should be granted.
func refuseAs(reason *refusal) func(*call) { return func(c *call) { c.refused = reason } }

// status gives the answer another status.
func status(code int) func(*call) {
	return func(c *call) {
		c.status = code
		if code == http.StatusFound {
			c.header.Set("Location", "/login")
		}
	}
}

// media gives the answer another media type.
func media(name string) func(*call) { return func(c *call) { c.media = name } }

// says replaces the body. See fill for what stands in braces.
func says(body string) func(*call) {
	return func(c *call) { c.content, c.text = nil, c.fill(body) }
}

// says with a media type; without a body, an empty one leaves it out.
func saysAs(name, body string) func(*call) {
	return func(c *call) {
		says(body)(c)
		c.media = name
	}
}

// fill puts in what differs from call to call: {id} is the session ID or token of the answer, {uuid} a new one.
func (c *call) fill(text string) string {
	f, _ := c.content.(*failure)
	if f == nil {
		f = &failure{}
	}
	code, _ := f.Code.(string)
	secure := ""
	if c.r.TLS != nil {
		secure = "; Secure"
	}
	return strings.NewReplacer("{id}", c.id, "{uuid}", newUUID(), "{decimal}", decimal(), "{secure}", secure,
		"{code}", code,
		"{message}", f.Message, "{message as JSON}", compact(f.Message)).Replace(text)
}

// failing changes the JSON of a refusal.
func failing(change func(*call, *failure)) func(*call) {
	return func(c *call) {
		if f, ok := c.content.(*failure); ok {
			change(c, f)
		}
	}
}

// about changes the answer about the current user.
func about(change func(*call, *user)) effect {
	return onAnswer(granted(current), func(c *call) { change(c, c.content.(*user)) })
}

// setsBefore and setsAfter add Set-Cookie lines around that of the session.
func setsBefore(lines ...string) func(*call) {
	return func(c *call) {
		for _, line := range lines {
			c.before = append(c.before, c.fill(line))
		}
	}
}

func setsAfter(lines ...string) func(*call) {
	return func(c *call) {
		for _, line := range lines {
			c.after = append(c.after, c.fill(line))
		}
	}
}

// value gives the session's cookie another value.
func value(text string) func(*call) { return func(c *call) { c.cookie.value = c.fill(text) } }

// attribute replaces an attribute of the session's cookie; an empty one leaves it out.
func attribute(old, other string) func(*call) {
	return func(c *call) {
		c.cookie.attributes = slices.DeleteFunc(c.cookie.attributes,
			func(a string) bool { return a == old && other == "" })
		for i, a := range c.cookie.attributes {
			if a == old {
				c.cookie.attributes[i] = other
			}
		}
	}
}

// attributes replaces them all.
func attributes(text string) func(*call) {
	return func(c *call) { c.cookie.attributes = strings.Split(c.fill(text), "; ") }
}
