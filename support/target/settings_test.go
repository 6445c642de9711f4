//go:build unit

package target

import (
	"reflect"
	"testing"

	. "github.com/onsi/gomega"
)

// Whoever declares a text in targets.yaml says there whether it is secret: masking, learning, stripping and the search
// for leaks walk that.
func TestEachTextSaysWhetherItIsSecret(t *testing.T) {
	g := NewWithT(t)
	for _, s := range Settings() {
		g.Expect(s.Unsaid).To(BeFalse(), "say by a tag secret:\"yes\" or secret:\"no\" whether it is a secret: "+s.Path)
	}
	type silent struct {
		Key   string            `json:"key"`
		Keys  []string          `json:"keys"`
		Map   map[string]string `json:"map"`
		Wrong string            `json:"wrong" secret:"maybe"`
		Count int               `json:"count"`
		Said  string            `json:"said" secret:"no"`
	}
	var unsaid []string
	for _, s := range declared(reflect.TypeFor[silent](), "") {
		g.Expect(s.Secret).To(Equal(s.Unsaid), s.Path+": what nobody says counts as secret")
		if s.Unsaid {
			unsaid = append(unsaid, s.Path)
		}
	}
	g.Expect(unsaid).To(Equal([]string{"key", "keys", "map", "wrong"}))
}

func TestWithoutSecrets(t *testing.T) {
	g := NewWithT(t)
	whole := Target{Name: "lab", API: "sessions", URL: "https://a.test", Concurrency: 8, Without: []string{"node"},
		Own: own("sessions", `{"token": "canary-1",
			"node": {"login": "n", "inner": {"pin": 1234, "keys": ["canary-5"]}}}`),
		User:    &User{Login: "qa", Password: "canary-2", ID: "1"},
		Headers: map[string]string{"X-Key": "canary-6"}, TLS: &TLS{KeyFile: "/home/qa/key.pem"},
		Product: &Product{Name: "P"},
		Waivers: []Waiver{{Clause: "a", Reason: "b", Until: "2027-01-31"}}}
	bare := whole.WithoutSecrets()
	g.Expect(bare).To(Equal(Target{Name: "lab", API: "sessions", URL: "https://a.test", Concurrency: 8,
		Without: []string{"node"}, User: &User{Login: "qa", ID: "1"},
		Own: own("sessions", `{}`), Product: &Product{Name: "P"},
		Waivers: []Waiver{{Clause: "a", Reason: "b", Until: "2027-01-31"}}}))
	g.Expect(whole.User.Password).To(Equal("canary-2"), "the target itself stays")
	withRealm := Target{API: "saymon", Own: own("saymon", `{"keycloak": {"issuer": "https://k.test", "client_id": "c",
		"client_secret": "canary-3", "username": "qa", "expired_token": "canary-4", "tls": {"ca_file": "/home/qa/ca.pem"}}}`)}
	g.Expect(*withRealm.WithoutSecrets().Realm()).To(Equal(Keycloak{Issuer: "https://k.test", ClientID: "c"}))
	g.Expect(withRealm.Realm().ClientSecret).To(Equal("canary-3"), "the target itself stays")
	secrets := map[string]string{}
	for _, text := range append(whole.Texts(), withRealm.Texts()...) {
		if text.Secret {
			secrets[text.Path] = text.Value
		}
	}
	g.Expect(secrets).To(Equal(map[string]string{"token": "canary-1", "user.password": "canary-2",
		"keycloak.client_secret": "canary-3", "keycloak.expired_token": "canary-4",
		"node.inner.pin": "1234", "node.inner.keys": "canary-5", "headers.X-Key": "canary-6"}))
}
