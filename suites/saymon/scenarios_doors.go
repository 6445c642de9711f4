package saymon

import (
	"context"
	"encoding/base64"
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// oddCredential is something that is asked for the current user in place of a session or token, though it is none.
type oddCredential struct {
	text string // of its spec
	step *Step
	// option makes what is sent of a live session or token; nil where it would be none.
	option func(t *Caller, live string) Option
}

// The steps of OddSessions, OddAPITokens and OddCallers.
var ofOddSessions, ofOddAPITokens, ofOddCallers Steps

func oddSession(what string, value func(t *Caller, live string) string) *oddCredential {
	return &oddCredential{"refuses " + what, ofOddSessions.Step(what), func(t *Caller, live string) Option {
		return Cookie("sid", value(t, live))
	}}
}

func oddAPIToken(what string, value func(t *Caller, live string) string) *oddCredential {
	return &oddCredential{"refuses " + what, ofOddAPITokens.Step(what), func(t *Caller, live string) Option {
		return Query("api-token", value(t, live))
	}}
}

func always(value string) func(*Caller, string) string {
	return func(*Caller, string) string { return value }
}

// part gives a part of a live session or token, and hides it as such.
func part(of func(live string) string) func(*Caller, string) string {
	return func(t *Caller, live string) string { return t.Altered("part of a secret", of(live), live) }
}

// oddSessions are asked in place of a session, oddTokens in place of an api-token.
var (
	oddSessions = []*oddCredential{
		oddSession("an empty session ID", always("")),
		oddSession("the beginning of a session ID", part(beginning)),
		oddSession("the end of a session ID", part(func(live string) string { return live[len(live)/3:] })),
		oddSession("a session ID with one character more", func(t *Caller, live string) string {
			return t.Altered("altered session", live+"0", live)
		}),
		oddSession("a session ID that differs in its second half", func(t *Caller, live string) string {
			return t.Altered("altered session", live[:len(live)/2]+vary.Another(live[len(live)/2:]), live)
		}),
		oddSession("constructor for a session ID", always("constructor")),
		oddSession("__proto__ for a session ID", always("__proto__")),
		oddSession("undefined for a session ID", always("undefined")),
		oddSession("null for a session ID", always("null")),
		oddSession("a % for a session ID", always("%")),
		oddSession("an asterisk for a session ID", always("*")),
		oddSession("a pattern for a session ID", always(".*")),
		oddSession("a condition of SQL for a session ID", always(session.InjectionInCookie)),
		oddSession("a session ID that differs in its first half", func(t *Caller, live string) string {
			return t.Altered("altered session", otherBeginning(live), live)
		}),
		oddSession("the login in base64 for a session ID", func(t *Caller, _ string) string {
			return base64.URLEncoding.EncodeToString([]byte(t.User.Login))
		}),
		oddSession("the user's ID for a session ID", func(t *Caller, _ string) string { return t.User.ID }),
	}
	oddAPITokens = []*oddCredential{
		{"refuses a query operator for an api-token", ofOddAPITokens.Step("a query operator for an api-token"),
			func(*Caller, string) Option {
				return Query("api-token[$ne]", "x")
			}},
		{"refuses a list for an api-token", ofOddAPITokens.Step("a list for an api-token"),
			func(*Caller, string) Option { return Query("api-token[]", "x") }},
		oddAPIToken("a % for an api-token", always("%")),
		oddAPIToken("an asterisk for an api-token", always("*")),
		oddAPIToken("a pattern for an api-token", always(".*")),
		oddAPIToken("a condition of SQL for an api-token", always("' OR '1'='1")),
		oddAPIToken("constructor for an api-token", always("constructor")),
		oddAPIToken("__proto__ for an api-token", always("__proto__")),
		oddAPIToken("an api-token that differs in its first half", func(t *Caller, live string) string {
			return t.Altered("altered token", otherBeginning(live), live)
		}),
		oddAPIToken("undefined for an api-token", always("undefined")),
		oddAPIToken("null for an api-token", always("null")),
		oddAPIToken("the beginning of an api-token", part(beginning)),
		oddAPIToken("the end of an api-token", part(func(live string) string { return live[len(live)/3:] })),
		oddAPIToken("an api-token with one character more", func(t *Caller, live string) string {
			return t.Altered("altered token", live+"0", live)
		}),
		oddAPIToken("the user's ID for an api-token", func(t *Caller, _ string) string { return t.User.ID }),
		oddAPIToken("a session ID for an api-token",
			func(t *Caller, _ string) string { return SessionID(t.Of(secondLogin)) }),
	}
	headerSession = &oddCredential{"refuses an invented session ID as X-Session-Id",
		ofOddSessions.Step("an invented X-Session-Id"),
		func(t *Caller, _ string) Option {
			return Header("X-Session-Id", t.Secret("invented session", vary.UUID()))
		}}
	proxyFields = &oddCredential{"refuses a request with the header fields that proxies add",
		ofOddSessions.Step("the header fields that proxies add"), nil}
	namedInQuery = &oddCredential{"refuses a request whose query names the user",
		ofOddSessions.Step("the user's login in the query"), nil}
	bearer = &oddCredential{"refuses an invented bearer token", ofOddSessions.Step("an invented bearer token"),
		bearerOption}
	unknownBasic = &oddCredential{"refuses Basic credentials of nobody", ofOddSessions.Step("Basic credentials of nobody"),
		nobodysBasic}
)

// oddBasics are asked for the current user, with Basic credentials of nobody.
var oddBasics = func() (all []*oddCredential) {
	for _, odd := range session.OddBasic {
		all = append(all, &oddCredential{"refuses " + odd.Name, ofOddSessions.Step(odd.Name),
			func(*Caller, string) Option { return Header("Authorization", odd.Field) }})
	}
	return all
}()

// otherBeginning is a live session or token with another first half.
func otherBeginning(live string) string { return vary.Another(live[:len(live)/2]) + live[len(live)/2:] }

func bearerOption(t *Caller, _ string) Option {
	return Header("Authorization", "Bearer "+t.Secret("invented token", vary.UUID()))
}

func nobodysBasic(t *Caller, _ string) Option { return Basic(vary.Word(), t.User.Password) }

// OddSessions asks for the current user with what is no session, while one lives.
var OddSessions = saymon.Scenario("who am I with odd session IDs", &ofOddSessions,
	func(ctx context.Context, t *Caller) {
		t.Get(ctx, proxyFields.step, currentPath, append(session.ProxyFields(t.User.Login), Fresh(), Odd())...)
		t.Get(ctx, namedInQuery.step, currentPath, append(session.NamedInQuery(t.User.Login), Fresh(), Odd())...)
		for _, p := range session.Paths {
			t.Get(ctx, oddPaths[p.Name], p.Write(currentPath), Fresh(), Odd())
		}
		if live := SessionID(t.Of(secondLogin)); live != "" {
			sendOdd(ctx, t, live, slices.Concat(oddSessions, oddBasics, []*oddCredential{bearer, unknownBasic, headerSession}))
		}
	}, After(LogIn))

// OddAPITokens asks for the current user with what is no token, while one lives.
var OddAPITokens = saymon.Scenario("who am I with odd api-tokens", &ofOddAPITokens,
	func(ctx context.Context, t *Caller) {
		if live := ID(t.Of(secondToken)); live != "" {
			sendOdd(ctx, t, live, oddAPITokens)
		}
	}, After(LogIn, Tokens), Needs("auth-token", "user.id"))

// oddPaths are the calls of the current user without credentials, by how their path is written.
var oddPaths = func() map[string]*Step {
	all := map[string]*Step{}
	for _, p := range session.Paths {
		all[p.Name] = ofOddSessions.Step(p.Name)
	}
	return all
}()

func sendOdd(ctx context.Context, t *Caller, live string, all []*oddCredential) {
	for _, odd := range all {
		e := t.Get(ctx, odd.step, currentPath, odd.option(t, live), Fresh(), Odd())
		tryCookie(ctx, t, e, odd.step)
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
var OddCallers = saymon.Scenario("create tokens with odd credentials", &ofOddCallers,
	func(ctx context.Context, t *Caller) {
		for _, odd := range oddCallers {
			e := t.Post(ctx, odd.step, tokenPath(t.User.ID), nil, odd.option(t), Mints(), Fresh(), Odd())
			tryTokens(ctx, t, e, odd.step)
			tryCookie(ctx, t, e, odd.step)
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
	return saymon.Scenario("log in with empty Basic passwords", &ofEmptyBasic, func(ctx context.Context, t *Caller) {
		awaitAll(t, before)
		good := func(step *Step) bool { return stillGood(ctx, t, step, byLogin) }
		t.Get(ctx, emptyBasicUser, currentPath, Basic(t.User.Login, ""), Fresh())
		if good(emptyBasicUser) && t.User.ID != "" && !t.Lacks("auth-token") {
			e := t.Post(ctx, emptyBasicToken, tokenPath(t.User.ID), nil, Basic(t.User.Login, ""), Mints(), Fresh())
			tryTokens(ctx, t, e, emptyBasicToken)
			good(emptyBasicToken)
		}
	}, Account("user"))
}()
