//go:build long

package saymon

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

func TestOnlyGenuineKeycloakTokens(t *testing.T) {
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	k := newKeycloak(time.Now, Issuer{})
	name := func(issuer string, end time.Time) string {
		return fmt.Sprintf(`{"iss":%q,"aud":"account","sub":"1","typ":"Bearer","exp":%d,"preferred_username":"user.name"}`, issuer, end.Unix())
	}
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	valid := name(issuer, now.Add(time.Hour))
	genuine := oidctest.SignIDToken(issuerKey(), "k", oidc.RS256, valid)
	for _, test := range []struct {
		name, token string
		accepted    bool
	}{
		{"genuine", genuine, true},
		{"another issuer", oidctest.SignIDToken(issuerKey(), "k", oidc.RS256, name("https://elsewhere.invalid", now.Add(time.Hour))), false},
		{"expired", oidctest.SignIDToken(issuerKey(), "k", oidc.RS256, name(issuer, now.Add(-time.Minute))), false},
		{"another algorithm", oidctest.SignIDToken(issuerKey(), "k", oidc.RS512, valid), false},
		{"another key", oidctest.SignIDToken(stranger, "k", oidc.RS256, valid), false},
		{"no signature", part(`{"alg":"none"}`) + "." + part(valid) + ".", false},
		{"other claims", strings.Join([]string{strings.Split(genuine, ".")[0], part(strings.Replace(valid, "user", "root", 1)), strings.Split(genuine, ".")[2]}, "."), false},
		{"nonsense", "nonsense", false},
		{"empty", "", false},
	} {
		if _, accepted := k.check(context.Background(), test.token, false); accepted != test.accepted {
			t.Errorf("%s: accepted is %v", test.name, accepted)
		}
	}
}

func TestKeycloakTokenNamesTheAccount(t *testing.T) {
	c := serve(t, false)
	for _, a := range c.server.config.accounts() {
		token := c.server.KeycloakToken(a)
		session := c.create(`{"auth-service":"keycloak","auth-service-params":{"token":"` + token + `"}}`)
		if body := c.current(sid(session.id())).body; !strings.Contains(body, a.ID) {
			t.Errorf("%s: %s", a.Login, body)
		}
	}
	stranger := c.server.KeycloakToken(Account{Login: "stranger", Email: "stranger@example.com"})
	if a := c.create(`{"auth-service":"keycloak","auth-service-params":{"token":"` + stranger + `"}}`); a.status != 401 {
		t.Errorf("a genuine token for an unknown user: %d %s", a.status, a.body)
	}
}

// The server's clock decides what has expired.
func TestKeycloakTokenEndsByTheServersClock(t *testing.T) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	k := newKeycloak(func() time.Time { return now }, Issuer{})
	token := k.issue(Default().User)
	if _, accepted := k.check(context.Background(), token, false); !accepted {
		t.Error("a new token is refused")
	}
	now = now.Add(tokenLifetime + time.Second)
	if _, accepted := k.check(context.Background(), token, false); accepted {
		t.Error("a token that ended is accepted")
	}
}
