// Package saymon judges SAYMON (Central Pult) by what its documents say of sessions and authentication tokens.
package saymon

import (
	_ "embed"
	"fmt"
	"net/http"
	"time"

	_ "session-conformance/suites/apis"
	"session-conformance/suites/saymon/settings"
	"session-conformance/support/evidence"
	reference "session-conformance/support/reference/saymon"
	"session-conformance/support/session"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

//go:embed clauses.yaml
var clauses []byte

//go:embed asked.txt
var asked string

var saymon = suite.New(suite.API{Title: "SAYMON", Clauses: clauses, Embed: embed, Reference: reference.Reference,
	API: evidence.API{Name: settings.API.Name, Asked: evidence.ReadAsked(asked), TokenQuery: "api-token",
		LogOut: logOut, Session: sessionOfLogin, Words: append(words, session.Words()...)}})

// words are what the documents call things.
var words = []string{"login", "password", "auth-token", "auth-service", "auth-service-params", "token", "keycloak",
	"api-token", "sid", "session", "users", "current", "code", "message", "application", "Authorization"}

// Suite is the suite of this API, with all its scenarios and specs.
func Suite() *suite.Suite { return saymon }

// clause labels a spec with the clause that it judges and the scenarios that it reads.
var clause = saymon.Clause

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
