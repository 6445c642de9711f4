package sessions

import (
	"net/http"
	"strings"

	"session-conformance/support/reference"
)

// turn is one call on its way: what it asks, what is decided of it, and what it is answered.
type turn struct {
	*Server
	call    call
	request *http.Request
	sent    []byte           // the body of a login
	body    reference.Fields // the same, where it is a JSON object

	named   *account // whom a login names; nil: nobody whom the server knows
	why     why      // good, or why it is refused
	session *session // the one that asked or was opened, nil without one
	reply
}

// reply is what a call is answered, before it is written.
type reply struct {
	reference.Reply
	fields     fields // of the content; nil: none
	mediaEmpty bool   // the media type is named where there is no content, too

	cookie, proof string   // a session's ID and second secret to hand out, empty: none
	attributes    []string // further attributes of that cookie
	cookiesBefore []string
	cookiesAfter  []string

	rewrite func([]byte) []byte // changes the content as it is written
}

// handle has a call decided, under the server's lock, lets the peculiarities have their effects, and writes the answer.
func (s *Server) handle(c call, decide func(*turn)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		t := &turn{Server: s, call: c, request: r, sent: readBody(r)}
		t.Media = "application/json"
		s.mu.Lock()
		s.Take(requested, t)
		if t.why == good {
			decide(t)
		}
		if t.why != good {
			t.Status, t.fields = t.why.status, message(t.why.message)
		}
		s.Take(answering, t)
		s.mu.Unlock()
		t.write(w)
	}
}

func (t *turn) write(w http.ResponseWriter) {
	if t.fields != nil {
		t.Body = string(t.fields.json())
	}
	if t.rewrite != nil {
		t.Body = string(t.rewrite([]byte(t.Body)))
	}
	if t.Body == "" && !t.mediaEmpty {
		t.Media = ""
	}
	t.SetCookies(t.cookiesBefore...)
	t.setCookie(t.cookieName, t.cookie)
	t.setCookie(t.proofName, t.proof)
	t.SetCookies(t.cookiesAfter...)
	t.Write(w)
}

// setCookie hands out a cookie of a session, where there is one.
func (t *turn) setCookie(name, value string) {
	if t.cookie == "" || name == "" {
		return
	}
	c := reference.NewCookie(name, value, "Path="+BasePath, "Secure", "HttpOnly")
	if t.request.TLS == nil {
		c.Lacks("Secure")
	}
	c.Sets(t.attributes...)
	for _, change := range t.onCookie {
		change(c)
	}
	t.Cookies = append(t.Cookies, c)
}

type cookie = reference.Cookie

// handOut gives the session's cookie to the caller.
func (t *turn) handOut(ses *session) { t.cookie, t.proof = ses.id(), ses.proof }

// field is a name and its value in a JSON object; fields keep their order.
type field struct {
	name  string
	value any
}

type fields []field

// message is the content of a refusal.
func message(text string) fields { return fields{{"message", text}} }

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
