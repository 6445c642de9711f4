package sdm

import (
	"net/http"

	"session-conformance/support/reference"
)

// bodyLimit is the longest body that the server reads, in bytes.
const bodyLimit = 64 << 10

// call is one of the calls that the server offers.
type call string

const (
	login      call = "login"
	logout     call = "logout"
	serverInfo call = "serverInfo"
)

// turn is one request on its way through the server: what it asks, what is decided, what is answered.
type turn struct {
	*Server
	r    *http.Request
	call call

	body    []byte
	tooLong bool
	sent    form   // of a login's body by its Content-Type, "" for any that the server does not take
	wanted  string // the media type that the answer shall have, "" if Accept allows none
	given   credentials
	account Account // that the credentials name

	why     reason // it is refused
	detail  string // added to a refusal's message
	session *session
	goesOn  bool // a logout leaves the session alive

	fields []field // of a login's answer
	text   string  // of a login's answer
	reply
}

// reply is an answer before it is written.
type reply struct {
	status  int
	header  http.Header
	cookies []*cookie
	label   string // the Content-Type, "" for none
	content []byte
	fatal   bool // there is none: the connection ends
}

type cookie = reference.Cookie

// set adds a header field to the answer.
func (r *reply) set(name, value string) {
	if r.header == nil {
		r.header = http.Header{}
	}
	r.header.Set(name, value)
}

// say makes the answer; an empty label leaves the Content-Type out.
func (r *reply) say(status int, label, content string) {
	r.status, r.label, r.content = status, label, []byte(content)
}

func (r *reply) write(w http.ResponseWriter) {
	for name, values := range r.header {
		w.Header()[name] = values
	}
	for _, c := range r.cookies {
		w.Header().Add("Set-Cookie", c.String())
	}
	w.Header()["Content-Type"] = nil // which net/http would otherwise guess
	if r.label != "" {
		w.Header().Set("Content-Type", r.label)
	}
	w.WriteHeader(r.status)
	if r.status != http.StatusNoContent {
		w.Write(r.content)
	}
}
