package saymon

import (
	"crypto/rand"
	"encoding/binary"
	"net/http"
	"strings"
)

// openSession opens a session of the account and returns its ID.
func (s *Server) openSession(a Account, by way) string {
	a = s.ownerOfSession(a, by)
	if id, lives := s.store.newestOf(a.ID); lives && (s.with.Has("session-reused") || s.with.Has("session-reused-by-"+string(by))) {
		return id
	}
	if id, lives := s.store.newestOf(everybody); lives && s.with.Has("session-shared") {
		return id
	}
	if s.with.Has("new-login-ends-earlier") {
		s.store.endAllOf(a.ID)
	}
	id := s.newSessionID()
	if s.with.Has("session-dead") || s.with.Has("session-dead-by-"+string(by)) {
		return id
	}
	owner := a.ID
	if s.with.Has("session-shared") {
		owner = everybody
	}
	s.store.open(id, owner, newUUID())
	if s.with.Has("two-sessions-a-user") {
		s.store.keepNewest(owner, 2)
	}
	return id
}

// everybody owns the one session of the fault session-shared; it stands for the first account.
const everybody = "everybody"

// ownerOfSession returns whose session a login opens: the account's own, but for the faults.
func (s *Server) ownerOfSession(a Account, by way) Account {
	switch {
	case s.with.Has("session-of-other-user-by-" + string(by)):
		return s.other(a)
	case s.with.Has("session-of-first-account"):
		return s.config.User
	}
	return a
}

// newSessionID returns a random UUID, or an ID of the form that a fault or variant gives it.
func (s *Server) newSessionID() string {
	id := newUUID()
	switch {
	case s.with.Has("session-id-without-hyphens"):
		return strings.ReplaceAll(id, "-", "")
	case s.with.Has("session-id-with-prefix"):
		return "sess-" + id
	case s.with.Has("session-id-decimal"):
		return decimal()
	case s.with.Has("session-id-shortened"):
		return id[:len(id)-1]
	case s.with.Has("session-id-upper-case"):
		return strings.ToUpper(id)
	case s.with.Has("session-id-version-7"):
		return s.uuidOfNow()
	}
	return id
}

// decimal returns 36 random decimal digits.
func decimal() string {
	b := make([]byte, 36)
	rand.Read(b)
	for i := range b {
		b[i] = '1' + b[i]%9
	}
	return string(b)
}

// uuidOfNow returns a UUID of version 7, which begins with the time.
func (s *Server) uuidOfNow() string {
	b := make([]byte, 16)
	rand.Read(b)
	var time [8]byte
	binary.BigEndian.PutUint64(time[:], uint64(s.now().UnixMilli()))
	copy(b, time[2:]) // 48 bits
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	return formUUID(b)
}

// answerSession opens a session and answers with its ID and the sid cookie.
func (s *Server) answerSession(w http.ResponseWriter, r *http.Request, a Account, by way) {
	id := s.openSession(a, by)
	s.setCookies(w, r, id, by)
	status := s.sessionStatus(by)
	if status == http.StatusFound {
		w.Header().Set("Location", "/")
	}
	s.writeSessionID(w, status, id, by)
}

// sessionStatus is 200 where nothing is peculiar.
func (s *Server) sessionStatus(by way) int {
	switch {
	case s.with.Has("login-redirected") && by == byLogin:
		return http.StatusFound
	case s.with.Has("session-answered-500-by-" + string(by)):
		return http.StatusInternalServerError
	case s.with.Has("session-answered-201"):
		return http.StatusCreated
	case s.with.Has("session-answered-202"):
		return http.StatusAccepted
	}
	return http.StatusOK
}

// writeSessionID answers with the session ID as a JSON string.
func (s *Server) writeSessionID(w http.ResponseWriter, status int, id string, by way) {
	if s.with.Has("session-id-empty") || s.with.Has("session-id-empty-by-"+string(by)) {
		id = ""
	}
	body := compact(id)
	switch {
	case s.with.Has("session-id-unquoted"), s.with.Has("session-id-unquoted-by-" + string(by)):
		body = id
	case s.with.Has("session-id-single-quoted"):
		body = "'" + id + "'"
	case s.with.Has("session-id-in-object"):
		body = compact(map[string]string{"sid": id})
	case s.with.Has("session-id-in-array"):
		body = compact([]string{id})
	case s.with.Has("session-id-followed-by-text"):
		body += " created"
	case s.with.Has("session-id-after-text"):
		body = "sid=" + body
	case s.with.Has("session-id-twice"):
		body += "\n" + body
	case s.with.Has("session-id-after-no-break-space"):
		body = "\u00a0" + body
	case s.with.Has("session-id-half-quoted"):
		body = body[:len(body)-1]
	case s.with.Has("session-body-empty"):
		body = ""
	case s.with.Has("session-body-null"):
		body = "null"
	case s.with.Has("session-body-true"):
		body = "true"
	case s.with.Has("session-id-in-white-space"):
		body = "\r\n\t " + body + " \n"
	}
	write(w, status, s.media(), body)
}

// media returns the media type of the answers that hold an ID: no document states it.
func (s *Server) media() string {
	switch {
	case s.with.Has("answers-as-plain-text"):
		return "text/plain; charset=utf-8"
	case s.with.Has("answers-as-html"):
		return "text/html"
	case s.with.Has("answers-with-charset"):
		return `Application/JSON;charset="utf-8"`
	}
	return "application/json"
}
