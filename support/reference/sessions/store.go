package sessions

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"time"

	"session-conformance/support/reference"
)

// account is somebody who can have sessions.
type account struct {
	Account
	name     string // in targets.yaml: user, other_user, node
	guid     string
	good     []int64    // the times of its good logins, in milliseconds since the epoch
	failed   []int64    // and of its refused ones
	inARow   int        // refused logins since the last good one
	sessions []*session // live, the eldest first
}

func newAccount(name string, a Account) *account {
	if a.Zone == "" {
		a.Zone = "UTC"
	}
	return &account{name: name, Account: a, guid: reference.NewUUID()}
}

// latest is the last of some times, nil where there is none.
func latest(times []int64) any {
	if len(times) == 0 {
		return nil
	}
	return times[len(times)-1]
}

// session is what a good login opens.
type session struct {
	owner  *account
	logins int      // how many good logins of its owner there were, its own included
	ids    []string // all IDs that name it, the newest last
	proof  string   // a second secret, asked for only where two cookies are needed
	guid   string   // another guid than the owner's, shown only by a fault
	asked  int      // how often the user or the details were asked for

	// Only peculiarities look at these.
	by       call // that opened it
	used     int
	lastUsed time.Time
}

func (ses *session) id() string { return ses.ids[len(ses.ids)-1] }

// open makes a session of the account and notes the good login.
func (s *Server) open(owner *account) *session {
	owner.inARow = 0
	owner.good = append(owner.good, s.now().UnixMilli())
	ses := &session{owner: owner, logins: len(owner.good), ids: []string{s.newID()}, proof: rand.Text(),
		guid: reference.NewUUID()}
	owner.sessions = append(owner.sessions, ses)
	s.live[ses.id()] = ses
	for _, effect := range s.onOpen {
		effect(s, ses)
	}
	s.Live(owner.name, len(owner.sessions))
	return owner.sessions[len(owner.sessions)-1]
}

// refuse notes a refused login of an account that exists.
func (s *Server) refuse(a *account) {
	a.inARow++
	a.failed = append(a.failed, s.now().UnixMilli())
}

// end ends one session under all its IDs.
func (s *Server) end(ses *session) {
	for _, id := range ses.ids {
		delete(s.live, id)
		s.ended[id] = true
	}
	ses.owner.sessions = slices.DeleteFunc(ses.owner.sessions, func(other *session) bool { return other == ses })
}

// endAllBut ends the sessions of an account, save one.
func (s *Server) endAllBut(owner *account, kept *session) {
	for _, ses := range slices.Clone(owner.sessions) {
		if ses != kept {
			s.end(ses)
		}
	}
}

// rename gives a session a new ID. The earlier ones stay good.
func (s *Server) rename(ses *session) {
	ses.ids = append(ses.ids, s.newID())
	s.live[ses.id()] = ses
}

// newID makes a session ID that nobody can guess: 32 hexadecimal digits.
func newID() string { return fmt.Sprintf("%X", randomBytes(16)) }

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// cameWith is the live session whose cookie a request carries, nil where there is none.
func (s *Server) cameWith(r *http.Request) *session {
	if sent, err := r.Cookie(s.cookieName); err == nil && sent.Value != "" {
		return s.live[sent.Value]
	}
	return nil
}

// liveLike is a live session whose ID is like the one that came, nil where there is none.
func (s *Server) liveLike(came string, alike func(right, came string) bool) *session {
	for id, ses := range s.live {
		if alike(id, came) {
			return ses
		}
	}
	return nil
}
