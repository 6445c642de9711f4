package saymon

import (
	"crypto/rand"
	"encoding/hex"
	"sync"
)

// session is one open session.
type session struct {
	owner  string // ID of its account
	second string // value of the second cookie, for the fault session-needs-second-cookie
	used   bool   // has authenticated a request
	opened int    // the how manieth that was opened
}

// store keeps sessions and tokens in memory.
type store struct {
	mu       sync.Mutex
	sessions map[string]*session // by session ID
	ended    map[string]bool     // IDs of sessions that ended
	newest   map[string]string   // account ID → ID of its newest session
	opened   int                 // how many sessions were opened
	tokens   map[string]string   // token → account ID
	deleted  map[string]string   // the same for tokens that were deleted
	latest   map[string]string   // account ID → its newest token
	usedUp   map[string]bool     // tokens that have authenticated a request
	failed   map[string]int      // account ID → wrong passwords, in all
	inARow   map[string]int      // account ID → wrong passwords since its last good login
}

func newStore() *store {
	return &store{
		sessions: map[string]*session{}, ended: map[string]bool{}, newest: map[string]string{},
		tokens: map[string]string{}, deleted: map[string]string{}, latest: map[string]string{}, usedUp: map[string]bool{},
		failed: map[string]int{}, inARow: map[string]int{},
	}
}

func (st *store) open(id, owner, second string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.opened++
	st.sessions[id] = &session{owner: owner, second: second, opened: st.opened}
	st.newest[owner] = id
}

// use returns the session, counts the use, and says whether it was used before; nil where it does not live.
func (st *store) use(id string) (s *session, before bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	s = st.sessions[id]
	if s == nil {
		return nil, false
	}
	before, s.used = s.used, true
	return s, before
}

// lives says whether the session lives, without using it.
func (st *store) lives(id string) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.sessions[id] != nil
}

// end ends the session; false where it does not live.
func (st *store) end(id string) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.sessions[id] == nil {
		return false
	}
	delete(st.sessions, id)
	st.ended[id] = true
	return true
}

func (st *store) hasEnded(id string) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.ended[id]
}

// secondOf returns the value of the session's second cookie; empty where it does not live.
func (st *store) secondOf(id string) string {
	st.mu.Lock()
	defer st.mu.Unlock()
	if s := st.sessions[id]; s != nil {
		return s.second
	}
	return ""
}

// keepNewest ends all sessions of an account but the newest few.
func (st *store) keepNewest(owner string, few int) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for {
		eldest, live := "", 0
		for id, s := range st.sessions {
			if s.owner != owner {
				continue
			}
			live++
			if eldest == "" || s.opened < st.sessions[eldest].opened {
				eldest = id
			}
		}
		if live <= few {
			return
		}
		delete(st.sessions, eldest)
		st.ended[eldest] = true
	}
}

// endAllOf ends all sessions of an account.
func (st *store) endAllOf(owner string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for id, s := range st.sessions {
		if s.owner == owner {
			delete(st.sessions, id)
			st.ended[id] = true
		}
	}
}

// newestOf returns the ID of the account's newest session, where it still lives.
func (st *store) newestOf(owner string) (id string, lives bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	id = st.newest[owner]
	return id, st.sessions[id] != nil
}

// newUUID returns a random UUID of version 4.
func newUUID() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails: see crypto/rand
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return formUUID(b)
}

func formUUID(b []byte) string {
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
