package evidence

import "session-conformance/support/target"

// withoutSecrets is a target's settings as evidence may carry them.
func withoutSecrets(t target.Target) target.Target {
	user := func(u *target.User) *target.User {
		if u == nil {
			return nil
		}
		return &target.User{Login: u.Login, Email: u.Email, ID: u.ID}
	}
	t.User, t.OtherUser = user(t.User), user(t.OtherUser)
	if k := t.Keycloak; k != nil {
		t.Keycloak = &target.Keycloak{Issuer: k.Issuer, ClientID: k.ClientID, Scope: k.Scope}
	}
	t.Headers, t.TLS, t.Token, t.Node = nil, nil, "", nil
	return t
}
