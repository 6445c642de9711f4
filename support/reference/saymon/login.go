package saymon

import "session-conformance/support/reference"

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
