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

func newKeycloak(now func() time.Time, trusted Issuer) *keycloak {
	var keys oidc.KeySet = &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{issuerKey().Public()}}
	name := issuer
	if trusted.URL != "" {
		name, keys = trusted.URL, &remoteKeys{issuer: trusted}
	}
	// Keycloak's access tokens are for the audience "account", so there is no client ID to check.
	config := oidc.Config{SkipClientIDCheck: true, SupportedSigningAlgs: []string{oidc.RS256}, Now: now}
	careless := config
	careless.InsecureSkipSignatureCheck = true
	return &keycloak{
		now:      now,
		verifier: oidc.NewVerifier(name, keys, &config),
		careless: oidc.NewVerifier(name, keys, &careless),
	}
}

// claims are the parts of a token that say what it is and whose.
type claims struct {
	Type     string   `json:"typ"` // Bearer: an access token
	Username string   `json:"preferred_username"`
	Email    string   `json:"email"`
	Audience []string `json:"-"`
}

// The types of Keycloak's tokens, as their claim typ has them.
const (
	accessType  = "Bearer"
	idType      = "ID"
	refreshType = "Refresh"
)

// keyID names the key in tokens and among the realm's keys.
const keyID = "reference-1"

// issue returns a token of the realm for the account, valid until the end.
func issue(realm, kind, client string, audience []string, a Account, end time.Time) string {
	raw, err := json.Marshal(map[string]any{
		"iss": realm, "aud": audience, "sub": newUUID(), "typ": kind, "azp": client,
		"iat": end.Add(-tokenLifetime).Unix(), "exp": end.Unix(), "jti": newUUID(),
		"preferred_username": a.Login, "email": a.Email, "email_verified": true,
	})
	if err != nil {
		panic("claims of a Keycloak token: " + err.Error()) // strings and numbers only
	}
	return oidctest.SignIDToken(issuerKey(), keyID, oidc.RS256, string(raw))
}

// issue returns an access token of the server's own realm.
func (k *keycloak) issue(a Account) string {
	return issue(issuer, accessType, RealmClient, []string{"account"}, a, k.now().Add(tokenLifetime))
}

// check returns whom a genuine token names; false for any other token.
func (k *keycloak) check(ctx context.Context, token string, carelessly bool) (claims, bool) {
	verifier := k.verifier
	if carelessly {
		verifier = k.careless
	}
	var c claims
	checked, err := verifier.Verify(ctx, token)
	if err != nil || checked.Claims(&c) != nil || c.Type != accessType {
		return claims{}, false
	}
	c.Audience = checked.Audience
	return c, true
}

// KeycloakToken returns a new, genuine Keycloak token for the account: a JWT signed with RS256, valid for an hour.
func (s *Server) KeycloakToken(a Account) string { return s.keycloak.issue(a) }

// AudienceDemanded is the variant that takes no token which a realm issued without a mapper for the audience.
const AudienceDemanded = "keycloak-audience-demanded"
