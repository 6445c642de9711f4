package saymon

import "session-conformance/support/reference"

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "saymon", Faults: Faults, Variants: Variants, Try: "/node/api/users/current",
	AnySession: []string{
		"saymon-session-by-login", "saymon-session-by-email", "saymon-session-by-token", "saymon-session-by-keycloak",
		"saymon-request-framing", "saymon-request-encoding", "saymon-request-white-space",
		"saymon-session-id-quoted", "saymon-session-id-not-empty", "saymon-session-id-uuid", "saymon-session-new",
		"saymon-cookie-set", "saymon-cookie-is-session-id", "saymon-cookie-path", "saymon-session-authenticates",
		"saymon-session-lasts",
		"saymon-token-by-basic", "saymon-token-quoted", "saymon-token-not-empty", "saymon-token-uuid", "saymon-token-new",
		"saymon-token-authenticates", "saymon-token-lasts", "saymon-current-by-basic", "saymon-logout-accepted",
		"saymon-token-deletion-accepted",
	},
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		return Make(c, nil)
	}}

// Make makes a server as configured. keycloak is the target's key of that name; nil: a token that the server takes.
func Make(c Config, keycloak map[string]string) (*reference.Made, error) {
	server, err := New(c)
	if err != nil {
		return nil, err
	}
	if keycloak == nil {
		keycloak = map[string]string{"token": server.KeycloakToken(KeycloakUser(c))}
	}
	account := func(a Account) map[string]any {
		return map[string]any{"login": a.Login, "password": a.Password, "email": a.Email, "id": a.ID}
	}
	return &reference.Made{Handler: server, Settings: map[string]any{"user": account(c.User),
		"other_user": account(c.OtherUser), "keycloak": keycloak}}, nil
}
