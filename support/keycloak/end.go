package keycloak

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

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
