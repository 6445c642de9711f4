package saymon

import "session-conformance/support/reference"

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "saymon", Faults: Faults, Variants: Variants, Try: "/node/api/users/current",
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
