package saymon

import "session-conformance/support/reference"

// refusal is why a request is not granted. Its kind begins the names of the faults that concern only this refusal.
type refusal struct {
	kind    string
	status  int
	code    string
	message string
}

// badCredentials is what both a wrong password and an unknown login say, so that they cannot be told apart.
const badCredentials = "Invalid login or password."

var (
	wrongPassword           = refusal{"wrong-password", 401, "InvalidCredentials", badCredentials}
	wrongPasswordByEmail    = refusal{"wrong-password-by-email", 401, "InvalidCredentials", badCredentials}
	unknownLogin            = refusal{"unknown-login", 401, "InvalidCredentials", badCredentials}
	missingLogin            = refusal{"missing-login", 400, "BadRequest", "The login is missing."}
	missingPassword         = refusal{"missing-password", 400, "BadRequest", "The password is missing."}
	emptyPassword           = refusal{"empty-password", 400, "BadRequest", "The password is empty."}
	unknownAuthToken        = refusal{"unknown-auth-token", 401, "Unauthorized", "The token is not known."}
	unknownKeycloakToken    = refusal{"unknown-keycloak-token", 401, "Unauthorized", "The token is not known."}
	emptyKeycloakToken      = refusal{"empty-keycloak-token", 401, "Unauthorized", "The token is empty."}
	longKeycloakToken       = refusal{"long-keycloak-token", 401, "Unauthorized", "The token is too long."}
	forgedKeycloakToken     = refusal{"forged-keycloak-token", 401, "Unauthorized", "The token's signature is wrong."}
	unsignedKeycloakToken   = refusal{"unsigned-keycloak-token", 401, "Unauthorized", "The token is not signed."}
	expiredKeycloakToken    = refusal{"expired-keycloak-token", 401, "Unauthorized", "The token has expired."}
	otherRealmKeycloakToken = refusal{"other-realm-keycloak-token", 401, "Unauthorized", "The token is of another realm."}
	idKeycloakToken         = refusal{"id-keycloak-token", 401, "Unauthorized", "The token is no access token."}
	refreshKeycloakToken    = refusal{"refresh-keycloak-token", 401, "Unauthorized", "The token is no access token."}
	keycloakWithoutParams   = refusal{"keycloak-without-params", 400, "BadRequest",
		"The token of auth-service-params is missing."}
	otherAuthService = refusal{"other-auth-service", 400, "BadRequest", "The only auth-service is keycloak."}
	wrongTypes       = refusal{"wrong-types", 400, "BadRequest", "A parameter has the wrong type."}

	noSession       = refusal{"no-session", 401, "Unauthorized", "Not logged in."}
	inventedSession = refusal{"invented-session", 401, "Unauthorized", "Session expired."}
	endedSession    = refusal{"ended-session", 401, "Unauthorized", "Session expired."}
	unknownAPIToken = refusal{"unknown-api-token", 401, "Unauthorized", "Invalid API token."}
	deletedToken    = refusal{"deleted-token", 401, "Unauthorized", "Invalid API token."}
	badBasic        = refusal{"bad-basic", 401, "InvalidCredentials", badCredentials}

	tokenWithoutCredentials   = refusal{"token-without-credentials", 401, "Unauthorized", "Not logged in."}
	tokenWithWrongCredentials = refusal{"token-with-wrong-credentials", 401, "InvalidCredentials", badCredentials}
	tokenNotPermitted         = refusal{"token-not-permitted", 403, "Forbidden", "The permission manage-users is missing."}
	tokenForUnknownUser       = refusal{"token-for-unknown-user", 404, "NotFound", "There is no such user."}
	noTokenToDelete           = refusal{"no-token", 404, "NotFound", "The user has no token."}

	unknownCall    = refusal{"unknown-call", 404, "NotFound", "There is no such call."}
	otherMediaType = refusal{"other-media-type", 415, "UnsupportedMediaType", "The body must be application/json."}
	unreadableBody = refusal{"unreadable-body", 413, "RequestEntityTooLarge", "The body is too long or ended early."}
	emptyBody      = refusal{"empty-body", 400, "InvalidContent", "The body is empty."}
	malformedJSON  = refusal{"malformed-json", 400, "InvalidContent", "The body is not well-formed JSON."}
	twoWaysIn      = refusal{"two-ways-in", 400, "BadRequest", "The body names more than one way to log in."}
)

// failure is the JSON of a refusal.
type failure struct {
	Code    any    `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
	Request string `json:"request,omitempty"` // only for the variant errors-with-request-id
	Token   string `json:"token,omitempty"`   // only for the faults that leave one
}

// inner is what the message of a failure holds, as JSON in a string: the vendor's server, built with restify, wraps its
// own errors so.
type inner struct {
	ErrorCode int    `json:"errorCode"`
	Message   string `json:"message"`
}

// errorCode is the vendor's number of an error about who asks.
const errorCode = 3

// refuse answers with code and message, in the vendor's manner.
func (c *call) refuse() {
	if c.refused == &tokenWithoutCredentials || c.refused == &tokenWithWrongCredentials {
		c.header.Set("WWW-Authenticate", `Basic realm="saymon", charset="UTF-8"`)
	}
	message := reference.JSON(inner{errorCode, c.refused.message})
	c.answer(c.refused.status, &failure{Code: c.refused.code, Message: message})
}
