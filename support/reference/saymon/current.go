package saymon

import (
	"encoding/json"
	"net/http"

	"session-conformance/support/reference"
)

// whoAsks decides whose request it is, by the first of api-token, Basic credentials and sid cookie that it has.
func (c *call) whoAsks() *refusal {
	if tokens, ok := c.r.URL.Query()["api-token"]; ok {
		c.by = byAPIToken
		return c.ownsToken(tokens[0], &unknownAPIToken)
	}
	if _, _, ok := c.r.BasicAuth(); ok {
		return c.basic(&badBasic)
	}
	refused := c.hasSession()
	if refused == nil {
		c.account = c.session.owner
	}
	return refused
}

// basic checks Basic credentials.
func (c *call) basic(wrong *refusal) *refusal {
	c.by = byBasic
	login, password, _ := c.r.BasicAuth()
	c.account, _ = c.byName(login)
	c.password = password
	if c.account == nil || !c.passwordIsRight() {
		return wrong
	}
	return nil
}

// hasSession decides whether the sid cookie names a live session.
func (c *call) hasSession() *refusal {
	c.by, c.sid = bySession, cookieOf(c.r, "sid")
	if c.sid == "" {
		return &noSession
	}
	switch c.session = c.find(c.sid); {
	case c.session == nil:
		return &inventedSession
	case c.session.ended:
		return &endedSession
	}
	return nil
}

// cookieOf returns a cookie as it was sent, with quotation marks if it had them.
func cookieOf(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	if c.Quoted {
		return `"` + c.Value + `"`
	}
	return c.Value
}

// user is the answer about the current user. No document states its form.
type user struct {
	ID          string   `json:"id,omitempty"`
	Login       string   `json:"login,omitempty"`
	Email       string   `json:"email"`
	Name        string   `json:"name"`
	Permissions []string `json:"permissions"`
	Blocked     bool     `json:"blocked"`
}

func (c *call) answerUser() {
	if c.session != nil {
		c.session.uses, c.session.used = c.session.uses+1, c.now()
	}
	c.answer(http.StatusOK, userOf(c.account))
}

func userOf(a *Account) *user {
	u := &user{ID: a.ID, Login: a.Login, Email: a.Email, Name: "Reference " + a.Login, Permissions: []string{}}
	if a.ManageUsers {
		u.Permissions = append(u.Permissions, "manage-users")
	}
	return u
}

// answerLogout ends the session of the sid cookie, and deletes the cookie.
func (c *call) answerLogout() {
	c.end(c.session)
	c.cookie = *reference.NewCookie("sid", "", "Path=/", "Max-Age=0", "HttpOnly")
	c.answer(http.StatusNoContent, nil)
}

// anybody refuses nobody.
func (c *call) anybody() *refusal { return nil }

// answerVerified says true of a session that lives, and null of any other.
func (c *call) answerVerified() {
	c.answer(http.StatusOK, json.RawMessage("null"))
	if c.session = c.sessions[c.r.PathValue("sid")]; c.session != nil && !c.session.ended {
		c.content = true
	}
}
