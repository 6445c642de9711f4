// Package keycloak gets tokens from a Keycloak realm as targets.yaml describes it, and says in a sentence of its own
// what is wrong where it gets none.
package keycloak

import (
	"context"
	"time"
)

// Tokens are what a realm gave. The zero value holds none.
type Tokens struct {
	Access  string // the access token: a JWT, as Keycloak makes them
	Refresh string // empty where none came
	ID      string // the ID token; empty where none came
	// Until is when the access token expires, by this machine's clock and counted from when the token arrived; zero: not
	// known.
	Until time.Time
	// Fetched says that the issuer gave them in this run; else the access token stands in targets.yaml.
	Fetched bool
	// OfClient says that they were got by client credentials, and so name no person.
	OfClient bool

	end func(context.Context) // see End
}

// Over says whether the access token is known to have expired.
func (t Tokens) Over(now time.Time) bool { return !t.Until.IsZero() && !now.Before(t.Until) }
