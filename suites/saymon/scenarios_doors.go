package saymon

import (
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

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
		t.Get(emptyBasicUser, currentPath, Basic(t.User.Login, ""), Fresh())
		if good(emptyBasicUser) && t.User.ID != "" && !t.Lacks("auth-token") {
			e := t.Post(emptyBasicToken, tokenPath(t.User.ID), nil, Basic(t.User.Login, ""), Mints(), Fresh())
			tryTokens(t, e, emptyBasicToken)
			good(emptyBasicToken)
		}
	}, Account("user"))
}()
