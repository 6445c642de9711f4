package keycloak

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/oauth2"
)

func (r Realm) discoveryFailed(ctx context.Context, err error) error {
	return fmt.Errorf("the issuer of keycloak.issuer gave no discovery document: %w", err)
}

func (r Realm) grantFailed(ctx context.Context, err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return fmt.Errorf("the issuer refused the token: %s %s", refused.ErrorCode, refused.ErrorDescription)
	}
	return fmt.Errorf("the issuer gave no token: %w", err)
}
