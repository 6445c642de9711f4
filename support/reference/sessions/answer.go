package sessions

import (
	"net/http"
	"strings"

	"session-conformance/support/reference"
)

// answer is what a call is answered, before it is written.
type answer struct {
	call        call
	why         why // good, or why it is refused
	status      int
	session     *session // the one that asked or was opened, nil without one
	request     *http.Request
	sent        []byte         // the body of a login
	body        map[string]any // the same, where it is a JSON object
	fields      fields         // nil: no content
	media       string         // of the content, empty: none is named
	mediaAlways bool           // it is named where there is no content, too
	header      map[string]string

	cookie, proof string   // a session's ID and second secret to hand out, empty: none
	attributes    []string // further attributes of that cookie
	cookiesBefore []string
	cookiesAfter  []string

	rewrite func([]byte) []byte // changes the content as it is written
}

// refuse is the answer to a call that is refused.
func refuse(w why) *answer {
	return &answer{why: w, status: refusals[w].status, fields: fields{{"message", refusals[w].message}}}
}

// handOut gives the session's cookie to the caller.
func (a *answer) handOut(ses *session) { a.cookie, a.proof = ses.id(), ses.proof }

// answer lets decide find the answer, under the server's lock, lets the peculiarities have their effects and writes it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, c call, decide func() *answer) {
	s.mu.Lock()
	a := s.first(r, c)
	if a == nil {
		a = decide()
	}
	a.call, a.request, a.media = c, r, "application/json"
	for _, effect := range s.onAnswer[occasion{c, a.why}] {
		effect(s, a)
	}
	s.mu.Unlock()
	s.write(w, a, s.cookieLines(a, r.TLS != nil))
}

// first is the answer that a peculiarity has for a request before it is looked at; nil where none has.
func (s *Server) first(r *http.Request, c call) *answer {
	for _, effect := range s.onRequest {
		if problem := effect(r, c); problem != good {
			return refuse(problem)
		}
	}
	return nil
}

func (s *Server) write(w http.ResponseWriter, a *answer, cookies []string) {
	var content []byte
	if a.fields != nil {
		content = a.fields.json()
	}
	if a.rewrite != nil {
		content = a.rewrite(content)
	}
	header := w.Header()
	for _, line := range cookies {
		header.Add("Set-Cookie", line)
	}
	for name, value := range a.header {
		header.Set(name, value)
	}
	header["Content-Type"] = nil // net/http shall not guess one
	if a.media != "" && (len(content) > 0 || a.mediaAlways) {
		header.Set("Content-Type", a.media)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(content) // a caller who left needs none
}

// field is a name and its value in a JSON object; fields keep their order.
type field struct {
	name  string
	value any
}

type fields []field

// value is that of a field, nil where there is none.
func (f fields) value(name string) any {
	for _, one := range f {
		if one.name == name {
			return one.value
		}
	}
	return nil
}

// json writes the fields as an object.
func (f fields) json() []byte {
	var members []string
	for _, field := range f {
		members = append(members, reference.JSON(field.name)+":"+reference.JSON(field.value))
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}

type cookie = reference.Cookie

// cookieLines are all Set-Cookie headers of an answer, in order.
func (s *Server) cookieLines(a *answer, secure bool) []string {
	lines := a.cookiesBefore
	for _, made := range [][2]string{{s.cookieName, a.cookie}, {s.proofName, a.proof}} {
		if a.cookie == "" || made[0] == "" {
			continue
		}
		c := reference.NewCookie(made[0], made[1], "Path="+BasePath, "Secure", "HttpOnly")
		if !secure {
			c.Lacks("Secure")
		}
		c.Sets(a.attributes...)
		for _, effect := range s.onCookie {
			effect(c)
		}
		lines = append(lines, c.String())
	}
	return append(lines, a.cookiesAfter...)
}

// sessionOf finds the live session that a request names, or says why there is none.
func (s *Server) sessionOf(r *http.Request) (*session, why) {
	named, err := r.Cookie(s.cookieName)
	if err != nil {
		return nil, noSession
	}
	ses := s.live[named.Value]
	for _, effect := range s.onFind {
		if ses == nil && !s.ended[named.Value] {
			ses = effect(s, r, named.Value)
		}
	}
	switch {
	case s.ended[named.Value]:
		return nil, endedSession
	case ses == nil && named.Value == "":
		return nil, noSession
	case ses == nil:
		return nil, inventedSession
	}
	if s.proofName != "" {
		if proof, err := r.Cookie(s.proofName); err != nil || !reference.Same(ses.proof, proof.Value) {
			return nil, inventedSession
		}
	}
	for _, effect := range s.onUse {
		effect(s, ses)
	}
	if s.live[ses.id()] == nil {
		return nil, endedSession
	}
	return ses, good
}
