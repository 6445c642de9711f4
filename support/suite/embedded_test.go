//go:build unit

package suite_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	judged "session-conformance/suites/saymon"
	"session-conformance/suites/saymon/settings"
	"session-conformance/support/evidence"
	"session-conformance/support/keycloak"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/target"
)

// The token of a realm that listens opens a session of an embedded SAYMON: of its own realm, and of keycloak.issuer.
func TestEmbeddedTrustsItsRealm(t *testing.T) {
	realm, err := saymon.StartRealm(saymon.Default().User)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = realm.Close() })
	user := saymon.Default().User
	given := &target.Keycloak{Issuer: realm.Issuer, ClientID: saymon.RealmClient, Username: user.Login,
		Password: user.Password}
	for name, realm := range map[string]*target.Keycloak{"its own": nil, "keycloak.issuer": given} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			job := evidence.Job{Target: target.Target{API: "saymon", URL: "embedded", Own: settings.Own{Keycloak: realm}}}
			stop := judged.Suite().Prepare(&job)
			g.Expect(job.Failed).To(BeEmpty())
			fetch := func() (keycloak.Tokens, error) {
				return keycloak.Fetch(context.Background(), keycloak.Realm{Keycloak: *job.Target.Realm(),
					Timeout: 20 * time.Second})
			}
			tokens, err := fetch()
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(logInWith(t, job.Target.URL, tokens.Access)).To(Equal(http.StatusOK))
			g.Expect(logInWith(t, job.Target.URL, tokens.ID)).To(Equal(http.StatusUnauthorized))
			stop()
			if _, err = fetch(); realm == nil {
				g.Expect(err).To(MatchError(ContainSubstring("not reachable")), "it ends with the target")
			} else {
				g.Expect(err).NotTo(HaveOccurred())
			}
		})
	}
	t.Run("another realm's token", func(t *testing.T) {
		g := NewWithT(t)
		job := evidence.Job{Target: target.Target{API: "saymon", URL: "embedded"}}
		defer judged.Suite().Prepare(&job)()
		tokens, err := keycloak.Fetch(context.Background(), keycloak.Realm{Keycloak: *given, Timeout: 20 * time.Second})
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(logInWith(t, job.Target.URL, tokens.Access)).To(Equal(http.StatusUnauthorized))
	})
}

// logInWith gives the status of a login with the token.
func logInWith(t *testing.T, address, token string) int {
	t.Helper()
	body := `{"auth-service": "keycloak", "auth-service-params": {"token": "` + token + `"}}`
	answer, err := http.Post(address+"/node/api/users/session", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}
