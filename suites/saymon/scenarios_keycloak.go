package saymon

import (
	"time"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	tokens "session-conformance/support/keycloak"
	"session-conformance/support/vary"
)

var (
	ofLogInWithKeycloak         Steps
	keycloakLogin, keycloakUser = ofLogInWithKeycloak.Step("log in"), ofLogInWithKeycloak.Step("who am I")
)

// LogInWithKeycloak opens a session with the Keycloak token and asks who it belongs to.
var LogInWithKeycloak = saymon.Scenario("log in with Keycloak", &ofLogInWithKeycloak, func(t *Caller) {
	login := logInAndAsk(t, byKeycloak)
	t.Doubt(login)
	noteNames(login, t.Tokens().Access)
}, Needs(byKeycloak.Needs...), Account("user"))

var ofOddKeycloakTokens Steps

// OddKeycloakTokens tries what is almost the genuine Keycloak token, each token once, one after another.
var OddKeycloakTokens = saymon.Scenario("log in with odd Keycloak tokens", &ofOddKeycloakTokens, func(t *Caller) {
	if !t.Of(keycloakLogin).Succeeded() {
		return // where the genuine one is refused, refusals tell nothing
	}
	genuine, _ := vary.ParseJWT(t.Tokens().Access)
	for _, odd := range oddTokens {
		if genuine == nil && odd.ofJWT {
			t.Omit(odd.step, NotApplicable,
				"the Keycloak token is no signed JWT: nothing can be made of it or compared with it")
			continue
		}
		token, lacking := odd.make(t, genuine)
		if lacking != "" {
			t.Omit(odd.step, NotApplicable, lacking)
			continue
		}
		e := refuse(t, odd.step, compact(keycloak(token)), Refused())
		noteEnd(e, token)
	}
}, After(LogInWithKeycloak), Needs("keycloak"), Account("user"))

// oddToken is a Keycloak token that must open no session.
type oddToken struct {
	step   *Step
	text   string // of its spec
	clause string
	ofJWT  bool // it takes a genuine token that is a JWT
	// make gives the token, or says what it lacks.
	make func(t *Caller, genuine *vary.JWT) (token, lacking string)
}

// longToken is how long the longest token is, in bytes: more than a server has to read of a header, less than of a
// body.
const longToken = 100 << 10

// oddTokens are all of them. The genuine token is valid while they are sent, and those made of it end later.
var oddTokens = []oddToken{
	odd("a later end", "refuses one whose claims were altered", "saymon-refuses-altered-keycloak-token", true,
		func(t *Caller, genuine *vary.JWT) (string, string) {
			return t.Secret("altered Keycloak token", genuine.LongerLived(time.Now())), ""
		}),
	odd("no signature", "refuses one without a signature", "saymon-refuses-unsigned-keycloak-token", true,
		func(t *Caller, genuine *vary.JWT) (string, string) {
			return t.Secret("unsigned Keycloak token", genuine.Unsigned(time.Now())), ""
		}),
	odd("a key of its own", "refuses one signed with a key of its own", "saymon-refuses-self-signed-keycloak-token", true,
		func(t *Caller, genuine *vary.JWT) (string, string) {
			token, err := genuine.SignedByStranger(time.Now())
			if err != nil {
				return "", "no token with a key of its own can be made of the Keycloak token: " + err.Error()
			}
			return t.Secret("self-signed Keycloak token", token), ""
		}),
	odd("an ID token", "refuses an ID token", "saymon-refuses-keycloak-id-token", false,
		func(t *Caller, _ *vary.JWT) (string, string) {
			return t.Tokens().ID, orLacking(t.Tokens().ID, "there is no ID token: a run gets one with keycloak.issuer, and "+
				"openid in keycloak.scope")
		}),
	odd("a refresh token", "refuses a refresh token", "saymon-refuses-keycloak-refresh-token", false,
		func(t *Caller, _ *vary.JWT) (string, string) {
			return t.Tokens().Refresh, orLacking(t.Tokens().Refresh, "there is no refresh token: a run gets one with "+
				"keycloak.issuer, keycloak.username and keycloak.password")
		}),
	odd("no token", "refuses an empty one", "saymon-refuses-empty-keycloak-token", false,
		func(*Caller, *vary.JWT) (string, string) {
			return "", ""
		}),
	odd("100 KiB", "refuses one with 100 KiB", "saymon-refuses-long-keycloak-token", false,
		func(t *Caller, _ *vary.JWT) (string, string) {
			return vary.Lengthened(t.Tokens().Access, longToken), ""
		}),
	odd("another realm", "refuses one of another realm", "saymon-refuses-other-realm-keycloak-token", true,
		func(t *Caller, genuine *vary.JWT) (string, string) {
			given := t.Realm().OtherRealmToken
			return given, tokens.UnfitOtherRealm(given, genuine, time.Now())
		}),
	// the last one: it may wait
	odd("its end", "refuses one that has expired", "saymon-refuses-expired-keycloak-token", true, expired),
}

// odd declares a token, and the step of the login with it.
func odd(step, text, clause string, ofJWT bool, made func(*Caller, *vary.JWT) (token, lacking string)) oddToken {
	return oddToken{ofOddKeycloakTokens.Step(step), text, clause, ofJWT, made}
}

func orLacking(token, lacking string) string {
	if token != "" {
		return ""
	}
	return lacking
}

// soon is how long the end of an expiring token is waited for.
const soon = 10 * time.Second

// expired gives the configured token that has expired; without one the genuine token, where its end can be waited for.
func expired(t *Caller, genuine *vary.JWT) (token, lacking string) {
	given := t.Realm().ExpiredToken
	if end, known := genuine.Expires(); known && given == "" && time.Until(end) < soon {
		t.Wait(time.Until(end) + time.Second)
		return t.Tokens().Access, ""
	}
	return given, tokens.UnfitExpired(given, genuine, time.Now())
}

// The notes on a login with a Keycloak token, and how long a claim may be to be noted.
const (
	tokenUsername = "preferred_username of the token"
	tokenEmail    = "email of the token"
	tokenEnded    = "how long before the token had ended"
	claimLimit    = 200
)

// noteNames records whom a token names: a spec sees a stand-in only, which names nobody.
func noteNames(e *exchange.Exchange, token string) {
	j, err := vary.ParseJWT(token)
	if err != nil {
		return
	}
	for note, claim := range map[string]string{tokenUsername: "preferred_username", tokenEmail: "email"} {
		if name := j.Text(claim); name != "" && len(name) <= claimLimit {
			e.Note(note, name)
		}
	}
}

// noteEnd records how long before the request a token had ended, if it had.
func noteEnd(e *exchange.Exchange, token string) {
	j, err := vary.ParseJWT(token)
	if err != nil {
		return
	}
	if end, known := j.Expires(); known && end.Before(e.Started) {
		e.Note(tokenEnded, e.Started.Sub(end).Round(time.Second).String())
	}
}
