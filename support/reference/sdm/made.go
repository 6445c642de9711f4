package sdm

import "session-conformance/support/reference"

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "sdm", Faults: Faults, Variants: Variants, Try: "/rest/v1.3/admin/serverInfo",
	AnySession: []string{
		"sdm-session-cookie", "sdm-cookie-reaches-calls", "sdm-login-xml", "sdm-login-json", "sdm-login-200",
		"sdm-two-logins-two-sessions", "sdm-json-media-type", "sdm-password-not-repeated",
	},
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		server, err := New(c)
		account := func(a Account) map[string]any { return map[string]any{"login": a.UserName, "password": a.Password} }
		return &reference.Made{Handler: server,
			Settings: map[string]any{"user": account(c.User), "other_user": account(c.OtherUser)}}, err
	}}
