package saymon

import (
	"net/http"
	"regexp"
)

var uuidForm = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// answerUser answers with what the server tells about a user. No document states its form.
func (s *Server) answerUser(w http.ResponseWriter, a Account) {
	u := user{ID: a.ID, Login: a.Login, Email: a.Email, Name: "Reference " + a.Login, Permissions: []string{}}
	if a.ManageUsers {
		u.Permissions = append(u.Permissions, "manage-users")
	}
	switch {
	case s.with.Has("current-user-always-second-account"):
		u.ID, u.Login, u.Email = s.config.OtherUser.ID, s.config.OtherUser.Login, s.config.OtherUser.Email
	case s.with.Has("current-user-has-id-of-other"):
		u.ID = s.other(a).ID
	case s.with.Has("current-user-has-login-of-other"):
		u.Login = s.other(a).Login
	case s.with.Has("current-user-without-id"):
		u.ID = ""
	case s.with.Has("current-user-without-login"):
		u.Login = ""
	}
	s.writeUser(w, u)
}

func (s *Server) writeUser(w http.ResponseWriter, u user) {
	switch {
	case s.with.Has("current-user-answered-500"):
		writeJSON(w, http.StatusInternalServerError, failure{Code: "INTERNAL", Message: "Something went wrong."})
	case s.with.Has("current-user-redirected"):
		w.Header().Set("Location", "/login")
		write(w, http.StatusFound, "text/html", "")
	case s.with.Has("current-user-in-array"):
		writeJSON(w, http.StatusOK, []user{u})
	case s.with.Has("current-user-in-envelope"):
		writeJSON(w, http.StatusOK, map[string]user{"user": u})
	case s.with.Has("current-user-id-a-number"):
		writeJSON(w, http.StatusOK, map[string]any{"id": 17, "login": u.Login})
	case s.with.Has("current-user-login-a-list"):
		writeJSON(w, http.StatusOK, map[string]any{"id": u.ID, "login": []string{u.Login}})
	case s.with.Has("current-user-answered-204"):
		w.WriteHeader(http.StatusNoContent)
	case s.with.Has("current-user-as-text"):
		write(w, http.StatusOK, "text/plain", "logged in")
	case s.with.Has("current-user-answered-206"):
		writeJSON(w, http.StatusPartialContent, u)
	case s.with.Has("current-user-indented"):
		write(w, http.StatusOK, "application/json; charset=utf-8", "{\n  \"extra\": {\"id\": 1, \"login\": null},\n  \"login\": "+
			compact(u.Login)+",\n  \"id\": "+compact(u.ID)+"\n}\n")
	default:
		writeJSON(w, http.StatusOK, u)
	}
}
