package sessions

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"slices"
)

// session is what a good login opens.
type session struct {
	owner     *account
	previous  any      // the owner's last good login before this one
	ids       []string // all IDs that name it, the newest last
	proof     string   // a second secret, asked for only by the variant two-cookies-needed
	guid      string   // another guid than the owner's, shown only by a fault
	asked     int      // how often its details were asked for
	oneOfNode bool
}

func (ses *session) id() string { return ses.ids[len(ses.ids)-1] }

// sessionStore holds the live sessions and the IDs of ended ones, which may never come to life again.
type sessionStore struct {
	live  map[string]*session
	ended map[string]bool
}

func newSessionStore() sessionStore {
	return sessionStore{live: map[string]*session{}, ended: map[string]bool{}}
}

// open makes a session of the account and notes the good login.
func (s *Server) open(owner *account) *session {
	if s.with.Has("login-ends-earlier-session") {
		s.endAll(owner)
	}
	ses := &session{
		owner: owner, previous: owner.lastGood, oneOfNode: owner == s.node,
		ids: []string{s.newID()}, proof: rand.Text(), guid: newUUID(),
	}
	owner.inARow = 0
	if owner.lastGood == nil || !s.with.Has("last-successful-login-only-first") {
		owner.lastGood = s.now().UnixMilli()
	}
	if shared := s.liveOf(owner); shared != nil && s.with.Has("session-shared") {
		return shared
	}
	s.sessions.live[ses.id()] = ses
	if s.with.Has("two-sessions-a-user") {
		owner.opened = append(owner.opened, ses)
		s.keepNewest(owner, 2)
	}
	return ses
}

// liveOf finds a live session of the account, or nil.
func (s *Server) liveOf(owner *account) *session {
	for _, ses := range s.sessions.live {
		if ses.owner == owner {
			return ses
		}
	}
	return nil
}

// liveBeginning finds a live session whose ID begins like the value, or nil.
func (s *Server) liveBeginning(value string) *session {
	for id, ses := range s.sessions.live {
		if beginning(id) == beginning(value) {
			return ses
		}
	}
	return nil
}

// keepNewest ends the sessions of an account but the newest few.
func (s *Server) keepNewest(owner *account, few int) {
	owner.opened = slices.DeleteFunc(owner.opened, func(ses *session) bool { return s.sessions.live[ses.id()] == nil })
	for len(owner.opened) > few {
		s.end(owner.opened[0])
		owner.opened = owner.opened[1:]
	}
}

// end ends one session under all its IDs.
func (s *Server) end(ses *session) {
	for _, id := range ses.ids {
		delete(s.sessions.live, id)
		s.sessions.ended[id] = true
	}
}

// endAll ends all sessions of an account.
func (s *Server) endAll(owner *account) { s.endAllBut(owner, nil) }

// endAllBut ends the sessions of an account, save one.
func (s *Server) endAllBut(owner *account, kept *session) {
	for _, ses := range s.sessions.live {
		if ses.owner == owner && ses != kept {
			s.end(ses)
		}
	}
}

// rename gives a session a new ID. The earlier ones stay good.
func (s *Server) rename(ses *session) {
	ses.ids = append(ses.ids, s.newID())
	s.sessions.live[ses.id()] = ses
}

// newID makes a session ID that nobody can guess: 32 hexadecimal digits.
func (s *Server) newID() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	switch {
	case s.with.Has("session-id-base64"):
		return base64.StdEncoding.EncodeToString(b[:]) // ends with an equals sign
	case s.with.Has("session-id-uuid"):
		return newUUID()
	case s.with.Has("session-id-signed"):
		return fmt.Sprintf("s%%3A%s.%s", rand.Text(), base64.RawURLEncoding.EncodeToString(b[:]))
	}
	return fmt.Sprintf("%X", b[:16])
}
