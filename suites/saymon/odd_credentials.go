package saymon

import (
	"encoding/base64"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var ofOddSessions, ofOddAPITokens, ofOddCallers Steps

// oddCredential is something that is asked for the current user in place of a session or token, though it is none.
type oddCredential struct {
	text string // of its spec
	step *Step
	// option makes what is sent of a live session or token; nil where it would be none.
	option func(t *Caller, live string) Option
}

func oddOf(of *Steps, what string, option func(t *Caller, live string) Option) *oddCredential {
	return &oddCredential{"refuses " + what, of.Step(what), option}
}

// credential is what authenticates a request for the current user.
type credential struct {
	name      string // as texts call it
	of        *Steps // those of the scenario that sends odd ones
	send      func(value string) Option
	altered   string // as secrets call one that was altered
	condition string // of SQL, in characters that it may have
}

var (
	asSession = credential{"a session ID", &ofOddSessions, func(id string) Option { return Cookie("sid", id) },
		"altered session", session.InjectionInCookie}
	asAPIToken = credential{"an api-token", &ofOddAPITokens,
		func(token string) Option { return Query("api-token", token) }, "altered token", "' OR '1'='1"}
)

// oddWords are values that nobody was given, and that naive code takes for somebody's.
var oddWords = []struct{ name, value string }{{"constructor", "constructor"}, {"__proto__", "__proto__"},
	{"undefined", "undefined"}, {"null", "null"}, {"a %", "%"}, {"an asterisk", "*"}, {"a pattern", ".*"}}

func (c credential) odd(what string, value func(t *Caller, live string) string) *oddCredential {
	return oddOf(c.of, what, func(t *Caller, live string) Option { return c.send(value(t, live)) })
}

// anyOdd are the words, and what is almost a live one.
func (c credential) anyOdd() (all []*oddCredential) {
	add := func(what string, value func(t *Caller, live string) string) { all = append(all, c.odd(what, value)) }
	for _, w := range oddWords {
		add(w.name+" for "+c.name, always(w.value))
	}
	add("a condition of SQL for "+c.name, always(c.condition))
	add("the user's ID for "+c.name, func(t *Caller, _ string) string { return t.User.ID })
	made := func(what, kind string, of func(live string) string) {
		add(what, func(t *Caller, live string) string { return t.Altered(kind, of(live), live) })
	}
	made("the beginning of "+c.name, "part of a secret", beginning)
	made("the end of "+c.name, "part of a secret", func(live string) string { return live[len(live)/3:] })
	made(c.name+" with one character more", c.altered, func(live string) string { return live + "0" })
	made(c.name+" that differs in its first half", c.altered, otherBeginning)
	return all
}

func always(value string) func(*Caller, string) string {
	return func(*Caller, string) string { return value }
}

// otherBeginning is a live session or token with another first half.
func otherBeginning(live string) string { return vary.Another(live[:len(live)/2]) + live[len(live)/2:] }

// oddSessions are asked in place of a session, oddAPITokens in place of an api-token.
var (
	oddSessions = append(asSession.anyOdd(), asSession.odd("an empty session ID", always("")),
		asSession.odd("a session ID that differs in its second half", func(t *Caller, live string) string {
			return t.Altered("altered session", live[:len(live)/2]+vary.Another(live[len(live)/2:]), live)
		}),
		asSession.odd("the login in base64 for a session ID", func(t *Caller, _ string) string {
			return base64.URLEncoding.EncodeToString([]byte(t.User.Login))
		}))
	oddAPITokens = append(asAPIToken.anyOdd(),
		oddOf(&ofOddAPITokens, "a query operator for an api-token",
			func(*Caller, string) Option { return Query("api-token[$ne]", "x") }),
		oddOf(&ofOddAPITokens, "a list for an api-token",
			func(*Caller, string) Option { return Query("api-token[]", "x") }),
		asAPIToken.odd("a session ID for an api-token",
			func(t *Caller, _ string) string { return SessionID(t.Of(secondLogin)) }))
)

// The other credentials that OddSessions sends.
var (
	headerSession = oddOf(&ofOddSessions, "an invented X-Session-Id", func(t *Caller, _ string) Option {
		return Header("X-Session-Id", t.Secret("invented session", vary.UUID()))
	}).called("refuses an invented session ID as X-Session-Id")
	proxyFields = oddOf(&ofOddSessions, "the header fields that proxies add", nil).
			called("refuses a request with the header fields that proxies add")
	namedInQuery = oddOf(&ofOddSessions, "the user's login in the query", nil).
			called("refuses a request whose query names the user")
	bearer       = oddOf(&ofOddSessions, "an invented bearer token", bearerOption)
	unknownBasic = oddOf(&ofOddSessions, "Basic credentials of nobody", nobodysBasic)

	oddBasics = func() (all []*oddCredential) { // credentials of nobody
		for _, basic := range session.OddBasic {
			all = append(all, oddOf(&ofOddSessions, basic.Name,
				func(*Caller, string) Option { return Header("Authorization", basic.Field) }))
		}
		return all
	}()
)

// called gives the spec a text of its own.
func (o *oddCredential) called(text string) *oddCredential {
	o.text = text
	return o
}

func bearerOption(t *Caller, _ string) Option {
	return Header("Authorization", "Bearer "+t.Secret("invented token", vary.UUID()))
}

func nobodysBasic(t *Caller, _ string) Option { return Basic(vary.Word(), t.User.Password) }
