//go:build long

package saymon

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/onsi/gomega"

	fetching "session-conformance/support/keycloak"
	"session-conformance/support/target"
)

// startRealm gives a realm of the default accounts, and what a run would fetch there.
func startRealm(t *testing.T) (realm *Realm, fetch func(client, password string) (fetching.Tokens, error)) {
	t.Helper()
	realm, err := StartRealm(Default().User, Default().OtherUser)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = realm.Close() })
	return realm, func(client, password string) (fetching.Tokens, error) {
		return fetching.Fetch(context.Background(), fetching.Realm{Timeout: 20 * time.Second, Keycloak: target.Keycloak{
			Issuer: realm.Issuer, ClientID: client, Username: Default().User.Login, Password: password}})
	}
}

func TestTokensOfAListeningRealm(t *testing.T) {
	g := gomega.NewWithT(t)
	realm, fetch := startRealm(t)
	tokens, err := fetch(RealmClient, Default().User.Password)
	g.Expect(err).NotTo(gomega.HaveOccurred())
	trusting, own := newKeycloak(time.Now, Issuer{URL: realm.Issuer}), newKeycloak(time.Now, Issuer{})
	for name, test := range map[string]struct {
		server  *keycloak
		token   string
		refused *refusal // nil: accepted
	}{
		"access":                    {trusting, tokens.Access, nil},
		"access, of another issuer": {own, tokens.Access, &forgedKeycloakToken},
		"another issuer's":          {trusting, own.issue(Default().User), &forgedKeycloakToken},
		"ID":                        {trusting, tokens.ID, &idKeycloakToken},
		"refresh":                   {trusting, tokens.Refresh, &refreshKeycloakToken},
		"expired":                   {trusting, realm.ExpiredToken(Default().User), &expiredKeycloakToken},
		"another realm's":           {trusting, OtherRealmToken(Default().User), &otherRealmKeycloakToken},
	} {
		c, refused := test.server.check(context.Background(), test.token)
		g.Expect(refused).To(gomega.BeIdenticalTo(test.refused), name)
		if refused == nil {
			g.Expect(c.Username).To(gomega.Equal(Default().User.Login))
			g.Expect(c.Audience).To(gomega.ContainElement(RealmClient))
		}
	}
	tokens, err = fetch(NoAudience, Default().User.Password)
	g.Expect(err).NotTo(gomega.HaveOccurred())
	c, _ := trusting.check(context.Background(), tokens.Access)
	g.Expect(c.Audience).To(gomega.Equal([]string{"account"}))
	later := newKeycloak(func() time.Time { return time.Now().Add(tokenLifetime + time.Minute) },
		Issuer{URL: realm.Issuer})
	_, refused := later.check(context.Background(), tokens.Access)
	g.Expect(refused).To(gomega.BeIdenticalTo(&expiredKeycloakToken))
}

func TestARealmRefusesAsKeycloakDoes(t *testing.T) {
	g := gomega.NewWithT(t)
	_, fetch := startRealm(t)
	_, err := fetch("nobody", Default().User.Password)
	g.Expect(err).To(gomega.MatchError(gomega.ContainSubstring(`no client "nobody"`)))
	_, err = fetch(RealmClient, "wrong")
	g.Expect(err).To(gomega.MatchError(gomega.ContainSubstring("keycloak.password")))
}

// Keys that could not be fetched are fetched with the next token: a realm may start later than the product.
func TestKeysAreAskedForAgain(t *testing.T) {
	g := gomega.NewWithT(t)
	realm, fetch := startRealm(t)
	tokens, err := fetch(RealmClient, Default().User.Password)
	g.Expect(err).NotTo(gomega.HaveOccurred())
	down := true
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		if down {
			w := httptest.NewRecorder()
			w.WriteHeader(http.StatusBadGateway)
			return w.Result(), nil
		}
		return http.DefaultTransport.RoundTrip(r)
	})}
	k := newKeycloak(time.Now, Issuer{URL: realm.Issuer, Client: client})
	_, refused := k.check(context.Background(), tokens.Access)
	g.Expect(refused).NotTo(gomega.BeNil())
	down = false
	_, refused = k.check(context.Background(), tokens.Access)
	g.Expect(refused).To(gomega.BeNil())
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
