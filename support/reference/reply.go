package reference

import (
	"io"
	"maps"
	"net/http"
)

// Reply is an answer before it is written.
type Reply struct {
	Status  int
	Header  http.Header // fields but for those below; nil: none
	Cookies []*Cookie
	Media   string // the Content-Type; empty: none is named
	Body    string
}

// Set sets a header field.
func (r *Reply) Set(name, value string) {
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set(name, value)
}

// SetCookies sets cookies as they are written in whole lines.
func (r *Reply) SetCookies(lines ...string) {
	for _, line := range lines {
		r.Cookies = append(r.Cookies, NewCookie("", line))
	}
}

// Write sends the answer. A client that went away needs none.
func (r *Reply) Write(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.Header)
	for _, c := range r.Cookies {
		w.Header().Add("Set-Cookie", c.String())
	}
	w.Header()["Content-Type"] = nil // which net/http would otherwise guess
	if r.Media != "" {
		w.Header().Set("Content-Type", r.Media)
	}
	w.WriteHeader(r.Status)
	if r.Status != http.StatusNoContent {
		_, _ = io.WriteString(w, r.Body)
	}
}
