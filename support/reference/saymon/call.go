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
	fields   fields
	by       way
	account  *Account
	password string
	token    string // auth-token, api-token or Keycloak token
	claims   claims // of a Keycloak token
	sid      string
	session  *session // the one that it uses or opens
	owner    *Account // of the token that it makes or deletes

	refused *refusal // nil: granted

	// What it will be answered.
	status  int
	header  http.Header
	cookie  cookie   // sid
	before  []string // Set-Cookie lines that come before it
	after   []string // and after it
	media   string   // empty: no content
	content any      // becomes JSON, or
	text    string   // stands as it is
	id      string   // the session ID or token that the answer tells
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
	c.header = w.Header()
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
	lines := c.before
	if c.cookie.Name != "" {
		lines = append(lines, c.cookie.String())
	}
	for _, line := range append(lines, c.after...) {
		c.header.Add("Set-Cookie", line)
	}
	if c.media != "" {
		c.header.Set("Content-Type", c.media)
	}
	if c.content != nil {
		c.text = reference.JSON(c.content)
	}
	w.WriteHeader(c.status)
	_, _ = io.WriteString(w, c.text) // a client that went away needs no answer
}

// answer sets status and JSON; nil: no content.
func (c *call) answer(status int, content any) {
	c.status, c.content = status, content
	if content != nil {
		c.media = "application/json"
	}
}
