package saymon

import (
	"encoding/base64"
	"slices"
	"strings"

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
	asSession = credential{"a session ID", &ofOddSessions,
		func(id string) Option { return Cookie("sid", inCookie.Replace(id)) }, "altered session",
		session.InjectionInCookie}
	asAPIToken = credential{"an api-token", &ofOddAPITokens,
		func(token string) Option { return Query("api-token", token) }, "altered token", "' OR '1'='1"}
)

// inCookie writes what no cookie may hold by its number.
var inCookie = strings.NewReplacer("\x00", "%00", " ", "%20")

// oddWords are values that nobody was given, and that naive code takes for somebody's.
var oddWords = []struct{ name, value string }{{"constructor", "constructor"}, {"__proto__", "__proto__"},
	{"undefined", "undefined"}, {"null", "null"}, {"a %", "%"}, {"an asterisk", "*"}, {"a pattern", ".*"},
	{"a zero byte", "\x00"}, {"blanks", "   "}}

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
	made(c.name+" with one character more", c.altered, func(live string) string { return vary.Continued(live, "0") })
	made(c.name+behindZeroByte, c.altered, func(live string) string { return vary.Continued(live, "\x00a") })
	made(c.name+" that differs in its first half", c.altered, otherBeginning)
	return all
}

// behindZeroByte ends the name of what goes on behind a zero byte.
const behindZeroByte = " that goes on behind a zero byte"

func always(value string) func(*Caller, string) string {
	return func(*Caller, string) string { return value }
}

// otherBeginning is a live session or token with another first character, and the rest of it: however much of its end
// a server compares, that is the same.
func otherBeginning(live string) string { return vary.Another(live[:1]) + live[1:] }

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
		asAPIToken.odd("the login for an api-token", func(t *Caller, _ string) string { return t.User.Login }),
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

// OddSessions asks for the current user with what is no session, while one lives.
var OddSessions = saymon.Scenario("who am I with odd session IDs", &ofOddSessions, func(t *Caller) {
	t.Get(proxyFields.step, currentPath, append(session.ProxyFields(t.User.Login), Fresh(), Odd())...)
	t.Get(namedInQuery.step, currentPath, append(session.NamedInQuery(t.User.Login), Fresh(), Odd())...)
	for _, p := range oddPaths {
		t.Get(p.Step, p.Write(currentPath), Fresh(), Odd())
	}
	if live := SessionID(t.Of(secondLogin)); live != "" {
		sendOdd(t, live, slices.Concat(oddSessions, oddBasics, []*oddCredential{bearer, unknownBasic, headerSession}))
	}
}, After(LogIn))

// OddAPITokens asks for the current user with what is no token, while one lives.
var OddAPITokens = saymon.Scenario("who am I with odd api-tokens", &ofOddAPITokens, func(t *Caller) {
	if live := ID(t.Of(secondToken)); live != "" {
		sendOdd(t, live, oddAPITokens)
	}
}, After(LogIn, Tokens), Needs("auth-token", "user.id"))

// oddPaths are the calls of the current user without credentials, their path written in other ways.
var oddPaths = session.PathSteps(&ofOddSessions, "")

func sendOdd(t *Caller, live string, all []*oddCredential) {
	for _, odd := range all {
		e := t.Get(odd.step, currentPath, odd.option(t, live), Fresh(), Odd())
		tryCookie(t, e, odd.step)
	}
}

// oddCaller is a call that must create no token, though somebody seems to make it.
type oddCaller struct {
	text   string // of its spec
	clause string
	step   *Step
	option func(t *Caller) Option
}

var oddCallers = []*oddCaller{
	{"refuses to create one with an invented bearer token", "saymon-token-refuses-no-credentials",
		ofOddCallers.Step("with a bearer token"), func(t *Caller) Option {
			return bearerOption(t, "")
		}},
	{"refuses to create one with the credentials of nobody", "saymon-token-refuses-wrong-credentials",
		ofOddCallers.Step("with the credentials of nobody"), func(t *Caller) Option {
			return nobodysBasic(t, "")
		}},
	{"refuses to create one with an invented session", "saymon-token-refuses-no-credentials",
		ofOddCallers.Step("with an invented session"), func(t *Caller) Option {
			return Cookie("sid", t.Secret("invented session", vary.UUID()))
		}},
	{"refuses to create one with an invented api-token", "saymon-token-refuses-no-credentials",
		ofOddCallers.Step("with an invented api-token"), func(t *Caller) Option {
			return Query("api-token", t.Secret("invented token", vary.UUID()))
		}},
}

// OddCallers tries to create tokens without right credentials.
var OddCallers = saymon.Scenario("create tokens with odd credentials", &ofOddCallers, func(t *Caller) {
	for _, odd := range oddCallers {
		e := t.Post(odd.step, tokenPath(t.User.ID), nil, odd.option(t), Mints(), Fresh(), Odd())
		tryTokens(t, e, odd.step)
		tryCookie(t, e, odd.step)
	}
}, After(Tokens), Needs("auth-token", "user.id"))

// The logins with an empty Basic password.
var (
	ofEmptyBasic    Steps
	emptyBasicUser  = refusedStep(&ofEmptyBasic, "who am I by an empty Basic password")
	emptyBasicToken = refusedStep(&ofEmptyBasic, "create a token with an empty Basic password")
)

// EmptyBasic tries the user's login with an empty password where Basic credentials are taken. A good login follows
// each.
var EmptyBasic = func() *Scenario {
	_ = refusals // they are declared first
	before := slices.Clone(allInTurn)
	return saymon.Scenario("log in with empty Basic passwords", &ofEmptyBasic, func(t *Caller) {
		awaitAll(t, before)
		good := func(step *Step) bool { return stillGood(t, step, byLogin) }
		tryCookie(t, t.Get(emptyBasicUser, currentPath, Basic(t.User.Login, ""), Fresh()), emptyBasicUser)
		if good(emptyBasicUser) && t.User.ID != "" && !t.Lacks("auth-token") {
			e := t.Post(emptyBasicToken, tokenPath(t.User.ID), nil, Basic(t.User.Login, ""), Mints(), Fresh())
			tryTokens(t, e, emptyBasicToken)
			tryCookie(t, e, emptyBasicToken)
			good(emptyBasicToken)
		}
	}, Account("user"))
}()
