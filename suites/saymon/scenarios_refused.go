package saymon

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// Steps of RefusedLogins: wrong ones, and the good ones between them.
var (
	wrongPassword      = NewStep("wrong password")
	lastCharacter      = NewStep("last character")
	goodAfterTwo       = NewStep("log in after two")
	otherCase          = NewStep("other case")
	wrongForEmail      = NewStep("wrong password for the email")
	goodAfterFour      = NewStep("log in after four")
	wrongForTokenBasic = NewStep("create a token")
	goodAtLast         = NewStep("log in at last")
)

// RefusedLogins sends the user's login with wrong passwords, never more than two of them without a good login between.
// What a refused login leaves must not be live.
var RefusedLogins = saymon.Scenario("log in with wrong passwords", Steps(wrongPassword, lastCharacter, goodAfterTwo, otherCase, wrongForEmail,
	goodAfterFour, wrongForTokenBasic, goodAtLast), func(ctx context.Context, t *Caller) {
	good := func(step *Step) bool {
		return session.StillGood(t, "user", logIn(ctx, t, step, byLogin.Body(t), Opens("user")))
	}
	wrong := func(step *Step, w *session.Way, wrongPassword string) {
		fields := w.Right(t).With("password", t.Secret("wrong password", wrongPassword))
		refuse(ctx, t, step, w.Write(fields), WrongPassword("user"))
	}
	wrong(wrongPassword, byLogin, "wrong "+vary.UUID())
	wrong(lastCharacter, byLogin, vary.Shortened(t.User.Password))
	if !good(goodAfterTwo) {
		return
	}
	if swapped, differs := vary.Case(t.User.Password); differs {
		wrong(otherCase, byLogin, swapped)
	} else {
		t.Omit(otherCase, NotApplicable, "the password has no letters with two cases")
	}
	if t.User.Email != "" && !t.Lacks("email") {
		wrong(wrongForEmail, byEmail, "wrong "+vary.UUID())
	}
	if !good(goodAfterFour) {
		return
	}
	if t.User.ID != "" && !t.Lacks("auth-token") {
		t.Await(Tokens)
		e := t.Post(ctx, wrongForTokenBasic, tokenPath(t.User.ID), nil,
			Basic(t.User.Login, t.Secret("wrong password", "wrong "+vary.UUID())), WrongPassword("user"))
		noteBasic(e, t)
		tryTokens(ctx, t, e, wrongForTokenBasic)
		good(goodAtLast)
	}
}, Account("user"))

// refusals are the logins that must not succeed though they carry no wrong password of an account. Each is sent once.
var refusals = session.Refusals{
	{Name: "log in as nobody", Text: "refuses a login that no user has", Clause: "saymon-refuses-unknown-login",
		Way: byLogin, Kind: session.Unknown, Change: session.Put("login", func(*Caller) any { return vary.Word() })},
	{Name: "log in without a login", Text: "refuses a password without a login", Clause: "saymon-refuses-missing-login",
		Way: byLogin, Kind: session.Incomplete, Change: session.Put("login", session.Absent)},
	{Name: "log in without a password", Text: "refuses a login without a password", Clause: "saymon-refuses-missing-password",
		Way: byLogin, Kind: session.Incomplete, Named: true, Change: session.Put("password", session.Absent)},
	{Name: "log in with an empty password", Text: "refuses an empty password", Clause: "saymon-refuses-empty-password",
		Way: byLogin, Kind: session.Invalid, Named: true, Change: session.Put("password", session.Empty)},
	{Name: "log in with null for a password", Text: "refuses null for a password", Clause: "saymon-refuses-missing-password",
		Way: byLogin, Kind: session.Invalid, Named: true, Change: session.Put("password", session.Null)},
	{Name: "log in with an empty token", Text: "refuses an empty authentication token", Clause: "saymon-refuses-unknown-auth-token",
		Way: byToken, Kind: session.Invalid, Change: session.Put("auth-token", session.Empty)},
	{Name: "log in with an unknown token", Text: "refuses an unknown authentication token", Clause: "saymon-refuses-unknown-auth-token",
		Way: byToken, Kind: session.Unknown, Change: session.Put("auth-token", func(t *Caller) any { return t.Secret("invented token", vary.UUID()) })},
	{Name: "log in with an unknown Keycloak token", Text: "refuses an unknown Keycloak token", Clause: "saymon-refuses-unknown-keycloak-token",
		Way: byKeycloak, Kind: session.Unknown,
		Change: session.Put("auth-service-params.token", func(t *Caller) any { return t.Secret("invented token", vary.UUID()) })},
	{Name: "log in with Keycloak and no parameters", Text: "refuses Keycloak without parameters",
		Clause: "saymon-refuses-keycloak-without-params",
		Way:    byKeycloak, Kind: session.Incomplete, Change: session.Put("auth-service-params", session.Absent)},
	{Name: "log in with another service", Text: "refuses another authentication service", Clause: "saymon-refuses-other-auth-service",
		Way: byKeycloak, Kind: session.Invalid, Change: session.Put("auth-service", func(*Caller) any { return "kerberos" })},
	{Name: "log in with a forged Keycloak token", Text: "refuses a Keycloak token with an altered signature",
		Clause: "saymon-refuses-forged-keycloak-token", Way: byKeycloak, Kind: session.Invalid,
		Change: session.Put("auth-service-params.token", func(t *Caller) any { return t.Secret("forged token", vary.Signature(t.Keycloak.Token)) })},
	{Name: "log in with malformed JSON", Text: "answers malformed JSON with a status 4xx", Clause: "saymon-malformed-json",
		Way: byLogin, Kind: session.Unreadable,
		Raw: func(*Caller) Body { return JSONText(`{"login": "` + vary.Word() + `", "password"`) }},
	{Name: "log in with an empty body", Text: "answers an empty body with a status 4xx", Clause: "saymon-empty-body",
		Way: byLogin, Kind: session.Unreadable, Raw: func(*Caller) Body { return JSONText("") }},
	{Name: "log in with a number for a login", Text: "answers fields of wrong types with a status 4xx", Clause: "saymon-wrong-types",
		Way: byLogin, Kind: session.Unreadable,
		Raw: func(*Caller) Body { return JSON{"login": 12345, "password": []string{"a", "list"}} }},
}.Declare(func(r *session.Refusal) {
	saymon.Scenario(r.Name, Steps(r.Step), func(ctx context.Context, t *Caller) {
		if r.Named {
			t.Await(RefusedLogins) // so that no more than two failures of an account stand in a row
		}
		refuse(ctx, t, r.Step, r.Body(t), Refused())
	}, Needs(r.Way.Needs...))
})

// The ways in that a target declares to be without are tried once all the same, with invented credentials.
var (
	triedEmail, triedTokens, triedKeycloak = NewStep("try"), NewStep("try"), NewStep("try")

	_ = absent("is the way in by email really absent", "email", triedEmail, func() session.Fields {
		return password(vary.Word()+"@example.com", vary.UUID())
	})
	_ = absent("are authentication tokens really absent", "auth-token", triedTokens, func() session.Fields { return authToken(vary.UUID()) })
	_ = absent("is Keycloak really absent", "keycloak", triedKeycloak, func() session.Fields { return keycloak(vary.UUID()) })
)

func absent(name, feature string, tried *Step, fields func() session.Fields) *Scenario {
	return saymon.Scenario(name, Steps(tried), func(ctx context.Context, t *Caller) {
		t.Post(ctx, tried, sessionPath, compact(fields()), Refused())
	}, OnlyWithout(feature))
}
