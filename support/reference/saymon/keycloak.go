package saymon

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// issuer names the Keycloak realm that the server trusts. Nobody listens there: keys are known, not fetched.
const issuer = "https://keycloak.invalid/realms/reference"

// tokenLifetime is how long a Keycloak token is valid.
const tokenLifetime = time.Hour

// issuerKey is made once per process: to make one takes longer than everything else that a server does.
var issuerKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic("no RSA key for the Keycloak issuer: " + err.Error())
	}
	return key
})

// keycloak is the external authentication service: it issues and checks tokens.
type keycloak struct {
	now      func() time.Time
	verifier *oidc.IDTokenVerifier // checks signature, issuer, expiry and that the algorithm is RS256
	careless *oidc.IDTokenVerifier // the same without the signature, for the fault keycloak-signature-unchecked
}

func newKeycloak(now func() time.Time) *keycloak {
	keys := &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{issuerKey().Public()}}
	// Keycloak's access tokens are for the audience "account", so there is no client ID to check.
	config := oidc.Config{SkipClientIDCheck: true, SupportedSigningAlgs: []string{oidc.RS256}, Now: now}
	careless := config
	careless.InsecureSkipSignatureCheck = true
	return &keycloak{
		now:      now,
		verifier: oidc.NewVerifier(issuer, keys, &config),
		careless: oidc.NewVerifier(issuer, keys, &careless),
	}
}

// claims are the parts of a token that say whose it is.
type claims struct {
	Username string `json:"preferred_username"`
	Email    string `json:"email"`
}

// issue returns a token for the account, valid for an hour from now.
func (k *keycloak) issue(a Account) string {
	now := k.now()
	raw, err := json.Marshal(map[string]any{
		"iss": issuer, "aud": "account", "sub": newUUID(), "typ": "Bearer", "azp": "reference",
		"iat": now.Unix(), "exp": now.Add(tokenLifetime).Unix(), "jti": newUUID(),
		"preferred_username": a.Login, "email": a.Email, "email_verified": true,
	})
	if err != nil {
		panic("claims of a Keycloak token: " + err.Error()) // strings and numbers only
	}
	return oidctest.SignIDToken(issuerKey(), "reference-1", oidc.RS256, string(raw))
}

// check returns whom a genuine token names; false for any other token.
func (k *keycloak) check(ctx context.Context, token string, carelessly bool) (claims, bool) {
	verifier := k.verifier
	if carelessly {
		verifier = k.careless
	}
	var c claims
	checked, err := verifier.Verify(ctx, token)
	if err != nil || checked.Claims(&c) != nil {
		return claims{}, false
	}
	return c, true
}

// KeycloakToken returns a new, genuine Keycloak token for the account: a JWT signed with RS256, valid for an hour.
func (s *Server) KeycloakToken(a Account) string { return s.keycloak.issue(a) }
