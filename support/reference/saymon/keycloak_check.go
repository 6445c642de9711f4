package saymon

import (
	"context"
	"errors"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

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
