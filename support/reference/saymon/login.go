package saymon

import (
	"bytes"
	"encoding/json"
	"mime"
	"unicode/utf8"

	"session-conformance/support/reference"
)

// whoLogsIn decides about POST /node/api/users/session, by the one way in that the body names.
func (c *call) whoLogsIn() *refusal {
	if refused := c.parse(); refused != nil {
		return refused
	}
	service, token := c.fields.Has("auth-service"), c.fields.Has("auth-token")
	password := c.fields.Has("login") || c.fields.Has("password")
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
	login, isText := c.fields.Text("login")
	if !isText {
		return &wrongTypes
	}
	c.account, c.by = c.byName(login)
	if c.fields.Value("password") == nil {
		return &missingPassword
	}
	if c.password, isText = c.fields.Text("password"); !isText {
		return &wrongTypes
	}
	switch {
	case login == "":
		return &missingLogin
	case !c.fields.Has("password"):
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
	token, isText := c.fields.Text("auth-token")
	if !isText {
		return &wrongTypes
	}
	c.by = byToken
	return c.ownsToken(token, &unknownAuthToken)
}

// byAuthService finds whom a token of Keycloak names.
func (c *call) byAuthService() *refusal {
	c.by = byKeycloak
	service, isText := c.fields.Text("auth-service")
	if !isText {
		return &wrongTypes
	}
	if service != "keycloak" {
		return &otherAuthService
	}
	params, isObject := c.params()
	switch {
	case !c.fields.Has("auth-service-params"), isObject && !params.Has("token"):
		return &keycloakWithoutParams
	case !isObject:
		return &wrongTypes
	}
	if c.token, isText = params.Text("token"); !isText {
		return &wrongTypes
	}
	claims, refused := c.keycloak.check(c.r.Context(), c.token)
	if refused != nil {
		return refused
	}
	return c.isNamed(claims)
}

// params are what comes with an auth-service.
func (c *call) params() (params reference.Fields, isObject bool) {
	params, isObject = c.fields["auth-service-params"].(map[string]any)
	return params, isObject
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
