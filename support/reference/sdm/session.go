package sdm

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// session is a session that a login opened.
type session struct {
	id      string
	key     string // of the second cookie, where a variant needs two
	account Account
	by      form // of the login that opened it
	used    time.Time
	spent   bool // by a fault that lets a session answer one call only
}

// idleLimit is how long a session may lie idle under the variant idle-timeout-1800.
const idleLimit = 1800 * time.Second

// newSessionID makes a random ID in the form of the vendor's samples: 32 hexadecimal digits and Tomcat's route.
func (s *Server) newSessionID() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	if s.with.Has("session-id-in-base64") {
		return base64.StdEncoding.EncodeToString(b)
	}
	return fmt.Sprintf("%X.tomcat1", b)
}

// open opens a session for the account.
func (s *Server) open(account Account, by form) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, other := range s.sessions {
		if other.account != account {
			continue
		}
		if s.with.Has("one-session-per-user") {
			return other
		}
		if s.with.Has("login-ends-earlier-session") {
			delete(s.sessions, id)
		}
	}
	opened := &session{id: s.newSessionID(), key: s.newSessionID(), account: account, by: by, used: s.config.Now()}
	s.sessions[opened.id] = opened
	return opened
}

// end ends a session.
func (s *Server) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, id)
	s.ended[id] = true
}

// spend says whether the session was spent already, and spends it.
func (s *Server) spend(found *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := found.spent
	found.spent = true
	return was
}

// find returns the live session whose cookie the request carries, or says why there is none.
func (s *Server) find(r *http.Request) (*session, reason) {
	why := noSession
	for _, cookie := range r.CookiesNamed(s.cookieName()) {
		if cookie.Value == "" {
			continue
		}
		if found := s.live(cookie.Value); found != nil && s.hasKey(r, found) {
			return found, fine
		}
		why = invented
		if s.wasEnded(cookie.Value) {
			why = ended
		}
	}
	return nil, why
}

// live returns the session with the ID, or nil, and counts it as used.
func (s *Server) live(id string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, now := s.sessions[id], s.config.Now()
	if found == nil {
		return nil
	}
	if s.with.Has("idle-timeout-1800") && now.Sub(found.used) > idleLimit {
		delete(s.sessions, id)
		return nil
	}
	found.used = now
	return found
}

// hasKey says whether the request carries the second cookie too, where it is needed.
func (s *Server) hasKey(r *http.Request, found *session) bool {
	if !s.with.Has("two-cookies-needed") {
		return true
	}
	for _, cookie := range r.CookiesNamed(keyCookie) {
		if same(cookie.Value, found.key) {
			return true
		}
	}
	return false
}

var sessionIDForm = regexp.MustCompile(`^[0-9A-F]{32}\.tomcat1$`)

// findCarelessly is find as a server does it that looks less closely. What a logout ended stays ended.
func (s *Server) findCarelessly(r *http.Request) (*session, reason) {
	found, why := s.find(r)
	anybody := &session{account: s.config.User}
	if why == noSession {
		switch {
		case s.with.Has("session-not-needed"):
			return anybody, fine
		case s.with.Has("session-by-address") && s.knownAddress(r):
			return anybody, fine
		}
	}
	if why != invented {
		return found, why
	}
	for _, cookie := range r.CookiesNamed(s.cookieName()) {
		id := cookie.Value
		switch {
		case s.with.Has("session-any-cookie"),
			s.with.Has("session-any-well-formed") && sessionIDForm.MatchString(id),
			s.with.Has("session-by-route") && strings.HasSuffix(id, ".tomcat1"),
			s.with.Has("session-by-first-half") && s.halfKnown(id):
			return anybody, fine
		}
	}
	return nil, why
}

func (s *Server) wasEnded(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended[id]
}

// halfKnown says whether a live session's ID begins like this one.
func (s *Server) halfKnown(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for known := range s.sessions {
		if len(id) == len(known) && id[:16] == known[:16] {
			return true
		}
	}
	return false
}
