package saymon

import (
	"encoding/json"
	"net/http"
)

// answerLogout ends the session of the sid cookie, and deletes the cookie.
func (c *call) answerLogout() {
	c.end(c.session)
	c.cookie = cookie{"sid", "", []string{"Path=/", "Max-Age=0", "HttpOnly"}}
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
