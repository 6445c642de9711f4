package saymon

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"
)

// maxBody is the longest body that the server reads, in bytes.
const maxBody = 1 << 20

// fields is the JSON object of a request. Names are compared as they stand; encoding/json would ignore their case.
type fields map[string]json.RawMessage

var errNotString = errors.New("not a string")

func (f fields) has(name string) bool { _, ok := f[name]; return ok }

// text returns a field that must be a string; empty where it is absent.
func (f fields) text(name string) (string, error) {
	raw, ok := f[name]
	if !ok {
		return "", nil
	}
	var text *string
	if json.Unmarshal(raw, &text) != nil || text == nil {
		return "", errNotString
	}
	return *text, nil
}

// null says that a field is there and null.
func (f fields) null(name string) bool { return string(f[name]) == "null" }

// object returns a field that must be an object; false where it is none.
func (f fields) object(name string) (fields, bool) {
	var inner fields
	err := json.Unmarshal(f[name], &inner)
	return inner, err == nil && inner != nil
}

// readFields reads the body of a request as a JSON object; a refusal where it is none.
func (s *Server) readFields(w http.ResponseWriter, r *http.Request) (fields, *refusal) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, &refusal{"other-media-type", http.StatusUnsupportedMediaType, "WRONG_MEDIA_TYPE", "The body must be application/json."}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, &refusal{"unreadable-body", http.StatusRequestEntityTooLarge, "UNREADABLE", "The body is too long or ended early."}
	}
	body, refused := s.misread(r, body)
	if refused != nil {
		return nil, refused
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, &refusal{"empty-body", http.StatusBadRequest, "EMPTY_BODY", "The body is empty."}
	}
	if !json.Valid(body) || !utf8.Valid(body) {
		return nil, &refusal{"malformed-json", http.StatusBadRequest, "MALFORMED_JSON", "The body is not well-formed JSON."}
	}
	var f fields
	if json.Unmarshal(body, &f) != nil || f == nil {
		return nil, &wrongTypes
	}
	return f, nil
}

// misread reads the body as the faults of reading do; without them it returns the body as it is.
func (s *Server) misread(r *http.Request, body []byte) ([]byte, *refusal) {
	chunked := len(r.TransferEncoding) > 0
	cannot := func(status int, message string) ([]byte, *refusal) {
		return nil, &refusal{"unsupported-body", status, "UNSUPPORTED_BODY", message}
	}
	switch {
	case chunked && s.with.Has("chunked-body-refused"):
		return cannot(http.StatusLengthRequired, "The body needs a length.")
	case chunked && s.with.Has("chunked-body-ignored"):
		return nil, nil
	case s.with.Has("escapes-not-decoded"):
		return bytes.ReplaceAll(body, []byte(`\u`), []byte(`\\u`)), nil
	case s.with.Has("utf-8-body-refused") && bytes.ContainsFunc(body, func(c rune) bool { return c > 0x7f }):
		return cannot(http.StatusBadRequest, "The body must be ASCII.")
	case s.with.Has("indented-body-refused") && bytes.Contains(bytes.TrimSpace(body), []byte("\n")):
		return cannot(http.StatusBadRequest, "The body must be one line.")
	case s.with.Has("final-line-end-refused") && bytes.HasSuffix(body, []byte("\n")):
		return cannot(http.StatusBadRequest, "The body must end with its JSON.")
	}
	return body, nil
}
