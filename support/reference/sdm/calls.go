package sdm

import (
	"fmt"
	"net/http"
	"strings"
)

// serverInfo tells about the server to whoever has a session: 200, or 401 without one.
func (s *Server) serverInfo(w http.ResponseWriter, r *http.Request) {
	found, why := s.findCarelessly(r)
	if why == fine {
		why = s.deadAfterAll(w, r, found)
	}
	if why != fine {
		s.refuse(w, r, refusal{reason: why})
		return
	}
	switch {
	case s.with.Has("session-redirects"):
		http.Redirect(w, r, "/login.html", http.StatusFound)
		return
	case s.with.Has("session-answers-500"):
		http.Error(w, "cannot tell", http.StatusInternalServerError)
		return
	case s.with.Has("session-answers-403"):
		http.Error(w, "not yours", http.StatusForbidden)
		return
	case s.with.Has("every-answer-sets-cookie"):
		s.setCookies(w, r, found)
	}
	if s.with.Has("probe-204") {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	switch wanted := s.wantedType(r, ""); formOf(wanted) {
	case asXML:
		setLabel(w, wanted)
		fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><serverInfo><version>%s</version></serverInfo>`,
			escaped(s.config.ServerInfo))
	case asJSON:
		setLabel(w, wanted)
		fmt.Fprintf(w, `{"version":%s}`, quoted(s.config.ServerInfo))
	default:
		s.refuse(w, r, refusal{reason: notAcceptable})
	}
}

// deadAfterAll says why a server does not keep to the session that it opened. Only faults do so.
func (s *Server) deadAfterAll(w http.ResponseWriter, r *http.Request, found *session) reason {
	_, _, basic := r.BasicAuth()
	switch {
	case s.with.Has("session-dead"),
		s.with.Has("xml-session-dead") && found.by == asXML,
		s.with.Has("json-session-dead") && found.by == asJSON,
		s.with.Has("session-needs-header") && r.Header.Get("X-Session-Id") != found.id,
		s.with.Has("session-needs-password-too") && !basic:
		return invented
	case s.with.Has("session-used-up-by-one-call") && s.spend(found):
		return invented
	case s.with.Has("session-renewed-dead"):
		if s.spend(found) {
			return invented
		}
		s.setAnonymousCookie(w)
	}
	return fine
}

// logout ends the session: 204 without content, or 401 without a session.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if s.with.Has("logout-unknown") {
		http.NotFound(w, r)
		return
	}
	found, why := s.find(r)
	if why != fine {
		s.refuse(w, r, refusal{reason: nothingToEnd})
		return
	}
	switch {
	case s.with.Has("logout-ends-nothing"):
	case s.with.Has("logout-clears-cookie-only"):
		s.clearCookie(w)
	default:
		s.end(found.id)
	}
	if s.with.Has("logout-clears-cookie") {
		s.clearCookie(w)
	}
	switch {
	case s.with.Has("logout-500"):
		w.WriteHeader(http.StatusInternalServerError)
	case s.with.Has("logout-302"):
		http.Redirect(w, r, "/login.html", http.StatusFound)
	case s.with.Has("logout-201"):
		w.WriteHeader(http.StatusCreated)
	case s.with.Has("logout-200"):
		w.WriteHeader(http.StatusOK)
	case s.with.Has("logout-200-with-text"):
		fmt.Fprintln(w, "bye")
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// clearCookie tells the client to forget its cookie.
func (s *Server) clearCookie(w http.ResponseWriter) {
	w.Header().Add("Set-Cookie", strings.Join([]string{s.cookieName() + "=", "Path=/rest", "Max-Age=0"}, "; "))
}
