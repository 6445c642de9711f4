package saymon

import "session-conformance/support/reference"

// refused are the refusals of a session that a document implies, with how a sentence names the request.
var refused = []struct {
	kind   refusal
	says   string
	clause string
}{
	{wrongPassword, "A login with a wrong password", "saymon-refuses-wrong-password"},
	{wrongPasswordByEmail, "An email with a wrong password", "saymon-refuses-wrong-password"},
	{unknownLogin, "An unknown login", "saymon-refuses-unknown-login"},
	{missingLogin, "A password without a login", "saymon-refuses-missing-login"},
	{missingPassword, "A login without a password", "saymon-refuses-missing-password"},
	{emptyPassword, "A login with an empty password", "saymon-refuses-empty-password"},
	{unknownAuthToken, "An unknown auth-token", "saymon-refuses-unknown-auth-token"},
	{unknownKeycloakToken, "An unknown Keycloak token", "saymon-refuses-unknown-keycloak-token"},
	{forgedKeycloakToken, "A Keycloak token with a wrong signature", "saymon-refuses-forged-keycloak-token"},
	{unsignedKeycloakToken, "A Keycloak token without a signature", "saymon-refuses-unsigned-keycloak-token"},
	{expiredKeycloakToken, "An expired Keycloak token", "saymon-refuses-expired-keycloak-token"},
	{otherRealmKeycloakToken, "A Keycloak token of another realm", "saymon-refuses-other-realm-keycloak-token"},
	{idKeycloakToken, "An ID token of Keycloak", "saymon-refuses-keycloak-id-token"},
	{refreshKeycloakToken, "A refresh token of Keycloak", "saymon-refuses-keycloak-refresh-token"},
	{emptyKeycloakToken, "An empty Keycloak token", "saymon-refuses-empty-keycloak-token"},
	{longKeycloakToken, "A Keycloak token of 100 KiB", "saymon-refuses-long-keycloak-token"},
	{keycloakWithoutParams, "Keycloak without a token", "saymon-refuses-keycloak-without-params"},
	{otherAuthService, "Another auth-service", "saymon-refuses-other-auth-service"},
}

// sessionRefusalFaults returns the four ways in which each of them can be wrong.
func sessionRefusalFaults() []reference.Fault {
	var all []reference.Fault
	for _, r := range refused {
		all = append(all,
			reference.Fault{Name: r.kind.kind + "-accepted", Says: r.says + " opens a session.", Clause: r.clause},
			reference.Fault{Name: r.kind.kind + "-answered-200", Says: r.says + " opens nothing and is answered 200.", Clause: r.clause},
			reference.Fault{Name: r.kind.kind + "-leaves-live-cookie", Says: r.says + " is refused by its status and sets the cookie of a live session.", Clause: r.clause},
			reference.Fault{Name: r.kind.kind + "-leaves-live-id", Says: r.says + " is refused by its status and is answered with the ID of a live session.", Clause: r.clause},
		)
	}
	return all
}

// otherRefusalFaults are those of the other calls.
var otherRefusalFaults = []reference.Fault{
	{Name: "no-session-accepted", Says: "A request without credentials is taken for the first account's.", Clause: "saymon-refuses-no-session"},
	{Name: "no-session-answered-200", Says: "A request without credentials is answered 200 with an error.", Clause: "saymon-refuses-no-session"},
	{Name: "no-session-answered-204", Says: "A request without credentials is answered 204.", Clause: "saymon-refuses-no-session"},
	{Name: "invented-session-accepted", Says: "Any sid is taken for a session of the first account.", Clause: "saymon-refuses-invented-session"},
	{Name: "any-uuid-is-a-session", Says: "Any UUID is taken for a session of the first account.", Clause: "saymon-refuses-invented-session"},
	{Name: "invented-session-answered-200", Says: "An invented session is answered 200 with an error.", Clause: "saymon-refuses-invented-session"},
	{Name: "unknown-api-token-accepted", Says: "Any api-token is taken for the first account's.", Clause: "saymon-refuses-unknown-api-token"},
	{Name: "login-ignored", Says: "A password opens its account's session, whatever the login.", Clause: "saymon-refuses-unknown-login"},
	{Name: "null-password-accepted", Says: "A login with null for a password opens a session.", Clause: "saymon-refuses-missing-password"},
	{Name: "empty-auth-token-accepted", Says: "An empty auth-token opens a session of the first account.", Clause: "saymon-refuses-unknown-auth-token"},
	{Name: "auth-token-compared-by-beginning", Says: "Of an auth-token only the first eight characters are compared.", Clause: "saymon-refuses-unknown-auth-token"},
	{Name: "empty-api-token-accepted", Says: "An empty api-token is taken for the first account's.", Clause: "saymon-refuses-unknown-api-token"},
	{Name: "api-token-compared-by-beginning", Says: "Of an api-token only the first eight characters are compared.", Clause: "saymon-refuses-unknown-api-token"},
	{Name: "token-without-credentials-leaves-live-token", Says: "A request for a token without credentials is refused by its status and answered with a live token.", Clause: "saymon-token-refuses-no-credentials"},
	{Name: "token-with-wrong-credentials-leaves-live-token", Says: "A request for a token with a wrong password is refused by its status and answered with a live token.", Clause: "saymon-token-refuses-wrong-credentials"},
	{Name: "token-for-unknown-user-leaves-live-token", Says: "A request for an unknown user's token is refused by its status and answered with a live token of the caller.", Clause: "saymon-token-refuses-unknown-user"},
	{Name: "unknown-api-token-answered-200", Says: "An unknown api-token is answered 200 with an error.", Clause: "saymon-refuses-unknown-api-token"},
	{Name: "token-without-credentials-accepted", Says: "A token is created without credentials.", Clause: "saymon-token-refuses-no-credentials"},
	{Name: "token-without-credentials-answered-200", Says: "A request for a token without credentials is answered 200 with an error.", Clause: "saymon-token-refuses-no-credentials"},
	{Name: "token-with-wrong-credentials-accepted", Says: "A token is created with a wrong password.", Clause: "saymon-token-refuses-wrong-credentials"},
	{Name: "token-with-wrong-credentials-answered-200", Says: "A request for a token with a wrong password is answered 200 with an error.", Clause: "saymon-token-refuses-wrong-credentials"},
	{Name: "token-for-unknown-user-accepted", Says: "For an unknown user's ID, a token of the caller is created.", Clause: "saymon-token-refuses-unknown-user"},
	{Name: "token-for-unknown-user-answered-200", Says: "A request for an unknown user's token is answered 200 with an error.", Clause: "saymon-token-refuses-unknown-user"},
}
