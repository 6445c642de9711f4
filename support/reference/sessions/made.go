package sessions

import "session-conformance/support/reference"

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "sessions", Faults: Faults, Variants: Variants, Try: "/session/user",
	AnySession: []string{
		"sessions-details-status-200", "sessions-user-status-200", "sessions-login-own-session",
		"sessions-login-json-escapes",
		"sessions-login-secret-not-repeated", "sessions-info-json", "sessions-details-json",
		"sessions-cookie-reaches-calls", "sessions-login-sets-cookie",
	},
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		server, err := New(c)
		account := func(a Account) map[string]any { return map[string]any{"login": a.Login, "password": a.Password} }
		return &reference.Made{Handler: server, Base: BasePath, Settings: map[string]any{"user": account(c.User),
			"other_user": account(c.OtherUser), "token": c.Token, "node": c.Node}}, err
	}}
