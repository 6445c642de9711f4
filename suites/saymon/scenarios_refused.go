package saymon

import (
	"context"
	"fmt"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// RefusedLogins sends the user's login with wrong passwords, never more than two of them without a good login between.
// What a refused login leaves must not be live.
var RefusedLogins = saymon.Scenario("log in with wrong passwords", func(ctx context.Context, t *Caller) {
	good := func(step string) bool {
		e := logIn(ctx, t, step, password(t.User.Login, t.User.Password), Opens("user"))
		if e.Unanswered() == "" && !e.Succeeded() {
			t.Stop(fmt.Sprintf("after wrong passwords the good login of user is answered %s: is the account locked?", e.StatusLine()))
		}
		return e.Succeeded()
	}
	wrong := func(step, login, wrongPassword string) {
		e := logIn(ctx, t, step, password(login, t.Secret("wrong password", wrongPassword)), WrongPassword("user"))
		tryOpened(ctx, t, e, step)
	}
	wrong("wrong password", t.User.Login, "wrong "+vary.UUID())
	wrong("last character", t.User.Login, vary.Shortened(t.User.Password))
	if !good("log in after two") {
		return
	}
	if swapped, differs := vary.Case(t.User.Password); differs {
		wrong("other case", t.User.Login, swapped)
	} else {
		t.Omit("other case", NotApplicable, "the password has no letters with two cases")
	}
	if t.User.Email != "" && !t.Lacks("email") {
		wrong("wrong password for the email", t.User.Email, "wrong "+vary.UUID())
	}
	if !good("log in after four") {
		return
	}
	if t.User.ID != "" && !t.Lacks("auth-token") {
		t.Await(Tokens)
		e := t.Post(ctx, tokenPath(t.User.ID), nil, Basic(t.User.Login, t.Secret("wrong password", "wrong "+vary.UUID())),
			Step("create a token"), WrongPassword("user"))
		noteBasic(e, t)
		tryToken(ctx, t, e, "create a token")
		good("log in at last")
	}
}, Account("user"))

// refusal is a login that must not succeed, though it carries no wrong password of an account.
type refusal struct {
	name     string // of the scenario
	clause   string // that it must not succeed
	right    string // the clause that the same request made right must meet
	missing  bool   // a mandatory parameter is absent
	known    bool   // it names the user: a server may count it as a wrong password
	body     func(t *Caller) Body
	needs    []string
	scenario *Scenario
}

// refusals are all of them. Each is sent once.
var refusals = declare([]*refusal{
	{name: "log in as nobody", clause: "saymon-refuses-unknown-login", right: "saymon-session-by-login",
		body: func(t *Caller) Body { return password(vary.Word(), t.User.Password) }},
	{name: "log in without a login", clause: "saymon-refuses-missing-login", right: "saymon-session-by-login", missing: true,
		body: func(t *Caller) Body { return JSON{"password": t.User.Password} }},
	{name: "log in without a password", clause: "saymon-refuses-missing-password", right: "saymon-session-by-login", missing: true,
		known: true, body: func(t *Caller) Body { return JSON{"login": t.User.Login} }},
	{name: "log in with an empty password", clause: "saymon-refuses-empty-password", right: "saymon-session-by-login", known: true,
		body: func(t *Caller) Body { return password(t.User.Login, "") }},
	{name: "log in with null for a password", clause: "saymon-refuses-missing-password", right: "saymon-session-by-login", known: true,
		body: func(t *Caller) Body { return JSON{"login": t.User.Login, "password": nil} }},
	{name: "log in with an empty token", clause: "saymon-refuses-unknown-auth-token", right: "saymon-session-by-token",
		body: func(*Caller) Body { return JSON{"auth-token": ""} }, needs: []string{"auth-token"}},
	{name: "log in with an unknown token", clause: "saymon-refuses-unknown-auth-token", right: "saymon-session-by-token",
		body: func(t *Caller) Body { return JSON{"auth-token": t.Secret("invented token", vary.UUID())} }, needs: []string{"auth-token"}},
	{name: "log in with an unknown Keycloak token", clause: "saymon-refuses-unknown-keycloak-token", right: "saymon-session-by-keycloak",
		body: func(t *Caller) Body { return keycloak("keycloak", t.Secret("invented token", vary.UUID())) }, needs: []string{"keycloak"}},
	{name: "log in with Keycloak and no parameters", clause: "saymon-refuses-keycloak-without-params", right: "saymon-session-by-keycloak",
		missing: true, body: func(t *Caller) Body { return JSON{"auth-service": "keycloak"} }, needs: []string{"keycloak"}},
	{name: "log in with another service", clause: "saymon-refuses-other-auth-service", right: "saymon-session-by-keycloak",
		body: func(t *Caller) Body { return keycloak("kerberos", t.Keycloak.Token) }, needs: []string{"keycloak"}},
	{name: "log in with a forged Keycloak token", clause: "saymon-refuses-forged-keycloak-token", right: "saymon-session-by-keycloak",
		body: func(t *Caller) Body {
			return keycloak("keycloak", t.Secret("forged token", vary.Signature(t.Keycloak.Token)))
		}, needs: []string{"keycloak"}},
	{name: "log in with malformed JSON", clause: "saymon-malformed-json", right: "saymon-session-by-login",
		body: func(t *Caller) Body { return JSONText(`{"login": "` + vary.Word() + `", "password"`) }},
	{name: "log in with an empty body", clause: "saymon-empty-body", right: "saymon-session-by-login",
		body: func(*Caller) Body { return JSONText("") }},
	{name: "log in with a number for a login", clause: "saymon-wrong-types", right: "saymon-session-by-login",
		body: func(*Caller) Body { return JSON{"login": 12345, "password": []string{"a", "list"}} }},
})

func declare(list []*refusal) []*refusal {
	for _, r := range list {
		r.scenario = saymon.Scenario(r.name, func(ctx context.Context, t *Caller) {
			if r.known {
				t.Await(RefusedLogins) // so that no more than two failures of an account stand in a row
			}
			e := logIn(ctx, t, "log in", r.body(t), Refused())
			tryOpened(ctx, t, e, "log in")
		}, Needs(r.needs...))
	}
	return list
}

// refusalOf finds the refusal that a clause is about; of several, the one whose scenario has the name.
func refusalOf(clause string, name ...string) *refusal {
	for _, r := range refusals {
		if r.clause == clause && (len(name) == 0 || r.name == name[0]) {
			return r
		}
	}
	panic("no refusal is declared for " + clause)
}

// The ways in that a target declares to be without are tried once all the same, with invented credentials.
var (
	WithoutEmail = saymon.Scenario("is the way in by email really absent", func(ctx context.Context, t *Caller) {
		t.Post(ctx, sessionPath, password(vary.Word()+"@example.com", vary.UUID()), Step("try"), Refused())
	}, OnlyWithout("email"))
	WithoutTokens = saymon.Scenario("are authentication tokens really absent", func(ctx context.Context, t *Caller) {
		t.Post(ctx, sessionPath, JSON{"auth-token": vary.UUID()}, Step("try"), Refused())
	}, OnlyWithout("auth-token"))
	WithoutKeycloak = saymon.Scenario("is Keycloak really absent", func(ctx context.Context, t *Caller) {
		t.Post(ctx, sessionPath, keycloak("keycloak", vary.UUID()), Step("try"), Refused())
	}, OnlyWithout("keycloak"))
)
