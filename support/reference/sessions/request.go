package sessions

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"
)

// longestBody is more than any login needs, in bytes.
const longestBody = 64 << 10

// readBody reads a request's body, or says why it cannot be read.
func readBody(r *http.Request) ([]byte, why) {
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, longestBody))
	if err != nil {
		return nil, tooLong
	}
	return raw, good
}

// object reads a body as a JSON object, or says why it is none.
func object(r *http.Request, raw []byte) (map[string]any, why) {
	if len(raw) == 0 {
		return nil, emptyBody
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, otherType
	}
	var value any
	if !utf8.Valid(raw) || json.Unmarshal(raw, &value) != nil {
		return nil, malformed
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, wrongTypes
	}
	return fields, good
}

// text reads one field that must be a text. There says whether it is present and not null.
func text(object map[string]any, name string) (value string, there, isText bool) {
	raw := object[name]
	if raw == nil {
		return "", false, true
	}
	value, isText = raw.(string)
	return value, true, isText
}
