package saymon

// refusal is why a request is not granted. Its kind begins the names of the faults that concern only this refusal.
type refusal struct {
	kind    string
	status  int
	code    string
	message string
}

// badCredentials is what both a wrong password and an unknown login say, so that they cannot be told apart.
const badCredentials = "The login or the password is wrong."

var (
	wrongPassword           = refusal{"wrong-password", 401, "BAD_CREDENTIALS", badCredentials}
	wrongPasswordByEmail    = refusal{"wrong-password-by-email", 401, "BAD_CREDENTIALS", badCredentials}
	unknownLogin            = refusal{"unknown-login", 401, "BAD_CREDENTIALS", badCredentials}
	missingLogin            = refusal{"missing-login", 400, "MISSING_PARAMETER", "The login is missing."}
	missingPassword         = refusal{"missing-password", 400, "MISSING_PARAMETER", "The password is missing."}
	emptyPassword           = refusal{"empty-password", 400, "MISSING_PARAMETER", "The password is empty."}
	unknownAuthToken        = refusal{"unknown-auth-token", 401, "BAD_TOKEN", "The token is not known."}
	unknownKeycloakToken    = refusal{"unknown-keycloak-token", 401, "BAD_TOKEN", "The token is not known."}
	emptyKeycloakToken      = refusal{"empty-keycloak-token", 401, "BAD_TOKEN", "The token is empty."}
	longKeycloakToken       = refusal{"long-keycloak-token", 401, "BAD_TOKEN", "The token is too long."}
	forgedKeycloakToken     = refusal{"forged-keycloak-token", 401, "BAD_TOKEN", "The token's signature is wrong."}
	unsignedKeycloakToken   = refusal{"unsigned-keycloak-token", 401, "BAD_TOKEN", "The token is not signed."}
	expiredKeycloakToken    = refusal{"expired-keycloak-token", 401, "BAD_TOKEN", "The token has expired."}
	otherRealmKeycloakToken = refusal{"other-realm-keycloak-token", 401, "BAD_TOKEN", "The token is of another realm."}
	idKeycloakToken         = refusal{"id-keycloak-token", 401, "BAD_TOKEN", "The token is no access token."}
	refreshKeycloakToken    = refusal{"refresh-keycloak-token", 401, "BAD_TOKEN", "The token is no access token."}
	keycloakWithoutParams   = refusal{"keycloak-without-params", 400, "MISSING_PARAMETER", "The token of auth-service-params is missing."}
	otherAuthService        = refusal{"other-auth-service", 400, "UNKNOWN_SERVICE", "The only auth-service is keycloak."}
	wrongTypes              = refusal{"wrong-types", 400, "WRONG_TYPE", "A parameter has the wrong type."}

	noSession       = refusal{"no-session", 401, "NOT_AUTHENTICATED", "Log in first."}
	inventedSession = refusal{"invented-session", 401, "NOT_AUTHENTICATED", "Log in first."}
	endedSession    = refusal{"ended-session", 401, "NOT_AUTHENTICATED", "Log in first."}
	unknownAPIToken = refusal{"unknown-api-token", 401, "BAD_TOKEN", "The token is not known."}
	deletedToken    = refusal{"deleted-token", 401, "BAD_TOKEN", "The token is not known."}
	badBasic        = refusal{"bad-basic", 401, "BAD_CREDENTIALS", badCredentials}

	tokenWithoutCredentials   = refusal{"token-without-credentials", 401, "NOT_AUTHENTICATED", "Basic credentials are missing."}
	tokenWithWrongCredentials = refusal{"token-with-wrong-credentials", 401, "BAD_CREDENTIALS", badCredentials}
	tokenNotPermitted         = refusal{"token-not-permitted", 403, "FORBIDDEN", "The permission manage-users is missing."}
	tokenForUnknownUser       = refusal{"token-for-unknown-user", 404, "NOT_FOUND", "There is no such user."}
	noTokenToDelete           = refusal{"no-token", 404, "NOT_FOUND", "The user has no token."}

	unknownCall    = refusal{"unknown-call", 404, "NOT_FOUND", "There is no such call."}
	otherMediaType = refusal{"other-media-type", 415, "WRONG_MEDIA_TYPE", "The body must be application/json."}
	unreadableBody = refusal{"unreadable-body", 413, "UNREADABLE", "The body is too long or ended early."}
	emptyBody      = refusal{"empty-body", 400, "EMPTY_BODY", "The body is empty."}
	malformedJSON  = refusal{"malformed-json", 400, "MALFORMED_JSON", "The body is not well-formed JSON."}
	twoWaysIn      = refusal{"two-ways-in", 400, "AMBIGUOUS", "The body names more than one way to log in."}
)

// failure is the JSON of a refusal.
type failure struct {
	Code    any    `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
	Request string `json:"request,omitempty"` // only for the variant errors-with-request-id
	Token   string `json:"token,omitempty"`   // only for the faults that leave one
}

// refuse answers with code and message.
func (c *call) refuse() {
	if c.refused == &tokenWithoutCredentials || c.refused == &tokenWithWrongCredentials {
		c.header.Set("WWW-Authenticate", `Basic realm="saymon", charset="UTF-8"`)
	}
	c.answer(c.refused.status, &failure{Code: c.refused.code, Message: c.refused.message})
}
