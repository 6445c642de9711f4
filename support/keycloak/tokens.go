// Package keycloak gets tokens from a Keycloak realm as targets.yaml describes it, and says in a sentence of its own
// what is wrong where it gets none.
package keycloak

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"golang.org/x/oauth2"
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

// Doubt says why a target that refused the fetched access token may have been right to: a cause that lies in the realm
// or in clocks, and not in the target. It is empty where nothing speaks for one, and of a token of targets.yaml, which
// is taken at its word. The client is the one that got the token; answered is when the refusal came, by this machine's
// clock, and date is what the target's clock said then, zero where that is not known. users are the logins and emails
// that the target is said to know.
func (t Tokens) Doubt(client string, answered, date time.Time, users ...string) string {
	if !t.Fetched {
		return ""
	}
	if t.Over(answered) {
		return "the Keycloak token expired on its way: have the realm's Access Token Lifespan longer (Realm settings, " +
			"Tokens, or the client's Advanced settings)"
	}
	parsed, err := jwt.ParseSigned(t.Access, algorithms)
	if err != nil {
		return "" // it says nothing of itself
	}
	var claims struct {
		jwt.Claims
		Username string `json:"preferred_username"`
		Email    string `json:"email"`
	}
	if err := parsed.UnsafeClaimsWithoutVerification(&claims); err != nil { // nothing rests on it but the words of a doubt
		return ""
	}
	if !date.IsZero() {
		if from := claims.IssuedAt; from != nil && date.Before(from.Time()) {
			return fmt.Sprintf("by the target's clock (Date) the Keycloak token is not yet issued: %s behind its iat; set "+
				"the clocks of the target and of Keycloak by the same time", from.Time().Sub(date))
		}
		if end := claims.Expiry; end != nil && date.After(end.Time()) {
			return fmt.Sprintf("by the target's clock (Date) the Keycloak token ended %s earlier; set the clocks of the "+
				"target and of Keycloak by the same time", date.Sub(end.Time()))
		}
	}
	if t.OfClient {
		return "the Keycloak token is the client's own, for whom the target may have no user: give keycloak.username and " +
			"keycloak.password of a user that it has"
	}
	if claims.Username != "" && !slices.ContainsFunc(users, func(user string) bool {
		return user != "" && (strings.EqualFold(user, claims.Username) || strings.EqualFold(user, claims.Email))
	}) {
		return fmt.Sprintf("the Keycloak token is that of %q, who is neither user nor other_user: no document says that "+
			"the target knows every user of the realm", cleaned(claims.Username))
	}
	if !slices.Contains(claims.Audience, client) {
		return fmt.Sprintf("the aud of the Keycloak token %s and has not the client %q, which the target may demand: add "+
			"a mapper of the type Audience to the client's dedicated scope, if it does", audience(claims.Audience), client)
	}
	return ""
}

// audience shows whom a token is for.
func audience(names jwt.Audience) string {
	if len(names) == 0 {
		return "is absent"
	}
	return fmt.Sprintf("is %q", cleaned(strings.Join(names, " ")))
}

// algorithms are what a token may say that it is signed with, to be read at all.
var algorithms = []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512,
	jose.ES256, jose.ES384, jose.ES512, jose.EdDSA, jose.HS256, jose.HS384, jose.HS512}

// End ends the session at the realm that fetching the tokens opened, as Keycloak's own clients do: with the refresh
// token. Other sessions of the user stay. What comes of it is nobody's matter.
func (t Tokens) End(ctx context.Context) {
	if t.end != nil {
		t.end(ctx)
	}
}

// ending is what ends the session that was granted a refresh token; nil where the issuer names no place for that, or
// one without TLS where it has TLS itself.
func (r Realm) ending(client *http.Client, provider *oidc.Provider, style oauth2.AuthStyle,
	refresh string) func(context.Context) {
	var known struct {
		Place string `json:"end_session_endpoint"`
	}
	if provider.Claims(&known) != nil || known.Place == "" || refresh == "" ||
		strings.HasPrefix(r.Issuer, "https://") && !strings.HasPrefix(known.Place, "https://") {
		return nil
	}
	return func(ctx context.Context) {
		_ = r.within(ctx, func(ctx context.Context) error {
			form := url.Values{"client_id": {r.ClientID}, "refresh_token": {refresh}}
			if r.ClientSecret != "" && style == oauth2.AuthStyleInParams {
				form.Set("client_secret", r.ClientSecret)
			}
			request, err := http.NewRequestWithContext(ctx, http.MethodPost, known.Place, strings.NewReader(form.Encode()))
			if err != nil {
				return err
			}
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if r.ClientSecret != "" && style == oauth2.AuthStyleInHeader {
				request.SetBasicAuth(url.QueryEscape(r.ClientID), url.QueryEscape(r.ClientSecret))
			}
			answer, err := client.Do(request)
			if err == nil {
				answer.Body.Close()
			}
			client.CloseIdleConnections()
			return err
		})
	}
}
