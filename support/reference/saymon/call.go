package saymon

import (
	"io"
	"net/http"

	"session-conformance/support/reference"
)

// kind is which call a request makes.
type kind int

const (
	logIn kind = iota
	current
	makeToken
	deleteToken
	logOut
	verify
	unknown
)

// call is one request on its way: what it asks, what is decided about it, and what it will be answered. Effects change
// it from stage to stage.
type call struct {
	*Server
	r    *http.Request
	kind kind
	body []byte

	decide func(*call) *refusal // says whether it is granted; the lock is not held

	// What the request says. The account is the one that it names, also where it is refused.
	fields   reference.Fields
	by       way
	account  *Account
	password string
	token    string // auth-token, api-token or Keycloak token
	claims   claims // of a Keycloak token
	sid      string
	session  *session // the one that it uses or opens
	owner    *Account // of the token that it makes or deletes

	refused *refusal // nil: granted

	reference.Reply          // what it will be answered
	content         any      // becomes JSON in its body
	cookie          cookie   // sid
	before          []string // Set-Cookie lines that come before it
	after           []string // and after it
	id              string   // the session ID or token that the answer tells
}

// way is how somebody authenticates.
type way string

const (
	byLogin    way = "login"
	byEmail    way = "email"
	byToken    way = "token"
	byKeycloak way = "keycloak"
	byBasic    way = "basic"
	byAPIToken way = "api-token"
	bySession  way = "session"
)

type cookie = reference.Cookie

// maxBody is the longest body that the server reads, in bytes.
const maxBody = 1 << 20

func (c *call) read(w http.ResponseWriter) {
	if c.kind != logIn {
		return // no other call has a body
	}
	var err error
	if c.body, err = io.ReadAll(http.MaxBytesReader(w, c.r.Body, maxBody)); err != nil {
		c.refused = &unreadableBody
	}
}

// count notes the logins that name an account: what was decided by the documents, whatever an effect makes of it.
func (c *call) count() {
	switch {
	case c.account == nil:
	case c.kind == logIn && c.refused != nil, c.refused == &badBasic, c.refused == &tokenWithWrongCredentials:
		c.tallies.Refused(c.account.Login, c.password != "")
	case c.by == byLogin || c.by == byEmail:
		c.tallies.LoggedIn(c.account.Login)
	}
}

func (c *call) write(w http.ResponseWriter) {
	c.SetCookies(c.before...)
	if c.cookie.Name != "" {
		c.Cookies = append(c.Cookies, &c.cookie)
	}
	c.SetCookies(c.after...)
	if c.content != nil {
		c.Body = reference.JSON(c.content)
	}
	c.Write(w)
}

// answer sets status and JSON; nil: no content.
func (c *call) answer(status int, content any) {
	c.Status, c.content = status, content
	if content != nil {
		c.Media = "application/json"
	}
}

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
	otherRealmKeycloakToken = refusal{"other-realm-keycloak-token", 401, "Unauthorized",
		"The token is of another realm."}
	idKeycloakToken       = refusal{"id-keycloak-token", 401, "Unauthorized", "The token is no access token."}
	refreshKeycloakToken  = refusal{"refresh-keycloak-token", 401, "Unauthorized", "The token is no access token."}
	keycloakWithoutParams = refusal{"keycloak-without-params", 400, "BadRequest",
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
	tokenNotPermitted         = refusal{"token-not-permitted", 403, "Forbidden",
		"The permission manage-users is missing."}
	tokenForUnknownUser = refusal{"token-for-unknown-user", 404, "NotFound", "There is no such user."}
	noTokenToDelete     = refusal{"no-token", 404, "NotFound", "The user has no token."}

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
		c.Set("WWW-Authenticate", `Basic realm="saymon", charset="UTF-8"`)
	}
	message := reference.JSON(inner{errorCode, c.refused.message})
	c.answer(c.refused.status, &failure{Code: c.refused.code, Message: message})
}
