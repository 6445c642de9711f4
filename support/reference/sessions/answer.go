package sessions

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
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

	cookie, proof string // a session's ID and second secret to hand out, empty: none
	attributes    string // further attributes of that cookie
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

// json writes the fields as an object.
func (f fields) json() []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, field := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(plainJSON(field.name))
		b.WriteByte(':')
		b.Write(plainJSON(field.value))
	}
	b.WriteByte('}')
	return b.Bytes()
}

// plainJSON writes a value without escaping what JSON does not ask to escape.
func plainJSON(value any) []byte {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // only values of this package come here
	}
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}
