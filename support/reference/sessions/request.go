package sessions

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestBody is more than any login needs, in bytes.
const longestBody = 64 << 10

// readObject reads a request's JSON object, or says why it is none.
func (s *Server) readObject(r *http.Request) (map[string]any, why) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, longestBody))
	if err != nil {
		return nil, tooLong
	}
	if s.with.Has("accept-required") && !acceptsJSON(r) {
		return nil, notAcceptable
	}
	if len(body) == 0 {
		return nil, emptyBody
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, otherType
	}
	if s.with.Has("json-escapes-misread") {
		body = misread(body)
	}
	var value any
	if !utf8.Valid(body) || json.Unmarshal(body, &value) != nil {
		return nil, malformed
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, wrongTypes
	}
	return object, good
}

func acceptsJSON(r *http.Request) bool {
	accept := strings.ToLower(strings.Join(r.Header.Values("Accept"), ","))
	return slices.ContainsFunc([]string{"application/json", "application/*", "*/*"}, func(media string) bool {
		return strings.Contains(accept, media)
	})
}

var escapes = regexp.MustCompile(`\\(u[0-9a-fA-F]{4}|.)`)

// misread takes the backslash from each escape of a character beyond ASCII.
func misread(body []byte) []byte {
	return escapes.ReplaceAllFunc(body, func(escape []byte) []byte {
		if escape[1] == 'u' && string(escape[2:4]) != "00" {
			return escape[1:]
		}
		return escape
	})
}

// text reads one field that must be a text. There says whether it is present and not null.
func text(object map[string]any, name string) (value string, there bool, ok bool) {
	raw := object[name]
	if raw == nil {
		return "", false, true
	}
	value, ok = raw.(string)
	return value, true, ok
}

// hasOthers says whether an object has other fields than the named ones.
func hasOthers(object map[string]any, names ...string) bool {
	for name := range object {
		if !slices.Contains(names, name) {
			return true
		}
	}
	return false
}
