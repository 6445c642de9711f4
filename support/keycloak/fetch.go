package keycloak

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// Realm is where the tokens come from, and how it is asked.
type Realm struct {
	target.Keycloak
	Timeout   time.Duration // of each request, from its start to the answer's last byte
	UserAgent string
	Grants    *Grants // shared by those who may have one account; nil: by nobody
}

// Fetch gets tokens: by direct access grant where a username is given, else by client credentials. It sends two
// requests, the discovery and the grant, and neither of them twice. Its error says what is wrong in one sentence, with
// the setting and the remedy; it holds nothing of what the realm answered that is not cleaned and cut.
func Fetch(ctx context.Context, r Realm) (Tokens, error) {
	sender, err := r.sender()
	if err != nil {
		return Tokens{}, err
	}
	defer sender.CloseIdleConnections()
	// No redirect is followed: that could carry a secret to another host.
	client := &http.Client{Transport: sender, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	ctx = oidc.ClientContext(ctx, client)
	var provider *oidc.Provider
	var got *oauth2.Token
	if err := r.within(ctx, func(ctx context.Context) error {
		if provider, err = oidc.NewProvider(ctx, r.Issuer); err != nil {
			return r.discoveryFailed(ctx, sender.taken(), err)
		}
		return nil
	}); err != nil {
		return Tokens{}, err
	}
	endpoint, err := r.endpoint(provider)
	if err != nil {
		return Tokens{}, err
	}
	if err := r.Grants.ask(ctx, r, func() error {
		ctx, cancel := exchange.Lasting(ctx, r.Timeout) // cut off, it had opened a session all the same
		defer cancel()
		return r.within(ctx, func(ctx context.Context) error {
			if got, err = r.grant(ctx, endpoint); err != nil {
				return r.grantFailed(ctx, sender.taken(), err)
			}
			return nil
		})
	}); err != nil {
		return Tokens{}, err
	}
	id, _ := got.Extra("id_token").(string)
	return Tokens{Access: got.AccessToken, Refresh: got.RefreshToken, ID: id, Until: got.Expiry, Fetched: true,
		OfClient: r.Username == "", end: r.ending(client, provider, endpoint.AuthStyle, got.RefreshToken)}, nil
}

// within gives a request its time, from its start to the answer's last byte.
func (r Realm) within(ctx context.Context, ask func(context.Context) error) error {
	ctx, cancel := exchange.Within(ctx, r.Timeout)
	defer cancel()
	return ask(ctx)
}

// endpoint is where the grant is sent, and how the client names itself there. The way is fixed: to try the one and then
// the other would send a wrong password twice.
func (r Realm) endpoint(provider *oidc.Provider) (oauth2.Endpoint, error) {
	endpoint := provider.Endpoint()
	var known struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := provider.Claims(&known); err != nil {
		known.Methods = nil
	}
	endpoint.AuthStyle = oauth2.AuthStyleInParams
	if r.ClientSecret != "" && (len(known.Methods) == 0 || slices.Contains(known.Methods, "client_secret_basic")) {
		endpoint.AuthStyle = oauth2.AuthStyleInHeader
	}
	if endpoint.TokenURL == "" {
		return endpoint, fmt.Errorf("the issuer names no token endpoint in its discovery document; is keycloak.issuer a " +
			"realm's address?")
	}
	if strings.HasPrefix(r.Issuer, "https://") && !strings.HasPrefix(endpoint.TokenURL, "https://") {
		return endpoint, fmt.Errorf("the issuer has its tokens fetched without TLS, so the secrets of keycloak were not " +
			"sent; mend the realm's Frontend URL or the server's hostname")
	}
	return endpoint, nil
}

// grant asks for the tokens.
func (r Realm) grant(ctx context.Context, endpoint oauth2.Endpoint) (*oauth2.Token, error) {
	wanted := strings.Fields(scopes(r))
	if r.Username != "" {
		c := oauth2.Config{ClientID: r.ClientID, ClientSecret: r.ClientSecret, Endpoint: endpoint, Scopes: wanted}
		return c.PasswordCredentialsToken(ctx, r.Username, r.Password)
	}
	c := clientcredentials.Config{ClientID: r.ClientID, ClientSecret: r.ClientSecret, TokenURL: endpoint.TokenURL,
		AuthStyle: endpoint.AuthStyle, Scopes: wanted}
	return c.Token(ctx)
}

// scopes are asked for, separated by blanks.
func scopes(r Realm) string { return cmp.Or(r.Scope, "openid") }

// sender sends the requests within their bounds.
func (r Realm) sender() (*bounded, error) {
	trust, err := r.TLS.Config()
	if err != nil {
		return nil, fmt.Errorf("keycloak.tls: %w", err)
	}
	return &bounded{Transport: exchange.NewTransport(trust, true), userAgent: r.UserAgent}, nil
}

// bodyLimit bounds an answer's body, in bytes: a discovery document has some 10 KiB.
const bodyLimit = 1 << 20

// bounded sends requests with our name, one after another, and reads no more of a body than bodyLimit.
type bounded struct {
	*http.Transport
	userAgent string
	status    int // of the latest answer
}

// taken is the status of the latest answer, once; 0 where none came since.
func (b *bounded) taken() int {
	status := b.status
	b.status = 0
	return status
}

func (b *bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	b.status = 0
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", b.userAgent)
	answer, err := b.Transport.RoundTrip(r)
	if err == nil {
		b.status = answer.StatusCode
		answer.Body = &limitedBody{io.LimitReader(answer.Body, bodyLimit), answer.Body}
	}
	return answer, err
}

// limitedBody ends where the limit is, as if there were no more.
type limitedBody struct {
	io.Reader
	io.Closer
}
