package saymon

import "net/http"

// logOut answers DELETE /node/api/users/session.
func (s *Server) logOut(w http.ResponseWriter, r *http.Request) {
	sid := sidOf(r)
	if !s.store.lives(sid) {
		s.refuse(w, noSession)
		return
	}
	if !s.with.Has("logout-ends-nothing") {
		s.store.end(sid)
	}
	if !s.with.Has("logout-keeps-cookie") {
		w.Header().Add("Set-Cookie", "sid=; Path=/; Max-Age=0; HttpOnly")
	}
	switch {
	case s.with.Has("logout-answered-500"):
		w.WriteHeader(http.StatusInternalServerError)
	case s.with.Has("logout-redirected"):
		w.Header().Set("Location", "/login")
		w.WriteHeader(http.StatusFound)
	case s.with.Has("logout-answers-text"):
		write(w, http.StatusOK, "text/plain", "OK")
	case s.with.Has("logout-answers-json"):
		writeJSON(w, http.StatusOK, map[string]string{})
	case s.with.Has("logout-answered-200"):
		w.WriteHeader(http.StatusOK)
	case s.with.Has("logout-answered-202"):
		w.WriteHeader(http.StatusAccepted)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// verifySession answers GET /node/api/users/session/verify/{sid}.
func (s *Server) verifySession(w http.ResponseWriter, r *http.Request) {
	sid := r.PathValue("sid")
	live := s.store.lives(sid)
	answer := "null"
	if s.with.Has("verify-says-false") {
		answer = "false"
	}
	switch {
	case live:
		answer = s.liveAnswer()
	case s.with.Has("verify-says-true-of-dead"):
		answer = "true"
	case s.store.hasEnded(sid) && s.with.Has("verify-says-true-after-logout"):
		answer = "true"
	case s.with.Has("verify-says-nothing-of-dead"):
		answer = ""
	}
	if s.with.Has("verify-indented") {
		answer = " " + answer + "\n"
	}
	write(w, http.StatusOK, s.media(), answer)
}

func (s *Server) liveAnswer() string {
	switch {
	case s.with.Has("verify-says-null-of-live"):
		return "null"
	case s.with.Has("verify-says-true-in-quotes"):
		return `"true"`
	case s.with.Has("verify-says-true-in-object"):
		return `{"result":true}`
	case s.with.Has("verify-says-one-of-live"):
		return "1"
	}
	return "true"
}

// deleteToken answers DELETE /node/api/users/{id}/auth-token.
func (s *Server) deleteToken(w http.ResponseWriter, r *http.Request) {
	caller, refused := s.caller(r)
	var owner Account
	if refused == nil {
		owner, refused = s.target(caller, r.PathValue("id"))
	}
	if refused != nil {
		s.refuse(w, *refused)
		return
	}
	if s.store.latestToken(owner.ID) == "" {
		s.refuse(w, noTokenToDelete)
		return
	}
	if !s.with.Has("token-deletion-ends-nothing") {
		s.store.deleteTokens(owner.ID)
	}
	switch {
	case s.with.Has("token-deletion-answered-500"):
		w.WriteHeader(http.StatusInternalServerError)
	case s.with.Has("token-deletion-answered-200"):
		writeJSON(w, http.StatusOK, map[string]bool{"deleted": true})
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}
