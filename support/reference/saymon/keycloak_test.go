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
	name := func(issuer, kind string, end time.Time) string {
		return fmt.Sprintf(`{"iss":%q,"aud":"account","sub":"1","typ":%q,"exp":%d,"preferred_username":"user.name"}`, issuer,
			kind, end.Unix())
	}
	soon, past := now.Add(time.Hour), now.Add(-time.Minute)
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	valid := name(issuer, "Bearer", soon)
	sign := func(key any, alg, claims string) string { return oidctest.SignIDToken(key, "k", alg, claims) }
	genuine := sign(issuerKey(), oidc.RS256, valid)
	parts := strings.Split(genuine, ".")
	for _, test := range []struct {
		name, token string
		refused     *refusal // nil: accepted
	}{
		{"genuine", genuine, nil},
		{"another issuer's name", sign(issuerKey(), oidc.RS256, name("https://elsewhere.invalid", "Bearer", soon)),
			&forgedKeycloakToken},
		{"the other realm's", sign(otherIssuerKey(), oidc.RS256, name(otherIssuer, "Bearer", soon)),
			&otherRealmKeycloakToken},
		{"the other realm's key, this one's name", sign(otherIssuerKey(), oidc.RS256, valid), &forgedKeycloakToken},
		{"expired", sign(issuerKey(), oidc.RS256, name(issuer, "Bearer", past)), &expiredKeycloakToken},
		{"expired and of another key", sign(stranger, oidc.RS256, name(issuer, "Bearer", past)), &forgedKeycloakToken},
		{"an ID token", sign(issuerKey(), oidc.RS256, name(issuer, "ID", soon)), &idKeycloakToken},
		{"no type", sign(issuerKey(), oidc.RS256, name(issuer, "", soon)), &idKeycloakToken},
		{"a refresh token", sign(refreshSecret(), "HS512", name(issuer, "Refresh", soon)), &refreshKeycloakToken},
		{"a stranger's refresh token", sign([]byte(strings.Repeat("s", 64)), "HS512", name(issuer, "Refresh", soon)),
			&forgedKeycloakToken},
		{"another algorithm", sign(issuerKey(), oidc.RS512, valid), &unknownKeycloakToken},
		{"another key", sign(stranger, oidc.RS256, valid), &forgedKeycloakToken},
		{"no signature", part(`{"alg":"none"}`) + "." + part(valid) + ".", &unsignedKeycloakToken},
		{"other claims", parts[0] + "." + part(strings.Replace(valid, "user", "root", 1)) + "." + parts[2],
			&forgedKeycloakToken},
		{"a fourth part", genuine + ".x", &unknownKeycloakToken},
		{"nonsense", "nonsense", &unknownKeycloakToken},
		{"two dots", "..", &unknownKeycloakToken},
		{"empty", "", &emptyKeycloakToken},
		{"long", strings.Repeat("x", maxToken+1), &longKeycloakToken},
	} {
		if _, refused := k.check(context.Background(), test.token); refused != test.refused {
			t.Errorf("%s: %v in place of %v", test.name, refused, test.refused)
		}
	}
}

// The server's clock decides what has expired.
func TestKeycloakTokenEndsByTheServersClock(t *testing.T) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	k := newKeycloak(func() time.Time { return now }, Issuer{})
	token := k.issue(Default().User)
	if _, refused := k.check(context.Background(), token); refused != nil {
		t.Error("a new token is refused")
	}
	now = now.Add(tokenLifetime + time.Second)
	if _, refused := k.check(context.Background(), token); refused != &expiredKeycloakToken {
		t.Errorf("a token that ended: %v", refused)
	}
}
