package sessions

import "session-conformance/support/reference"

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "sessions", Faults: Faults, Variants: Variants, Try: "/session/user",
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		server, err := New(c)
		account := func(a Account) map[string]any { return map[string]any{"login": a.Login, "password": a.Password} }
		return &reference.Made{Handler: server, Base: BasePath, Settings: map[string]any{"user": account(c.User),
			"other_user": account(c.OtherUser), "token": c.Token, "node": c.Node}}, err
	}}
