package saymon

import (
	"net/http"
	"strings"
)

// user is the answer about the current user.
type user struct {
	ID          string   `json:"id,omitempty"`
	Login       string   `json:"login,omitempty"`
	Email       string   `json:"email"`
	Name        string   `json:"name"`
	Permissions []string `json:"permissions"`
	Blocked     bool     `json:"blocked"`
}

// currentUser answers GET /node/api/users/current.
func (s *Server) currentUser(w http.ResponseWriter, r *http.Request) {
	a, refused := s.authenticate(w, r)
	switch {
	case refused == nil:
		s.answerUser(w, a)
	case s.accepts(*refused), *refused == inventedSession && s.with.Has("any-uuid-is-a-session") && uuidForm.MatchString(sidOf(r)):
		s.answerUser(w, s.config.User)
	case *refused == noSession && s.with.Has("no-session-answered-204"):
		w.WriteHeader(http.StatusNoContent)
	default:
		s.refuse(w, *refused)
	}
}

// authenticate returns whose request it is, by the first of api-token, Basic credentials and sid cookie that it has.
func (s *Server) authenticate(w http.ResponseWriter, r *http.Request) (Account, *refusal) {
	if tokens, ok := r.URL.Query()[s.tokenParameter()]; ok {
		return s.whoHasToken(tokens[0])
	}
	if s.with.Has("token-only-in-header") && r.Header.Get("X-Api-Token") != "" {
		return s.whoHasToken(r.Header.Get("X-Api-Token"))
	}
	if login, password, ok := r.BasicAuth(); ok && !s.with.Has("basic-refused-for-current") {
		if a, _, known := s.byName(login); known && s.admits(a, password) {
			return a, nil
		}
		return Account{}, &badBasic
	}
	return s.whoHasSession(w, r)
}

// tokenParameter is api-token but for the faults that expect a token elsewhere.
func (s *Server) tokenParameter() string {
	switch {
	case s.with.Has("token-parameter-renamed"):
		return "api_token"
	case s.with.Has("token-only-in-header"):
		return "no such parameter"
	}
	return "api-token"
}

func (s *Server) whoHasToken(token string) (Account, *refusal) {
	if token == "" && s.with.Has("empty-api-token-accepted") {
		return s.config.User, nil
	}
	owner := s.store.ownerOf(token)
	if owner == "" && s.with.Has("api-token-compared-by-beginning") {
		owner = s.store.ownerOfBeginning(token)
	}
	if owner == "" && s.with.Has("deleted-token-authenticates") {
		owner = s.store.ownerOfDeleted(token)
	}
	a, ok := s.byID(owner)
	if !ok && s.store.ownerOfDeleted(token) != "" {
		return Account{}, &deletedToken
	}
	if !ok || s.with.Has("token-used-up-by-first-request") && s.store.useToken(token) {
		return Account{}, &unknownAPIToken
	}
	return a, nil
}

func (s *Server) whoHasSession(w http.ResponseWriter, r *http.Request) (Account, *refusal) {
	sid := sidOf(r)
	if sid == "" || s.with.Has("session-only-in-header") {
		sid = r.Header.Get("X-Session-Id")
		if sid == "" || !s.with.Has("session-only-in-header") {
			return Account{}, &noSession
		}
	}
	if s.with.Has("session-needs-quotes") || s.with.Has("quoted-sid-accepted") {
		sid = s.unquoted(sid)
	}
	open, before := s.store.use(sid)
	switch {
	case open == nil && s.store.hasEnded(sid):
		return Account{}, &endedSession
	case open == nil:
		return Account{}, &inventedSession
	case before && s.with.Has("session-used-up-by-first-request"):
		return Account{}, &inventedSession
	case s.with.Has("session-renewed-by-every-request"):
		s.store.end(sid)
		sid = newUUID()
		s.store.open(sid, open.owner, open.second)
		w.Header().Add("Set-Cookie", "sid="+sid+"; Path=/; HttpOnly")
	case s.with.Has("session-needs-second-cookie") && cookieOf(r, "csrf") != open.second:
		return Account{}, &inventedSession
	case s.with.Has("cookies-set-anew"):
		w.Header().Add("Set-Cookie", "csrf="+newUUID()+"; Path=/")
		w.Header().Add("Set-Cookie", "sid="+sid+"; Path=/; HttpOnly"+s.secure(r))
	}
	a, ok := s.byID(open.owner)
	if !ok {
		a = s.config.User // owner is everybody
	}
	return a, nil
}

// unquoted strips the quotation marks of a sid. The fault session-needs-quotes accepts none without them.
func (s *Server) unquoted(sid string) string {
	if len(sid) > 2 && strings.HasPrefix(sid, `"`) && strings.HasSuffix(sid, `"`) {
		return sid[1 : len(sid)-1]
	}
	if s.with.Has("session-needs-quotes") {
		return ""
	}
	return sid
}

// sidOf returns the sid cookie as it was sent, with quotation marks if it had them.
func sidOf(r *http.Request) string { return cookieOf(r, "sid") }

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
