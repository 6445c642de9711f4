package saymon

import (
	"fmt"
	"net/http"
	"time"

	"session-conformance/suites/saymon/settings"
	reference "session-conformance/support/reference/saymon"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// embed makes a reference server with the target's accounts. A target that could use a Keycloak realm and has none gets
// one of its own, for the run to fetch its token there as it does elsewhere.
func embed(t *target.Target) (*suite.Embedded, error) {
	c := reference.Default()
	t.User = suite.Merged(t.User, accountOf(c.User))
	t.OtherUser = suite.Merged(t.OtherUser, accountOf(c.OtherUser))
	c.User = reference.Account{ID: t.User.ID, Login: t.User.Login, Email: t.User.Email, Password: t.User.Password,
		ManageUsers: true}
	c.OtherUser = reference.Account{ID: t.OtherUser.ID, Login: t.OtherUser.Login, Email: t.OtherUser.Email,
		Password: t.OtherUser.Password}
	made := &suite.Embedded{}
	if t.Realm() == nil {
		realm, err := reference.StartRealm(c.User)
		if err != nil {
			return nil, fmt.Errorf("its Keycloak realm: %w", err)
		}
		made.Close = realm.Close
		t.Own = settings.Own{Keycloak: &target.Keycloak{Issuer: realm.Issuer, ClientID: reference.RealmClient,
			Username: c.User.Login, Password: c.User.Password,
			ExpiredToken: realm.ExpiredToken(c.User), OtherRealmToken: reference.OtherRealmToken(c.User)}}
	}
	var err error
	if c.Issuer, err = trusted(t.Realm()); err == nil {
		made.Handler, err = reference.New(c)
	}
	if err != nil && made.Close != nil {
		_ = made.Close()
	}
	return made, err
}

func accountOf(a reference.Account) target.User {
	return target.User{Login: a.Login, Password: a.Password, Email: a.Email, ID: a.ID}
}

// trusted is the realm of the target's keycloak.issuer, for the reference server to trust.
func trusted(k *target.Keycloak) (reference.Issuer, error) {
	if k.Issuer == "" {
		return reference.Issuer{}, nil
	}
	trust, err := k.TLS.Config()
	if err != nil {
		return reference.Issuer{}, fmt.Errorf("keycloak.tls: %w", err)
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: trust,
		IdleConnTimeout: 10 * time.Second}
	return reference.Issuer{URL: k.Issuer, Client: &http.Client{Transport: transport}}, nil
}
