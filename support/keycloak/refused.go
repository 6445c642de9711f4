package keycloak

import (
	"time"

	"session-conformance/support/vary"
)

// Leeway is how long after its end a token may still be accepted, because clocks differ: RFC 7519, section 4.1.4, calls
// it usually no more than a few minutes.
const Leeway = 5 * time.Minute

// The settings whose tokens a target must refuse.
const (
	expiredToken    = "keycloak.expired_token"
	otherRealmToken = "keycloak.other_realm_token"
)

// UnfitExpired says why a configured token cannot tell whether a target refuses expired ones; empty where it can. It
// can where it is an older one of the genuine token's user and client, so that nothing but its end speaks against it.
func UnfitExpired(given string, genuine *vary.JWT, now time.Time) string {
	token, unfit := configured(expiredToken, given, "an older token of the same user and client, which ended more than "+
		"five minutes ago: only the realm can sign one")
	if unfit != "" {
		return unfit
	}
	for _, claim := range []string{"iss", "sub", "azp"} {
		if token.Text(claim) != genuine.Text(claim) {
			return expiredToken + " differs from the Keycloak token in the claim " + claim + ", for which it may be refused"
		}
	}
	if end, known := token.Expires(); !known || end.After(now) {
		return expiredToken + " has not expired"
	}
	return ""
}

// UnfitOtherRealm says why a configured token cannot tell whether a target refuses those of another realm; empty where
// it can. It can where it is valid, and names the user whom the genuine token names.
func UnfitOtherRealm(given string, genuine *vary.JWT, now time.Time) string {
	token, unfit := configured(otherRealmToken, given, "a valid token of another realm, for a user of the same name "+
		"and email: only that realm can sign one")
	if unfit != "" {
		return unfit
	}
	if token.Text("iss") == genuine.Text("iss") {
		return otherRealmToken + " is of the same realm as the Keycloak token"
	}
	if end, known := token.Expires(); known && !end.After(now) {
		return otherRealmToken + " has expired"
	}
	for _, claim := range []string{"preferred_username", "email"} {
		if token.Text(claim) != genuine.Text(claim) {
			return otherRealmToken + " differs from the Keycloak token in the claim " + claim +
				": who finds no such user refuses it for that"
		}
	}
	return ""
}

// configured takes a token of the settings apart.
func configured(setting, token, what string) (parsed *vary.JWT, unfit string) {
	if token == "" {
		return nil, setting + " is not set. It takes " + what
	}
	parsed, err := vary.ParseJWT(token)
	if err != nil {
		return nil, setting + " cannot be compared with the Keycloak token: " + err.Error()
	}
	return parsed, ""
}
