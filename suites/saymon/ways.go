package saymon

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/session"
)

// The documented ways into a session.
var (
	byLogin = &session.Way{Name: "with the login", Clause: "saymon-session-by-login", Account: "user",
		First: firstLogin, Login: secondLogin, Use: currentUser, Write: compact,
		Right: func(t *Caller) session.Fields { return password(t.User.Login, t.User.Password) }}
	byEmail = &session.Way{Name: "with the email", Clause: "saymon-session-by-email", Account: "user",
		Needs: []string{"user.email"}, First: emailLogin, Login: emailLogin, Use: emailUser, Write: compact,
		Right: func(t *Caller) session.Fields { return password(t.User.Email, t.User.Password) }}
	byToken = &session.Way{Name: "with an authentication token", Clause: "saymon-session-by-token", Account: "user",
		Needs: []string{"auth-token"}, First: tokenLogin, Login: tokenLogin, Use: tokenLoginUser, Write: compact,
		Right: func(t *Caller) session.Fields { return authToken(ID(t.Of(secondToken))) }}
	byKeycloak = &session.Way{Name: "with a Keycloak token", Clause: "saymon-session-by-keycloak", Account: "user",
		Needs: []string{"keycloak"}, First: keycloakLogin, Login: keycloakLogin, Use: keycloakUser, Write: compact,
		Right: func(t *Caller) session.Fields { return keycloak(t.Tokens().Access) }}

	ways = []*session.Way{byLogin, byEmail, byToken, byKeycloak}
)

// The other user's login and password.
var (
	othersLogin, othersUser = ofRefusedOther.Step("log in"), ofRefusedOther.Step("who am I")
	byOthersLogin           = &session.Way{Clause: "saymon-session-by-login", Account: "other_user",
		Needs: []string{"other_user.password"}, Login: othersLogin, Use: othersUser, Write: compact,
		Right: func(t *Caller) session.Fields { return password(t.OtherUser.Login, t.OtherUser.Password) }}
)

// compact writes the fields of a login as the JavaScript samples do.
func compact(fields session.Fields) Body { return JSONText(fields.JSON()) }

func password(login, password string) session.Fields {
	return session.Fields{{Name: "login", Value: login}, {Name: "password", Value: password}}
}

func authToken(token string) session.Fields {
	return session.Fields{{Name: "auth-token", Value: token}}
}

func keycloak(token string) session.Fields {
	return session.Fields{{Name: "auth-service", Value: "keycloak"},
		{Name: "auth-service-params", Value: session.Fields{{Name: "token", Value: token}}}}
}
