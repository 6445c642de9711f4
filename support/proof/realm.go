package proof

import (
	"slices"

	"session-conformance/support/reference/saymon"
)

// realm is the Keycloak realm that all SAYMON servers of a proof trust. It starts when the first of them does.
type realm struct{ running *saymon.Realm }

// settings are the keycloak of a target whose server has the peculiarities.
func (r *realm) settings(with []string) (map[string]string, error) {
	user := saymon.Default().User
	if r.running == nil {
		running, err := saymon.StartRealm(user)
		if err != nil {
			return nil, err
		}
		r.running = running
	}
	client := saymon.RealmClient
	if slices.Contains(with, saymon.AudienceDemanded) {
		client = saymon.NoAudience
	}
	return map[string]string{"issuer": r.running.Issuer, "client_id": client, "username": user.Login, "password": user.Password}, nil
}

func (r *realm) stop() {
	if r.running != nil {
		_ = r.running.Close()
	}
}
