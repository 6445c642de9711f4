package saymon

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"unicode/utf8"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

// whoLogsIn decides about POST /node/api/users/session, by the one way in that the body names.
func (c *call) whoLogsIn() *refusal {
	if refused := c.parse(); refused != nil {
		return refused
	}
	service, token := c.fields.has("auth-service"), c.fields.has("auth-token")
	password := c.fields.has("login") || c.fields.has("password")
	switch {
	case service && token || service && password || token && password:
		return &twoWaysIn
	case service:
		return c.byAuthService()
	case token:
		return c.byAuthToken()
	}
	return c.byPassword()
}

// byPassword compares the whole password of the account that has the login or email.
func (c *call) byPassword() *refusal {
	login, err := c.fields.text("login")
	if err != nil {
		return &wrongTypes
	}
	c.account, c.by = c.byName(login)
	if c.fields.value("password") == nil {
		return &missingPassword
	}
	if c.password, err = c.fields.text("password"); err != nil {
		return &wrongTypes
	}
	switch {
	case login == "":
		return &missingLogin
	case !c.fields.has("password"):
		return &missingPassword
	case c.password == "":
		return &emptyPassword
	case c.account == nil:
		return &unknownLogin
	case c.passwordIsRight():
		return nil
	case c.by == byEmail:
		return &wrongPasswordByEmail
	}
	return &wrongPassword
}

func (c *call) passwordIsRight() bool { return reference.Same(c.account.Password, c.password) }

// byAuthToken finds the owner of an authentication token.
func (c *call) byAuthToken() *refusal {
	token, err := c.fields.text("auth-token")
	if err != nil {
		return &wrongTypes
	}
	c.by = byToken
	return c.ownsToken(token, &unknownAuthToken)
}

// byAuthService finds whom a token of Keycloak names.
func (c *call) byAuthService() *refusal {
	c.by = byKeycloak
	service, err := c.fields.text("auth-service")
	if err != nil {
		return &wrongTypes
	}
	if service != "keycloak" {
		return &otherAuthService
	}
	params, ok := c.fields.object("auth-service-params")
	switch {
	case !c.fields.has("auth-service-params"), ok && !params.has("token"):
		return &keycloakWithoutParams
	case !ok:
		return &wrongTypes
	}
	if c.token, err = params.text("token"); err != nil {
		return &wrongTypes
	}
	claims, refused := c.keycloak.check(c.r.Context(), c.token)
	if refused != nil {
		return refused
	}
	return c.isNamed(claims)
}

// isNamed finds the account that a Keycloak token names.
func (c *call) isNamed(in claims) *refusal {
	c.claims = in
	for _, a := range c.accounts() {
		if a.Login == in.Username || in.Username == "" && a.Email == in.Email {
			c.account = a
			return nil
		}
	}
	return &unknownKeycloakToken
}

// answerSession opens a session and answers with its ID as a JSON string, and with the sid cookie.
func (c *call) answerSession() {
	c.session = c.open(c.account)
	c.id = c.session.id
	c.answer(200, c.id)
	c.cookie = *reference.NewCookie("sid", c.id, "Path=/", "HttpOnly")
	if c.r.TLS != nil {
		c.cookie.Attributes = append(c.cookie.Attributes, "Secure")
	}
}

// fields is the JSON object of a request. Names are compared as they stand; encoding/json would ignore their case.
type fields map[string]json.RawMessage

var errNotString = errors.New("not a string")

func (f fields) has(name string) bool { _, ok := f[name]; return ok }

// value returns a field, reference.Absent where it is not there.
func (f fields) value(name string) (value any) {
	if !f.has(name) {
		return like.Missing{}
	}
	_ = json.Unmarshal(f[name], &value) // which parse has seen to be JSON
	return value
}

// text returns a field that must be a string; empty where it is absent.
func (f fields) text(name string) (string, error) {
	raw, ok := f[name]
	if !ok {
		return "", nil
	}
	var text *string
	if json.Unmarshal(raw, &text) != nil || text == nil {
		return "", errNotString
	}
	return *text, nil
}

// object returns a field that must be an object; false where it is none.
func (f fields) object(name string) (fields, bool) {
	var inner fields
	err := json.Unmarshal(f[name], &inner)
	return inner, err == nil && inner != nil
}

// parse reads the body as a JSON object.
func (c *call) parse() *refusal {
	if media, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return &otherMediaType
	}
	switch {
	case len(bytes.TrimSpace(c.body)) == 0:
		return &emptyBody
	case !json.Valid(c.body) || !utf8.Valid(c.body):
		return &malformedJSON
	case json.Unmarshal(c.body, &c.fields) != nil || c.fields == nil:
		return &wrongTypes
	}
	return nil
}
