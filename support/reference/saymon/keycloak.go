package saymon

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
	"github.com/go-jose/go-jose/v4"

	"session-conformance/support/knownkeys"
	"session-conformance/support/reference"
)

// The Keycloak realm that the server trusts where it is told of no other, and one that it never trusts. Nobody listens
// there: keys are known, not fetched.
const (
	issuer      = "https://keycloak.invalid/realms/reference"
	otherIssuer = "https://keycloak.invalid/realms/other"
)

// tokenLifetime is how long a Keycloak token is valid.
const tokenLifetime = time.Hour

// issuerKey and otherIssuerKey are the realms' keys. To make keys of their own would take longer than everything else
// that a server does.
func issuerKey() *rsa.PrivateKey      { return must(knownkeys.RFC7520()) }
func otherIssuerKey() *rsa.PrivateKey { return must(knownkeys.RFC7517()) }

func must(key *rsa.PrivateKey, err error) *rsa.PrivateKey {
	if err != nil {
		panic(err) // the package's own tests would have failed
	}
	return key
}

// refreshSecret is what realms sign refresh tokens with: nobody else can check them.
var refreshSecret = sync.OnceValue(func() []byte { return reference.Random(64) })

// keycloak is the external authentication service: it issues and checks tokens.
type keycloak struct {
	now    func() time.Time
	issuer string
	keys   oidc.KeySet
}

func newKeycloak(now func() time.Time, trusted Issuer) *keycloak {
	if trusted.URL != "" {
		return &keycloak{now, trusted.URL, remoteKeys(trusted)}
	}
	return &keycloak{now, issuer, knownKeys(issuerKey())}
}

func knownKeys(key *rsa.PrivateKey) oidc.KeySet {
	return &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{key.Public()}}
}

// verifier checks issuer, expiry, that the algorithm is RS256 and, unless it is careless, the signature. Keycloak's
// access tokens are for the audience "account", so there is no client ID to check.
func (k *keycloak) verifier(careless bool) *oidc.IDTokenVerifier {
	return oidc.NewVerifier(k.issuer, k.keys,
		&oidc.Config{SkipClientIDCheck: true, SupportedSigningAlgs: []string{oidc.RS256},
			Now: k.now, InsecureSkipSignatureCheck: careless})
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

// issue returns a token of the realm for the account, valid until the end. As Keycloak does, it signs a refresh token
// with a secret and all others with a key.
func issue(realm, kind, client string, audience []string, a Account, end time.Time) string {
	raw, err := json.Marshal(map[string]any{
		"iss": realm, "aud": audience, "sub": subjectOf(a), "typ": kind, "azp": client,
		"iat": end.Add(-tokenLifetime).Unix(), "exp": end.Unix(), "jti": reference.NewUUID(),
		"preferred_username": a.Login, "email": a.Email, "email_verified": true,
	})
	if err != nil {
		panic("claims of a Keycloak token: " + err.Error()) // strings and numbers only
	}
	switch {
	case kind == refreshType:
		return oidctest.SignIDToken(refreshSecret(), keyID, "HS512", string(raw))
	case realm == otherIssuer:
		return oidctest.SignIDToken(otherIssuerKey(), keyID, oidc.RS256, string(raw))
	}
	return oidctest.SignIDToken(issuerKey(), keyID, oidc.RS256, string(raw))
}

// subjectOf is a realm's own ID of the account: the same in all its tokens.
func subjectOf(a Account) string {
	sum := sha256.Sum256([]byte(a.ID))
	return reference.FormUUID(sum[:16])
}

// issue returns an access token of the server's own realm.
func (k *keycloak) issue(a Account) string {
	return issue(issuer, accessType, RealmClient, []string{"account"}, a, k.now().Add(tokenLifetime))
}

// KeycloakToken returns a new, genuine Keycloak token for the account: a JWT signed with RS256, valid for an hour.
func (s *Server) KeycloakToken(a Account) string {
	if s.opaque == nil {
		return s.keycloak.issue(a)
	}
	text := reference.NewUUID()
	s.locked(func() { s.opaque[text] = s.byID(a.ID) })
	return text
}

// Peculiarities that need a token of their own: an opaque one, which only Server.KeycloakToken gives; one that a realm
// issued without a mapper for the audience; one for KeycloakUser.
const (
	TokenOpaque      = "keycloak-token-opaque"
	AudienceDemanded = "keycloak-audience-demanded"
	tokenOfOther     = "keycloak-token-of-other-account"
	userIgnored      = "keycloak-user-ignored"
)

// KeycloakUser is the account that a token is to be for, to show what is peculiar about a server.
func KeycloakUser(c Config) Account {
	if slices.Contains(c.With, tokenOfOther) || slices.Contains(c.With, userIgnored) {
		return c.OtherUser
	}
	return c.User
}

// Issuer is the realm whose tokens a server trusts. The zero value is one of the server's own, at no address: see
// Server.KeycloakToken.
type Issuer struct {
	URL    string       // as its tokens name it; its keys are asked for there
	Client *http.Client // asks it; nil: one that trusts what the machine does
}

// keysTimeout is how long the realm's keys are waited for.
const keysTimeout = 20 * time.Second

// remoteKeys are the keys of a realm, fetched when a token is checked that none of those known has signed. A realm that
// gave none is asked again.
func remoteKeys(trusted Issuer) oidc.KeySet {
	client := http.Client{Timeout: keysTimeout}
	if trusted.Client != nil {
		client.Transport = trusted.Client.Transport
	}
	return oidc.NewRemoteKeySet(oidc.ClientContext(context.Background(), &client), trusted.URL+protocol+"/certs")
}

// maxToken is the longest Keycloak token that is looked at, in bytes. Keycloak's own have some 1 to 4 KiB.
const maxToken = 16 << 10

// check returns whom a genuine access token of the realm names; a refusal for any other text.
func (k *keycloak) check(ctx context.Context, token string) (in claims, refused *refusal) {
	switch {
	case token == "":
		return in, &emptyKeycloakToken
	case len(token) > maxToken:
		return in, &longKeycloakToken
	}
	checked, err := k.verifier(false).Verify(ctx, token)
	switch {
	case err != nil:
		return in, k.whyNot(ctx, token, err)
	case checked.Claims(&in) != nil:
		return in, &unknownKeycloakToken
	case in.Type != accessType:
		return in, &idKeycloakToken
	}
	in.Audience = checked.Audience
	return in, nil
}

// whyNot tells apart why a token is not genuine.
func (k *keycloak) whyNot(ctx context.Context, token string, err error) *refusal {
	var expired *oidc.TokenExpiredError
	signed, malformed := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256, jose.HS512, "none"})
	switch {
	case errors.As(err, &expired):
		return &expiredKeycloakToken
	case malformed != nil:
		return &unknownKeycloakToken
	case signed.Signatures[0].Header.Algorithm == "none":
		return &unsignedKeycloakToken
	}
	other := keycloak{k.now, otherIssuer, knownKeys(otherIssuerKey())}
	if _, err := other.verifier(false).Verify(ctx, token); err == nil {
		return &otherRealmKeycloakToken
	}
	if _, err := signed.Verify(refreshSecret()); err == nil {
		return &refreshKeycloakToken
	}
	return &forgedKeycloakToken
}
