package saymon

import (
	"net/http"
	"strings"
)

// createToken answers POST /node/api/users/{id}/auth-token.
func (s *Server) createToken(w http.ResponseWriter, r *http.Request) {
	caller, refused := s.caller(r)
	if refused != nil && s.leavesToken(w, *refused, s.config.User) {
		return
	}
	if refused != nil && !s.accepts(*refused) {
		w.Header().Set("WWW-Authenticate", `Basic realm="saymon", charset="UTF-8"`)
		s.refuse(w, *refused)
		return
	}
	if refused != nil {
		caller = s.config.User // whom a fault takes the caller for
	}
	if s.with.Has("token-needs-body") && r.ContentLength == 0 {
		s.refuse(w, refusal{"empty-body", http.StatusBadRequest, "EMPTY_BODY", "The body is empty."})
		return
	}
	owner, refused := s.target(caller, r.PathValue("id"))
	switch {
	case refused == nil:
		s.answerToken(w, s.ownerOfToken(owner, caller))
	case s.leavesToken(w, *refused, caller):
	case s.accepts(*refused):
		s.answerToken(w, caller)
	default:
		s.refuse(w, *refused)
	}
}

// leavesToken refuses by the status and yet gives a live token, where a fault says so.
func (s *Server) leavesToken(w http.ResponseWriter, ref refusal, owner Account) bool {
	if !s.with.Has(ref.kind + "-leaves-live-token") {
		return false
	}
	token := s.newToken()
	s.store.addToken(token, owner.ID)
	writeJSON(w, ref.status, map[string]string{"code": ref.code, "message": ref.message, "token": token})
	return true
}

// caller returns whose Basic credentials the request has.
func (s *Server) caller(r *http.Request) (Account, *refusal) {
	login, password, ok := r.BasicAuth()
	if !ok || s.with.Has("basic-refused-for-token") {
		return Account{}, &tokenWithoutCredentials
	}
	a, _, known := s.byName(login)
	if !known || !s.admits(a, password) {
		return Account{}, &tokenWithWrongCredentials
	}
	return a, nil
}

// target returns the user whose token the caller may create or delete.
func (s *Server) target(caller Account, id string) (Account, *refusal) {
	if !caller.ManageUsers {
		return Account{}, &tokenNotPermitted
	}
	a, ok := s.byID(id)
	if !ok {
		return Account{}, &tokenForUnknownUser
	}
	if a.ID != caller.ID && s.with.Has("tokens-for-others-forbidden") {
		return Account{}, &tokenNotPermitted
	}
	return a, nil
}

// ownerOfToken returns whose token is created: that of the user in the path, but for the faults.
func (s *Server) ownerOfToken(owner, caller Account) Account {
	switch {
	case s.with.Has("token-of-caller"):
		return caller
	case s.with.Has("token-of-other-user"):
		return s.other(owner)
	}
	return owner
}

// answerToken creates a token and answers with it as a JSON string.
func (s *Server) answerToken(w http.ResponseWriter, owner Account) {
	token := s.newToken()
	if latest := s.store.latestToken(owner.ID); latest != "" && s.with.Has("token-repeated") {
		token = latest
	}
	if s.with.Has("new-token-replaces-earlier") {
		s.store.deleteTokens(owner.ID)
	}
	if !s.with.Has("token-dead") {
		s.store.addToken(token, owner.ID)
	}
	write(w, s.tokenStatus(), s.media(), s.tokenBody(token))
}

// newToken returns a random UUID, or a token of the form that a fault or variant gives it.
func (s *Server) newToken() string {
	token := newUUID()
	switch {
	case s.with.Has("token-without-hyphens"):
		return strings.ReplaceAll(token, "-", "")
	case s.with.Has("token-with-prefix"):
		return "tok_" + token
	case s.with.Has("token-decimal"):
		return decimal()
	case s.with.Has("token-upper-case"):
		return strings.ToUpper(token)
	}
	return token
}

func (s *Server) tokenStatus() int {
	switch {
	case s.with.Has("token-answered-500"):
		return http.StatusInternalServerError
	case s.with.Has("token-answered-201"):
		return http.StatusCreated
	case s.with.Has("token-answered-202"):
		return http.StatusAccepted
	}
	return http.StatusOK
}

func (s *Server) tokenBody(token string) string {
	body := compact(token)
	switch {
	case s.with.Has("token-empty"):
		return `""`
	case s.with.Has("token-unquoted"):
		return token
	case s.with.Has("token-single-quoted"):
		return "'" + token + "'"
	case s.with.Has("token-in-object"):
		return compact(map[string]string{"token": token})
	case s.with.Has("token-in-array"):
		return compact([]string{token})
	case s.with.Has("token-followed-by-text"):
		return body + ";"
	case s.with.Has("token-body-empty"):
		return ""
	case s.with.Has("token-in-white-space"):
		return "\n\t " + body + "\r\n"
	}
	return body
}
