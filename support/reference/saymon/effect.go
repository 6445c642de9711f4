package saymon

import (
	"net/http"
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// list is a fault or a variant of this server, or a family of them; an effect is what it does to a server.
type (
	list   = reference.List[*Server]
	effect = func(*Server)
)

var (
	is        = reference.Is[*Server]
	breaks    = reference.Breaks[*Server]
	overHTTPS = reference.OverHTTPS[*Server]
	leaveOpen = reference.LeaveOpen[*Server]

	during = reference.At[*Server, *call]
	where  = reference.Where[*call]
	not    = reference.Unless[*call]
)

// The stages of a call at which effects change it.
const (
	requested reference.Stage = iota // a request has been read and not yet looked at
	decided                          // a decision was made and not yet answered
	opening                          // a session was made and not yet stored
	making                           // a token was made and not yet stored
	answering                        // an answer was put together and not yet sent
)

// when is a condition on a call.
type when = reference.When[*call]

func onRequest(w when, do func(*call)) effect  { return during(requested, do, w) }
func onDecision(w when, do func(*call)) effect { return during(decided, do, w) }
func onSession(w when, do func(*call)) effect  { return during(opening, do, w) }
func onToken(do func(*call)) effect            { return during(making, do) }
func onAnswer(w when, do func(*call)) effect   { return during(answering, do, w) }

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

// loggedIn changes the answers to logins that opened a session, the others those to other calls that are granted.
func loggedIn(do func(*call)) effect     { return onAnswer(by(""), do) }
func loggedOut(do func(*call)) effect    { return onAnswer(granted(logOut), do) }
func shown(do func(*call)) effect        { return onAnswer(granted(current), do) }
func verified(do func(*call)) effect     { return onAnswer(granted(verify), do) }
func tokenMade(do func(*call)) effect    { return onAnswer(granted(makeToken), do) }
func tokenDeleted(do func(*call)) effect { return onAnswer(granted(deleteToken), do) }
func idsAnswered(do func(*call)) effect  { return onAnswer(granted(logIn, makeToken, verify), do) }

func loggedOutAgain(do func(*call)) effect {
	return onAnswer(where(asked(logOut), refusedAs(&endedSession)), do)
}

// refusedWith changes the answers to what is refused for one of the reasons, answers gives them another status.
func refusedWith(do func(*call), reasons ...*refusal) effect {
	return onAnswer(refusedAs(reasons...), do)
}

func answers(code int, reasons ...*refusal) effect { return refusedWith(status(code), reasons...) }

// accepts grants what is refused for one of the reasons, acceptsWhere what the condition holds for, too. A logout has
// no session that it could end.
func accepts(reasons ...*refusal) effect { return acceptsWhere(always, reasons...) }

func acceptsWhere(w when, reasons ...*refusal) effect {
	return onDecision(where(refusedAs(reasons...), not(asked(logOut)), w), accept)
}

// opens changes the sessions that are opened, loses takes a live one for none.
func opens(do func(*call)) effect { return onSession(always, do) }

func loses(w when) effect {
	return onDecision(where(granted(current), uses, w), refuseAs(&inventedSession))
}

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
		c.Status = code
		if code == http.StatusFound {
			c.Set("Location", "/login")
		}
	}
}

// media gives the answer another media type.
func media(name string) func(*call) { return func(c *call) { c.Media = name } }

// says replaces the body. See fill for what stands in braces.
func says(body string) func(*call) { return func(c *call) { c.content, c.Body = nil, c.fill(body) } }

// saysAs replaces the media type, too; an empty one, without a body, leaves it out.
func saysAs(name, body string) func(*call) {
	return func(c *call) {
		says(body)(c)
		c.Media = name
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
	return strings.NewReplacer("{id}", c.id, "{uuid}", reference.NewUUID(), "{decimal}", decimal(), "{secure}", secure,
		"{code}", code,
		"{message}", f.Message, "{message as JSON}", reference.JSON(f.Message)).Replace(text)
}

// failing changes the JSON of what is refused for one of the reasons.
func failing(change func(*call, *failure), reasons ...*refusal) effect {
	return refusedWith(func(c *call) {
		if f, ok := c.content.(*failure); ok {
			change(c, f)
		}
	}, reasons...)
}

// about changes the answer about the current user.
func about(change func(*call, *user)) effect {
	return shown(func(c *call) { change(c, c.content.(*user)) })
}

func noContent(c *call) { c.answer(204, nil); c.Media = "" }
func noCookie(c *call)  { c.cookie = cookie{} }

// setsBefore and setsAfter add Set-Cookie lines around that of the session.
func setsBefore(lines ...string) func(*call) {
	return func(c *call) { c.before = append(c.before, c.filled(lines)...) }
}

func setsAfter(lines ...string) func(*call) {
	return func(c *call) { c.after = append(c.after, c.filled(lines)...) }
}

func (c *call) filled(lines []string) (all []string) {
	for _, line := range lines {
		all = append(all, c.fill(line))
	}
	return all
}

// value gives the session's cookie another value.
func value(text string) func(*call) { return func(c *call) { c.cookie.Value = c.fill(text) } }

// attribute gives the session's cookie another attribute, lacks leaves one out.
func attribute(a string) func(*call) { return func(c *call) { c.cookie.Sets(a) } }
func lacks(name string) func(*call)  { return func(c *call) { c.cookie.Lacks(name) } }

// attributes replaces them all.
func attributes(text string) func(*call) {
	return func(c *call) { c.cookie.Attributes = strings.Split(c.fill(text), "; ") }
}
