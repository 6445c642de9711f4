package proof

import (
	"slices"

	"session-conformance/support/reference/saymon"
)

// realm is the Keycloak realm that all SAYMON servers of a proof trust. It starts when the first of them does.
type realm struct{ running *saymon.Realm }

// settings are the keycloak of a target whose server has the configuration.
func (r *realm) settings(c saymon.Config) (map[string]string, error) {
	user := saymon.KeycloakUser(c)
	if r.running == nil {
		running, err := saymon.StartRealm(c.User, c.OtherUser)
		if err != nil {
			return nil, err
		}
		r.running = running
	}
	client := saymon.RealmClient
	if slices.Contains(c.With, saymon.AudienceDemanded) {
		client = saymon.NoAudience
	}
	return map[string]string{"issuer": r.running.Issuer, "client_id": client, "username": user.Login,
		"password":      user.Password,
		"expired_token": "${EXPIRED_TOKEN}", "other_realm_token": "${OTHER_REALM_TOKEN}"}, nil
}

// secrets are the tokens of the user that every server must refuse.
func (r *realm) secrets() []string {
	user := saymon.Default().User
	return []string{"EXPIRED_TOKEN=" + r.running.ExpiredToken(user), "OTHER_REALM_TOKEN=" + saymon.OtherRealmToken(user)}
}

func (r *realm) stop() {
	if r.running != nil {
		_ = r.running.Close()
	}
}
