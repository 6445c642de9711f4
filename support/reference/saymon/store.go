package saymon

import (
	"net/http"
	"slices"
	"time"

	"session-conformance/support/reference"
)

// session is one session, open or ended.
type session struct {
	id     string
	owner  *Account
	by     way // how it was opened
	opened time.Time
	used   time.Time // by the last request
	second string    // value of a second cookie, for the fault session-needs-second-cookie
	uses   int       // requests that it authenticated
	ended  bool
	dead   bool // never opened
}

// token is one authentication token.
type token struct {
	owner   *Account
	deleted bool
}

// find returns the session of that ID, open or ended; nil where there never was one.
func (s *Server) find(id string) (found *session) {
	s.locked(func() { found = s.sessions[id] })
	return found
}

// open opens a session of the account. The lock is held.
func (c *call) open(owner *Account) *session {
	c.session = &session{id: reference.NewUUID(), owner: owner, by: c.by, opened: c.now(), used: c.now(),
		second: reference.NewUUID()}
	c.Take(opening, c)
	opened := c.session
	if opened.dead || c.sessions[opened.id] != nil {
		return opened
	}
	c.sessions[opened.id] = opened
	live := append(c.live[opened.owner.ID], opened)
	c.live[opened.owner.ID] = live
	c.tallies.Live(opened.owner.Login, len(live))
	return opened
}

// end ends a session. The lock is held.
func (s *Server) end(ended *session) {
	ended.ended = true
	s.live[ended.owner.ID] = slices.DeleteFunc(slices.Clone(s.live[ended.owner.ID]),
		func(one *session) bool { return one == ended })
}

// ownsToken finds the account of an authentication token.
func (c *call) ownsToken(text string, unknown *refusal) (refused *refusal) {
	c.token = text
	c.locked(func() {
		switch found := c.tokens[text]; {
		case found == nil:
			refused = unknown
		case found.deleted:
			refused = &deletedToken
		default:
			c.account = found.owner
		}
	})
	return refused
}

// addToken gives an account a token, deleteTokens takes all of them away. The lock is held.
func (s *Server) addToken(text string, owner *Account) {
	s.tokens[text] = &token{owner: owner}
	s.latest[owner.ID] = text
}

func (s *Server) deleteTokens(owner *Account) {
	for _, t := range s.tokens {
		t.deleted = t.deleted || t.owner == owner
	}
	delete(s.latest, owner.ID)
}

// mayChangeToken decides whether the caller, who needs Basic credentials, may create or delete a token of the user in
// the path.
func (c *call) mayChangeToken() *refusal {
	if _, _, ok := c.r.BasicAuth(); !ok {
		return &tokenWithoutCredentials
	}
	if refused := c.basic(&tokenWithWrongCredentials); refused != nil {
		return refused
	}
	return c.mayChange()
}

// mayChange decides about a caller whose credentials are right.
func (c *call) mayChange() *refusal {
	c.owner = c.byID(c.r.PathValue("id"))
	switch {
	case !c.account.ManageUsers:
		return &tokenNotPermitted
	case c.owner == nil:
		return &tokenForUnknownUser
	}
	return nil
}

// answerToken creates a token and answers with it as a JSON string.
func (c *call) answerToken() {
	c.id = reference.NewUUID()
	c.Take(making, c)
	c.answer(http.StatusOK, c.id)
	c.addToken(c.id, c.owner)
}

// mayDeleteToken is mayChangeToken where there is a token to delete.
func (c *call) mayDeleteToken() *refusal {
	if refused := c.mayChangeToken(); refused != nil {
		return refused
	}
	var latest string
	c.locked(func() { latest = c.latest[c.owner.ID] })
	if latest == "" {
		return &noTokenToDelete
	}
	return nil
}

func (c *call) answerDeletion() {
	c.deleteTokens(c.owner)
	c.answer(http.StatusNoContent, nil)
}
