package sdm

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"unicode/utf8"
)

// readJSON takes the credentials from {"userName": "…", "password": "…"}. Both are strings, without exception.
func (s *Server) readJSON(body []byte) (credentials, reason) {
	if s.with.Has("json-read-as-latin-1") {
		body = latin1(body)
	}
	var value any
	d := json.NewDecoder(bytes.NewReader(body))
	if err := d.Decode(&value); err != nil || !utf8.Valid(body) {
		return s.malformedJSON(body)
	}
	if _, err := d.Token(); err != io.EOF { // something follows
		return s.malformedJSON(body)
	}
	fields, isObject := value.(map[string]any)
	if !isObject {
		return credentials{}, wrongRoot
	}
	var given credentials
	for name, v := range fields {
		text, isText := v.(string)
		switch {
		case name != "userName" && name != "password":
			if s.with.Has("unknown-fields-refused") {
				return credentials{}, wrongRoot
			}
		case !isText && v != nil:
			return credentials{}, bodyMalformed
		case !isText: // null is as good as absent
		case name == "userName":
			given.userName = &text
		default:
			given.password = &text
		}
	}
	if s.with.Has("json-escapes-not-decoded") {
		var raw struct{ Password json.RawMessage }
		if json.Unmarshal(body, &raw) == nil && len(raw.Password) > 2 {
			asWritten := string(raw.Password[1 : len(raw.Password)-1])
			given.password = &asWritten
		}
	}
	return given, fine
}

var (
	jsonUserName = regexp.MustCompile(`"userName"\s*:\s*("(?:[^"\\]|\\.)*")`)
	jsonPassword = regexp.MustCompile(`"password"\s*:\s*("(?:[^"\\]|\\.)*")`)
)

// malformedJSON refuses the body, or takes from it what it can where a fault says so.
func (s *Server) malformedJSON(body []byte) (credentials, reason) {
	if !s.with.Has("json-malformed-accepted") {
		return credentials{}, bodyMalformed
	}
	var given credentials
	for _, part := range []struct {
		in *regexp.Regexp
		to **string
	}{{jsonUserName, &given.userName}, {jsonPassword, &given.password}} {
		text := ""
		if m := part.in.FindSubmatch(body); m != nil && json.Unmarshal(m[1], &text) == nil {
			*part.to = &text
		}
	}
	return given, foundOrWrong(given)
}

// foundOrWrong is what a server thinks that looked for credentials in a body which it should not have read.
func foundOrWrong(given credentials) reason {
	if given.userName == nil || given.password == nil {
		return wrongPassword
	}
	return fine
}

// latin1 reads the bytes as ISO-8859-1, whatever they are.
func latin1(body []byte) []byte {
	letters := make([]rune, len(body))
	for i, b := range body {
		letters[i] = rune(b)
	}
	return []byte(string(letters))
}
