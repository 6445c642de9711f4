package saymon

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// RefusedLogins sends wrong passwords of the user through each door that takes one, and near misses as far as the
// account may see more. A good login follows each.
var RefusedLogins = saymon.Scenario("log in with wrong passwords", &ofRefusedLogins, func(t *Caller) {
	attempts, _ := schedule(t)
	attempts.send(t, theUser, byLogin)
}, Account("user"))

// RefusedOther sends near misses to the other user, which the user must not see any more.
var RefusedOther = saymon.Scenario("log in as the other user with wrong passwords", &ofRefusedOther, func(t *Caller) {
	if login := logInAndAsk(t, byOthersLogin, Opens("other_user")); login.Succeeded() {
		_, attempts := schedule(t)
		attempts.send(t, theOther, byOthersLogin)
		for _, r := range oddOfOther {
			refuse(t, r.Step, r.Body(t), Refused())
			if !stillGood(t, r.Step, r.Way) {
				return
			}
		}
	}
}, Needs("other_user.password"), Account("other_user"))

// oddOfOther are logins of the other user that must not succeed though no password in them is wrong: the beginning of
// another way in stands in place of a password, or a list of a right value in place of that.
var oddOfOther = session.Refusals{
	ofOther("refuses a login with null for a token and no password", "saymon-refuses-missing-password",
		"null for a token and no password", inPlaceOfPassword(session.Field{Name: "auth-token"})),
	ofOther("refuses a login with an authentication service and no password", "saymon-refuses-missing-password",
		"a service and no password", inPlaceOfPassword(session.Field{Name: "auth-service", Value: "keycloak"})),
	// Readers that take a list of one for its value, as Fastify does by default, let in only who knows the password.
	ofOther("refuses a list of the right password", "saymon-wrong-types", "a list of the right password",
		session.ListOf("password")),
	ofOther("refuses a list of the right login", "saymon-wrong-types", "a list of the right login",
		session.ListOf("login")),
}

func ofOther(text, clause, step string, change session.Change) *session.Refusal {
	return &session.Refusal{Text: text, Clause: clause, Way: byOthersLogin, Named: true, Change: change,
		Step: refusedStep(&ofRefusedOther, step)}
}

func inPlaceOfPassword(more session.Field) session.Change {
	return func(_ *Caller, right session.Fields) session.Fields {
		return append(right.With("password", session.Absent), more)
	}
}

// refusals are the logins that must not succeed though they carry no wrong password of an account. Each is sent once.
var refusals = append(session.Refusals{
	{Name: "log in as nobody", Text: "refuses a login that no user has", Clause: "saymon-refuses-unknown-login",
		Way: byLogin, Kind: session.Unknown, Change: session.Put("login",
			func(t *Caller) any { return vary.Nobody(t.User.Login) })},
	{Name: "log in without a login", Text: "refuses a password without a login", Clause: "saymon-refuses-missing-login",
		Way: byLogin, Kind: session.Incomplete, Change: session.Put("login", session.Absent)},
	{Name: "log in without a password", Text: "refuses a login without a password",
		Clause: "saymon-refuses-missing-password",
		Way:    byLogin, Kind: session.Incomplete, Named: true, Change: session.Put("password", session.Absent)},
	{Name: "log in with an empty password", Text: "refuses an empty password", Clause: "saymon-refuses-empty-password",
		Way: byLogin, Kind: session.Invalid, Named: true, Change: session.Put("password", session.Empty)},
	{Name: "log in with null for a password", Text: "refuses null for a password",
		Clause: "saymon-refuses-missing-password",
		Way:    byLogin, Kind: session.Invalid, Named: true, Change: session.Put("password", session.Null)},
	{Name: "log in with an empty token", Text: "refuses an empty authentication token",
		Clause: "saymon-refuses-unknown-auth-token",
		Way:    byToken, Kind: session.Invalid, Change: session.Put("auth-token", session.Empty)},
	{Name: "log in with an unknown token", Text: "refuses an unknown authentication token",
		Clause: "saymon-refuses-unknown-auth-token",
		Way:    byToken, Kind: session.Unknown, Change: session.Put("auth-token",
			func(t *Caller) any { return t.Secret("invented token", vary.UUID()) })},
	{Name: "log in with an unknown Keycloak token", Text: "refuses an unknown Keycloak token",
		Clause: "saymon-refuses-unknown-keycloak-token", Way: byKeycloak, Kind: session.Unknown,
		Change: session.Put("auth-service-params.token",
			func(t *Caller) any { return t.Secret("invented token", vary.UUID()) })},
	{Name: "log in with Keycloak and no parameters", Text: "refuses Keycloak without parameters",
		Clause: "saymon-refuses-keycloak-without-params",
		Way:    byKeycloak, Kind: session.Incomplete, Change: session.Put("auth-service-params", session.Absent)},
	{Name: "log in with another service", Text: "refuses another authentication service",
		Clause: "saymon-refuses-other-auth-service",
		Way:    byKeycloak, Kind: session.Invalid, Change: session.Put("auth-service",
			func(*Caller) any { return "kerberos" })},
	{Name: "log in with a forged Keycloak token", Text: "refuses a Keycloak token with an altered signature",
		Clause: "saymon-refuses-forged-keycloak-token", Way: byKeycloak, Kind: session.Invalid,
		Change: session.Put("auth-service-params.token",
			func(t *Caller) any { return t.Secret("forged token", vary.Signature(t.Tokens().Access)) })},
	{Name: "log in with malformed JSON", Text: "answers malformed JSON with a status 4xx", Clause: "saymon-malformed-json",
		Way: byLogin, Kind: session.Unreadable,
		Raw: func(*Caller) Body { return JSONText(`{"login": "` + vary.Word() + `", "password"`) }},
	{Name: "log in with an empty body", Text: "answers an empty body with a status 4xx", Clause: "saymon-empty-body",
		Way: byLogin, Kind: session.Unreadable, Raw: func(*Caller) Body { return JSONText("") }},
	{Name: "log in with a number for a login", Text: "answers fields of wrong types with a status 4xx",
		Clause: "saymon-wrong-types", Way: byLogin, Kind: session.Unreadable,
		Raw: func(*Caller) Body { return JSON{"login": 12345, "password": []string{"a", "list"}} }},
}, moreRefusals()...).Declare(func(r *session.Refusal, steps *Steps) {
	if r.Named {
		inTurn(r, steps)
		return
	}
	saymon.Scenario(r.Name, steps, func(t *Caller) {
		if r.Way != byToken && r.Unchanged(t) { // an account may be called 4711; of a token what is right is gone
			t.Omit(r.Step, NotApplicable, "the right value is the same")
			return
		}
		if r.Way == byToken {
			t.Await(Tokens) // while a token lives, an odd one could be taken for it
		}
		refuse(t, r.Step, r.Body(t), Refused())
	}, Needs(r.Way.Needs...))
})

// The ways in that a target declares to be without are tried once all the same, with invented credentials.
var (
	triedEmail = saymon.Absent("is the way in by email really absent", "email", func(t *Caller, try *Step) {
		t.Post(try, sessionPath, compact(password(vary.Word()+"@example.com", vary.UUID())), Refused())
	})
	triedTokens = saymon.Absent("are authentication tokens really absent", "auth-token", func(t *Caller, try *Step) {
		t.Post(try, sessionPath, compact(authToken(vary.UUID())), Refused())
	})
	triedKeycloak = saymon.Absent("is Keycloak really absent", "keycloak", func(t *Caller, try *Step) {
		t.Post(try, sessionPath, compact(keycloak(vary.UUID())), Refused())
	})
)
