package saymon

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// failure is the JSON of a refusal.
type failure struct {
	Code    any    `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
	Request string `json:"request,omitempty"` // only for the variant errors-with-request-id
}

// writeError answers with code and message.
func (s *Server) writeError(w http.ResponseWriter, status int, ref refusal) {
	f := failure{Code: ref.code, Message: ref.message}
	switch {
	case s.with.Has("errors-without-code"):
		f.Code = nil
	case s.with.Has("errors-without-message"):
		f.Message = ""
	case s.with.Has("error-code-a-number"):
		f.Code = status
	case s.with.Has("errors-in-array"):
		writeJSON(w, status, []failure{f})
		return
	case s.with.Has("errors-with-request-id"):
		f.Request = newUUID()
	case s.with.Has("errors-indented"):
		write(w, status, "application/json", "{\n  \"message\": \""+ref.message+"\",\n  \"code\": \""+ref.code+"\"\n}\n")
		return
	case s.with.Has("errors-as-text"):
		write(w, status, "text/plain; charset=utf-8", ref.message+"\n")
		return
	case s.with.Has("errors-as-html"):
		write(w, status, "text/html; charset=utf-8", "<!DOCTYPE html><title>Error</title><h1>"+ref.message+"</h1>")
		return
	case s.with.Has("errors-empty"):
		w.WriteHeader(status)
		return
	}
	writeJSON(w, status, f)
}

// writeJSON answers with a value as compact JSON.
func writeJSON(w http.ResponseWriter, status int, value any) {
	write(w, status, "application/json", compact(value))
}

// compact returns a value as JSON on one line. The values are strings, maps and structs of strings: nothing can fail.
func compact(value any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic("JSON of an answer: " + err.Error())
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func write(w http.ResponseWriter, status int, media, body string) {
	w.Header().Set("Content-Type", media)
	w.WriteHeader(status)
	io.WriteString(w, body) // a client that went away needs no answer
}
