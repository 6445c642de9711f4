package saymon

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

// maxToken is the longest Keycloak token that is looked at, in bytes. Keycloak's own have some 1 to 4 KiB.
const maxToken = 16 << 10

// check returns whom a genuine access token of the realm names; a refusal for any other text.
func (k *keycloak) check(ctx context.Context, token string) (claims, *refusal) {
	if parts := strings.SplitN(token, ".", 4); len(parts) == 4 && k.with.Has("keycloak-further-parts-ignored") {
		token = strings.Join(parts[:3], ".")
	}
	if opaque, ok := k.known.Load(token); ok && k.with.Has(TokenOpaque) {
		return opaque.(claims), nil
	}
	switch {
	case token == "":
		return claims{}, &emptyKeycloakToken
	case len(token) > maxToken:
		return claims{}, &longKeycloakToken
	}
	verifier := k.verifier
	if k.with.Has("keycloak-signature-unchecked") {
		verifier = k.careless
	}
	var c claims
	checked, err := verifier.Verify(ctx, token)
	switch {
	case err != nil && k.trusts(token):
		return c, k.decode(token, &c)
	case err != nil:
		return c, k.whyNot(ctx, token, err)
	case checked.Claims(&c) != nil:
		return c, &unknownKeycloakToken
	case c.Type != accessType:
		return c, &idKeycloakToken
	}
	c.Audience = checked.Audience
	if k.with.Has("keycloak-payload-trusted-by-signature") {
		k.known.Store(signatureOf(token), true)
	}
	return c, nil
}

// whyNot tells apart why a token is not genuine.
func (k *keycloak) whyNot(ctx context.Context, token string, err error) *refusal {
	var expired *oidc.TokenExpiredError
	signed, malformed := jose.ParseSigned(token, []jose.SignatureAlgorithm{jose.RS256, jose.HS512, "none"})
	switch {
	case errors.As(err, &expired):
		return &expiredKeycloakToken
	case malformed != nil:
		return &unknownKeycloakToken
	case signed.Signatures[0].Header.Algorithm == "none":
		return &unsignedKeycloakToken
	}
	if _, err := verifierOf(otherIssuer, knownKeys(otherIssuerKey()), k.now, false).Verify(ctx, token); err == nil {
		return &otherRealmKeycloakToken
	}
	if _, err := signed.Verify(refreshSecret()); err == nil {
		return &refreshKeycloakToken
	}
	return &forgedKeycloakToken
}

// trusts says whether a fault takes a token for genuine whose signature is wrong.
func (k *keycloak) trusts(token string) bool {
	if k.with.Has("keycloak-payload-trusted-by-signature") {
		if _, seen := k.known.Load(signatureOf(token)); seen {
			return true
		}
	}
	if !k.with.Has("keycloak-key-of-token-trusted") {
		return false
	}
	signed, err := jose.ParseSigned(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil || signed.Signatures[0].Header.JSONWebKey == nil {
		return false
	}
	_, err = signed.Verify(signed.Signatures[0].Header.JSONWebKey)
	return err == nil
}

// decode reads the claims of a token that was not verified.
func (k *keycloak) decode(token string, c *claims) *refusal {
	text, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err != nil || json.Unmarshal(text, c) != nil {
		return &unknownKeycloakToken
	}
	return nil
}

func signatureOf(token string) string { return token[strings.LastIndexByte(token, '.')+1:] }
