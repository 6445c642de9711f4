package saymon

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"session-conformance/support/reference/wire"
)

// The clients of a Realm. Both are public and may exchange a password for tokens.
const (
	RealmClient   = "reference"         // its access tokens name it in their audience
	NoAudience    = "without-audience"  // its access tokens do not, as those of a new client of Keycloak
	realmPath     = "/realms/reference" // as Keycloak's addresses are
	protocol      = "/protocol/openid-connect"
	discoveryPath = realmPath + "/.well-known/openid-configuration"
)

// Realm is a small Keycloak realm that listens: it has discovery, keys, and the grant of tokens for a login and
// password. Its users are the accounts, with the passwords that they have at the product.
type Realm struct {
	Issuer   string // http://127.0.0.1:8080/realms/reference
	accounts []Account
	running  *wire.Running
}

// StartRealm serves a realm on a free loopback port. The error says why there is none.
func StartRealm(accounts ...Account) (*Realm, error) {
	r := &Realm{accounts: accounts}
	mux := http.NewServeMux()
	ready := make(chan struct{}) // its address is known
	for pattern, answer := range map[string]func(*http.Request) (int, any){
		"GET " + discoveryPath: r.discovery, "GET " + realmPath + protocol + "/certs": r.keys,
		"POST " + realmPath + protocol + "/token": r.grant,
		"/": func(*http.Request) (int, any) {
			return http.StatusNotFound, map[string]string{"error": "Realm does not exist"}
		},
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, q *http.Request) {
			<-ready
			status, body := answer(q)
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Cache-Control", "no-store")
			w.WriteHeader(status)
			_ = json.NewEncoder(w).Encode(body)
		})
	}
	running, err := wire.Start(mux, wire.Options{Addr: "127.0.0.1:0"})
	if err != nil {
		return nil, err
	}
	r.running, r.Issuer = running, running.URL+realmPath
	close(ready)
	return r, nil
}

// Close ends the realm and all its connections.
func (r *Realm) Close() error { return r.running.Close() }

func (r *Realm) discovery(*http.Request) (int, any) {
	at := r.Issuer + protocol
	return http.StatusOK, map[string]any{
		"issuer": r.Issuer, "token_endpoint": at + "/token", "jwks_uri": at + "/certs", "authorization_endpoint": at +
			"/auth",
		"grant_types_supported": []string{"password"}, "id_token_signing_alg_values_supported": []string{"RS256"},
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
	}
}

func (r *Realm) keys(*http.Request) (int, any) {
	key := jose.JSONWebKey{Key: issuerKey().Public(), KeyID: keyID, Algorithm: "RS256", Use: "sig"}
	return http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{key}}
}

// grant answers as Keycloak does, with its words where it refuses.
func (r *Realm) grant(q *http.Request) (int, any) {
	refuse := func(status int, code, description string) (int, any) {
		return status, map[string]string{"error": code, "error_description": description}
	}
	client := q.PostFormValue("client_id")
	switch {
	case client != RealmClient && client != NoAudience:
		return refuse(http.StatusUnauthorized, "invalid_client", "Invalid client or Invalid client credentials")
	case q.PostFormValue("grant_type") == "client_credentials":
		return refuse(http.StatusUnauthorized, "unauthorized_client", "Public client not allowed to retrieve service account")
	case q.PostFormValue("grant_type") != "password":
		return refuse(http.StatusBadRequest, "unsupported_grant_type", "Unsupported grant_type")
	}
	for _, a := range r.accounts {
		if a.Login == q.PostFormValue("username") && a.Password == q.PostFormValue("password") {
			return http.StatusOK, r.tokens(a, client, strings.Fields(q.PostFormValue("scope")))
		}
	}
	return refuse(http.StatusBadRequest, "invalid_grant", "Invalid user credentials")
}

// audience is whom the access tokens of a client are for.
func audience(client string) []string {
	if client == RealmClient {
		return []string{"account", client}
	}
	return []string{"account"}
}

// ExpiredToken returns an access token of the realm that ended an hour ago.
func (r *Realm) ExpiredToken(a Account) string {
	return issue(r.Issuer, accessType, RealmClient, audience(RealmClient), a, time.Now().Add(-tokenLifetime))
}

// OtherRealmToken returns a valid access token of another realm, for a user of the same name.
func OtherRealmToken(a Account) string {
	return issue(otherIssuer, accessType, RealmClient, audience(RealmClient), a, time.Now().Add(tokenLifetime))
}

// tokens are what a user is given: the ID token where the scope openid is asked for.
func (r *Realm) tokens(a Account, client string, scopes []string) map[string]any {
	end := time.Now().Add(tokenLifetime)
	given := map[string]any{
		"access_token": issue(r.Issuer, accessType, client, audience(client), a, end), "token_type": "Bearer",
		"expires_in":    int(tokenLifetime.Seconds()),
		"refresh_token": issue(r.Issuer, refreshType, client, []string{r.Issuer}, a, end), "scope": strings.Join(scopes, " "),
	}
	for _, scope := range scopes {
		if scope == "openid" {
			given["id_token"] = issue(r.Issuer, idType, client, []string{client}, a, end)
		}
	}
	return given
}
