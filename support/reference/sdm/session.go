package sdm

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"session-conformance/support/reference"
)

// session is a session that a login opened.
type session struct {
	id      string
	account Account
	by      form // of the login that opened it
	opened  time.Time
	used    time.Time
	calls   int    // that it answered, counted by a fault
	key     string // of the second cookie, where a variant needs two
	spent   bool   // by a fault that lets a session answer one call only
	over    bool   // logged out, by a fault that brings such sessions back
}

// newSessionID makes a random ID in the form of the vendor's samples: 32 hexadecimal digits and Tomcat's route.
func newSessionID() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return fmt.Sprintf("%X.tomcat1", b)
}

// open opens a session for the account.
func (t *turn) open(account Account) {
	t.session = &session{id: t.newID(), account: account, by: t.sent, key: t.newID()}
	t.session.opened = t.config.Now()
	t.session.used = t.session.opened
	t.sessions[t.session.id] = t.session
	t.take(opening)
	t.tallies.Live(account.UserName, len(t.of(account)))
}

// hand gives a session's cookie to the client.
func (t *turn) hand(opened *session) {
	attributes := []string{"Path=/rest", "HttpOnly"}
	if t.r.TLS != nil {
		attributes = append(attributes, "Secure")
	}
	t.session = opened
	t.cookies = append(t.cookies, reference.NewCookie(t.cookieName, t.prefix+opened.id, attributes...))
	t.take(handing)
}

// find looks for the live session whose cookie the request carries, or says why there is none.
func (t *turn) find() {
	if t.why != fine {
		return // the version cannot be found
	}
	t.why = noSession
	for _, cookie := range t.r.CookiesNamed(t.cookieName) {
		if cookie.Value == "" {
			continue
		}
		id := strings.TrimPrefix(cookie.Value, t.prefix)
		if t.session = t.sessions[id]; t.session != nil {
			t.why = fine
			break
		}
		t.why = invented
		if t.ended[id] {
			t.why = ended
		}
	}
	if t.why != fine && t.call == logout {
		t.why = nothingToEnd
	}
	t.take(finding)
	if t.why == fine {
		t.session.used = t.config.Now()
	}
}
