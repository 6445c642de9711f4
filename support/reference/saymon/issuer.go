package saymon

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

// Issuer is the realm whose tokens a server trusts. The zero value is one of the server's own, at no address: see
// Server.KeycloakToken.
type Issuer struct {
	URL    string       // as its tokens name it; its keys are asked for there
	Client *http.Client // asks it; nil: http.DefaultClient
}

// keysTimeout is how long the realm's keys are waited for, with its discovery document before them.
const keysTimeout = 20 * time.Second

// remoteKeys are the keys of a realm, fetched when the first token is checked. A realm that gave none is asked again.
type remoteKeys struct {
	issuer Issuer
	mu     sync.Mutex
	keys   oidc.KeySet
}

var errNoKeys = errors.New("the realm gave no keys")

func (r *remoteKeys) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	keys, err := r.fetch(ctx)
	if err != nil {
		return nil, errors.Join(errNoKeys, err)
	}
	ctx, cancel := context.WithTimeout(ctx, keysTimeout)
	defer cancel()
	return keys.VerifySignature(ctx, token)
}

func (r *remoteKeys) fetch(ctx context.Context) (oidc.KeySet, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.keys != nil {
		return r.keys, nil
	}
	client := r.issuer.Client
	if client == nil {
		client = http.DefaultClient
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, client), keysTimeout)
	defer cancel()
	provider, err := oidc.NewProvider(ctx, r.issuer.URL)
	if err != nil {
		return nil, err
	}
	var at struct {
		Keys string `json:"jwks_uri"`
	}
	if err := provider.Claims(&at); err != nil {
		return nil, err
	}
	// The keys are asked for by later requests too, so this one's end must not end them.
	r.keys = oidc.NewRemoteKeySet(oidc.ClientContext(context.Background(), client), at.Keys)
	return r.keys, nil
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
