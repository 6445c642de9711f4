package sdm

import (
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
)

// refusal is everything about a request that is refused.
type refusal struct {
	reason reason
	sent   form        // of the login's body; "" of other calls
	given  credentials // what was read before the refusal
	detail string      // added to the message
}

// refuse answers a request that is refused.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, why refusal) {
	if why.reason == externalEntity && s.with.Has("external-entity-fatal") ||
		why.reason == entityBomb && s.with.Has("entity-bomb-fatal") {
		panic(http.ErrAbortHandler) // as if the process had died: the connection ends without an answer
	}
	status := s.refusalStatus(why)
	message := refusals[why.reason].message
	if why.detail != "" {
		message += " Read: " + why.detail
	}
	if s.with.Has("password-in-refusal") && why.given.password != nil {
		message += " Given: " + *why.given.password
	}
	if status == http.StatusFound {
		w.Header().Set("Location", "/login.html")
	}
	if s.with.Has("challenge-with-401") && status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="SDM"`)
	}
	if s.with.Has("refusal-sets-dead-cookie") {
		s.setAnonymousCookie(w)
	}
	s.rememberPassword(w, why.given)
	if s.opensAllTheSame(why.reason) {
		s.setCookies(w, r, s.open(s.config.User, why.sent))
	}
	if why.reason == wrongPassword && s.with.Has("wrong-password-session-in-body") {
		setLabel(w, "application/json")
		w.WriteHeader(status)
		w.Write(s.jsonDocument(s.answer(s.open(s.config.User, why.sent))))
		return
	}
	s.writeRefusal(w, r, why.sent, status, message)
}

// writeRefusal writes status and message in the form that was asked for. No document says how a refusal looks.
func (s *Server) writeRefusal(w http.ResponseWriter, r *http.Request, sent form, status int, message string) {
	wanted := formOf(s.wantedType(r, sent))
	switch {
	case status == http.StatusNoContent, s.with.Has("refusals-empty"):
		w.WriteHeader(status)
		return
	case s.with.Has("refusals-as-text"):
		wanted = ""
	case s.with.Has("refusals-as-json"):
		wanted = asJSON
	case s.with.Has("refusals-as-html"):
		setLabel(w, "text/html;charset=utf-8")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<!doctype html><html><head><title>HTTP Status %d</title></head><body><h1>HTTP Status %d</h1><p>%s<br>"+
			"</body></html>", status, status, html.EscapeString(message))
		return
	}
	switch wanted {
	case asXML:
		setLabel(w, "application/xml")
		w.WriteHeader(status)
		fmt.Fprintf(w, "%s<error><code>%d</code><message>%s</message></error>", xml.Header, status, escaped(message))
	case asJSON:
		setLabel(w, "application/json")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"code": %d, "message": %s}`, status, quoted(message))
	default:
		setLabel(w, "text/plain; charset=utf-8")
		w.WriteHeader(status)
		fmt.Fprintln(w, message)
	}
}

// opensAllTheSame says whether the refused login opens a session nevertheless.
func (s *Server) opensAllTheSame(why reason) bool {
	switch why {
	case wrongPassword:
		return s.with.Has("wrong-password-opens-session")
	case unknownUser:
		return s.with.Has("unknown-user-opens-session")
	case userNameMissing:
		return s.with.Has("user-name-missing-opens-session")
	case passwordMissing:
		return s.with.Has("password-missing-opens-session")
	case passwordEmpty:
		return s.with.Has("password-empty-opens-session")
	case bodyMalformed:
		return s.with.Has("malformed-opens-session")
	case bodyEmpty:
		return s.with.Has("empty-body-opens-session")
	case unknownVersion, versionAlmost:
		return s.with.Has("unknown-version-opens-session")
	}
	return false
}
