package saymon

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
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
