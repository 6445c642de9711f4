//go:build long

package saymon

import (
	"strings"
	"time"

	"session-conformance/support/vary"
)

// keycloak logs in with a Keycloak token.
func (c *client) keycloak(token string) answer {
	c.t.Helper()
	return c.create(`{"auth-service":"keycloak","auth-service-params":{"token":"` + token + `"}}`)
}

// roundOfKeycloak tries tokens that must open no session, those after a genuine one.
func (c *client) roundOfKeycloak(tr *transcript) {
	user, now := c.server.config.User, time.Now()
	realm := &Realm{Issuer: issuer}
	given := realm.tokens(user, RealmClient, []string{"openid"})
	genuine := c.server.KeycloakToken(user)
	tr.add("genuine", c.keycloak(genuine))
	others := c.keycloak(c.server.KeycloakToken(c.server.config.OtherUser))
	tr.add("the other account's, current", c.current(sid(others.id())))
	tr.add("ID token", c.keycloak(given["id_token"].(string)))
	tr.add("refresh token", c.keycloak(given["refresh_token"].(string)))
	tr.add("expired", c.keycloak(realm.ExpiredToken(user)))
	tr.add("other realm", c.keycloak(OtherRealmToken(user)))
	tr.add("empty", c.keycloak(""))
	tr.add("long", c.keycloak(vary.Lengthened(genuine, maxToken+1)))
	tr.add("unknown", c.keycloak("no.such.token"))
	jwt, err := vary.ParseJWT(genuine)
	if err != nil {
		tr.lines = append(tr.lines, "the token is opaque")
		return
	}
	selfSigned, err := jwt.SignedByStranger(now)
	if err != nil {
		c.t.Fatal(err)
	}
	tr.add("unsigned", c.keycloak(jwt.Unsigned(now)))
	tr.add("self-signed", c.keycloak(selfSigned))
	tr.add("altered", c.keycloak(jwt.LongerLived(now)))
	tr.add("forged", c.keycloak(vary.Signature(genuine)))
	tr.add("a part more", c.keycloak(genuine+".x"))
	tr.add("parts of nothing", c.keycloak(strings.Repeat(".", 2)))
}
