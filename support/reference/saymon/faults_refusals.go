package saymon

// otherRefusalFaults are those of the other calls, and of single values.
var otherRefusalFaults = []peculiarity{
	fault("no-session-accepted", "A request without credentials is taken for the first account's.",
		"saymon-refuses-no-session",
		onDecision(both(asked(current), refusedAs(&noSession)), accept)),
	fault("no-session-answered-200", "A request without credentials is answered 200 with an error.",
		"saymon-refuses-no-session",
		onAnswer(refusedAs(&noSession), status(200))),
	fault("no-session-answered-204", "A request without credentials is answered 204.", "saymon-refuses-no-session",
		onAnswer(both(asked(current), refusedAs(&noSession)), func(c *call) { c.answer(204, nil); c.media = "" })),
	fault("invented-session-accepted", "Any sid is taken for a session of the first account.",
		"saymon-refuses-invented-session",
		onDecision(both(asked(current), refusedAs(&inventedSession)), accept)),
	fault("any-uuid-is-a-session", "Any UUID is taken for a session of the first account.",
		"saymon-refuses-invented-session",
		onDecision(refusedAs(&inventedSession), func(c *call) {
			if uuidForm.MatchString(c.sid) {
				accept(c)
			}
		})),
	fault("invented-session-answered-200", "An invented session is answered 200 with an error.",
		"saymon-refuses-invented-session",
		onAnswer(refusedAs(&inventedSession), status(200))),
	fault("unknown-api-token-accepted", "Any api-token is taken for the first account's.",
		"saymon-refuses-unknown-api-token",
		onDecision(refusedAs(&unknownAPIToken), accept)),
	fault("login-ignored", "A password opens its account's session, whatever the login.",
		"saymon-refuses-unknown-login",
		onDecision(refusedAs(&unknownLogin), func(c *call) {
			if c.password == c.config.User.Password {
				accept(c)
			}
		})),
	fault("null-password-accepted", "A login with null for a password opens a session.",
		"saymon-refuses-missing-password",
		onDecision(refusedAs(&missingPassword), func(c *call) {
			if c.account != nil && c.fields.null("password") {
				accept(c)
			}
		})),
	fault("empty-auth-token-accepted", "An empty auth-token opens a session of the first account.",
		"saymon-refuses-unknown-auth-token",
		onDecision(refusedAs(&unknownAuthToken), func(c *call) {
			if c.token == "" {
				accept(c)
			}
		})),
	fault("auth-token-compared-by-beginning", "Of an auth-token only the first eight characters are compared.",
		"saymon-refuses-unknown-auth-token",
		onDecision(refusedAs(&unknownAuthToken), beginningOfToken)),
	fault("empty-api-token-accepted", "An empty api-token is taken for the first account's.",
		"saymon-refuses-unknown-api-token",
		onDecision(refusedAs(&unknownAPIToken), func(c *call) {
			if c.token == "" {
				accept(c)
			}
		})),
	fault("api-token-compared-by-beginning", "Of an api-token only the first eight characters are compared.",
		"saymon-refuses-unknown-api-token",
		onDecision(refusedAs(&unknownAPIToken), beginningOfToken)),
	fault("token-without-credentials-leaves-live-token", "A request for a token without credentials is refused by its "+
		"status and answered with a live token.",
		"saymon-token-refuses-no-credentials",
		onAnswer(refusedAs(&tokenWithoutCredentials), leaveToken)),
	fault("token-with-wrong-credentials-leaves-live-token", "A request for a token with a wrong password is refused by "+
		"its status and answered with a live token.",
		"saymon-token-refuses-wrong-credentials",
		onAnswer(refusedAs(&tokenWithWrongCredentials), leaveToken)),
	fault("token-for-unknown-user-leaves-live-token", "A request for an unknown user's token is refused by its status "+
		"and answered with a live token of the caller.",
		"saymon-token-refuses-unknown-user",
		onAnswer(refusedAs(&tokenForUnknownUser), leaveToken)),
	fault("unknown-api-token-answered-200", "An unknown api-token is answered 200 with an error.",
		"saymon-refuses-unknown-api-token",
		onAnswer(refusedAs(&unknownAPIToken), status(200))),
	fault("token-without-credentials-accepted", "A token is created without credentials.",
		"saymon-token-refuses-no-credentials",
		onDecision(refusedAs(&tokenWithoutCredentials), accept)),
	fault("token-without-credentials-answered-200",
		"A request for a token without credentials is answered 200 with an error.",
		"saymon-token-refuses-no-credentials",
		onAnswer(refusedAs(&tokenWithoutCredentials), status(200))),
	fault("token-with-wrong-credentials-accepted", "A token is created with a wrong password.",
		"saymon-token-refuses-wrong-credentials",
		onDecision(refusedAs(&tokenWithWrongCredentials), accept)),
	fault("token-with-wrong-credentials-answered-200", "A request for a token with a wrong password is answered 200 "+
		"with an error.",
		"saymon-token-refuses-wrong-credentials",
		onAnswer(refusedAs(&tokenWithWrongCredentials), status(200))),
	fault("token-for-unknown-user-accepted", "For an unknown user's ID, a token of the caller is created.",
		"saymon-token-refuses-unknown-user",
		onDecision(refusedAs(&tokenForUnknownUser), accept)),
	fault("token-for-unknown-user-answered-200", "A request for an unknown user's token is answered 200 with an error.",
		"saymon-token-refuses-unknown-user",
		onAnswer(refusedAs(&tokenForUnknownUser), status(200))),
}

// refusedLogins are the refusals of a session that a document implies, with how a sentence names the request.
var refusedLogins = []struct {
	reason *refusal
	says   string
	clause string
}{
	{&wrongPassword, "A login with a wrong password", "saymon-refuses-wrong-password"},
	{&wrongPasswordByEmail, "An email with a wrong password", "saymon-refuses-wrong-password"},
	{&unknownLogin, "An unknown login", "saymon-refuses-unknown-login"},
	{&missingLogin, "A password without a login", "saymon-refuses-missing-login"},
	{&missingPassword, "A login without a password", "saymon-refuses-missing-password"},
	{&emptyPassword, "A login with an empty password", "saymon-refuses-empty-password"},
	{&unknownAuthToken, "An unknown auth-token", "saymon-refuses-unknown-auth-token"},
	{&unknownKeycloakToken, "An unknown Keycloak token", "saymon-refuses-unknown-keycloak-token"},
	{&forgedKeycloakToken, "A Keycloak token with a wrong signature", "saymon-refuses-forged-keycloak-token"},
	{&unsignedKeycloakToken, "A Keycloak token without a signature", "saymon-refuses-unsigned-keycloak-token"},
	{&expiredKeycloakToken, "An expired Keycloak token", "saymon-refuses-expired-keycloak-token"},
	{&otherRealmKeycloakToken, "A Keycloak token of another realm", "saymon-refuses-other-realm-keycloak-token"},
	{&idKeycloakToken, "An ID token of Keycloak", "saymon-refuses-keycloak-id-token"},
	{&refreshKeycloakToken, "A refresh token of Keycloak", "saymon-refuses-keycloak-refresh-token"},
	{&emptyKeycloakToken, "An empty Keycloak token", "saymon-refuses-empty-keycloak-token"},
	{&longKeycloakToken, "A Keycloak token of 100 KiB", "saymon-refuses-long-keycloak-token"},
	{&keycloakWithoutParams, "Keycloak without a token", "saymon-refuses-keycloak-without-params"},
	{&otherAuthService, "Another auth-service", "saymon-refuses-other-auth-service"},
}

// refusedLoginFaults are the four ways in which each of them can be wrong.
func refusedLoginFaults() (all []peculiarity) {
	for _, r := range refusedLogins {
		all = append(all,
			fault(r.reason.kind+"-accepted", r.says+" opens a session.", r.clause, onDecision(refusedAs(r.reason), accept)),
			fault(r.reason.kind+"-answered-200", r.says+" opens nothing and is answered 200.", r.clause,
				onAnswer(refusedAs(r.reason), status(200))),
			fault(r.reason.kind+"-leaves-live-cookie", r.says+" is refused by its status and sets the cookie of a live session.",
				r.clause, onAnswer(refusedAs(r.reason), leaveCookie)),
			fault(r.reason.kind+"-leaves-live-id",
				r.says+" is refused by its status and is answered with the ID of a live session.",
				r.clause, onAnswer(refusedAs(r.reason), leaveID)))
	}
	return all
}
