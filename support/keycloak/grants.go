package keycloak

import (
	"context"
	"sync"

	"session-conformance/support/target"
)

// Grants are what targets asked side by side share: many have one account at the realm, and if each sent the same wrong
// password, the realm would lock it. The zero value is ready; nil shares nothing.
type Grants struct {
	mu  sync.Mutex
	all map[credentials]*granted
}

// credentials are those with which a realm is asked, and how it is reached.
type credentials struct {
	target.Keycloak // its TLS is nil here
	tls             target.TLS
}

// granted is what came of them.
type granted struct {
	turn  sync.Mutex // held by who asks, until they are known to be right or wrong
	right bool
	err   error
}

// ask asks for a token, unless the same credentials were refused it: then it gives the same error. Who asks first is
// waited for.
func (g *Grants) ask(ctx context.Context, r Realm, ask func() error) error {
	if g == nil {
		return ask()
	}
	known := g.of(r)
	known.turn.Lock()
	if known.right || known.err != nil {
		err := known.err
		known.turn.Unlock()
		if err != nil {
			return err
		}
		return ask()
	}
	defer known.turn.Unlock()
	err := ask()
	if err == nil {
		known.right = true
	} else if ctx.Err() == nil {
		known.err = err
	}
	return err
}

func (g *Grants) of(r Realm) *granted {
	key := credentials{Keycloak: r.Keycloak}
	if r.TLS != nil {
		key.tls = *r.TLS
	}
	key.TLS, key.Token, key.ExpiredToken, key.OtherRealmToken = nil, "", "", ""
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all == nil {
		g.all = map[credentials]*granted{}
	}
	if g.all[key] == nil {
		g.all[key] = &granted{}
	}
	return g.all[key]
}
