package saymon

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"unicode/utf8"

	"session-conformance/support/reference/like"
)

// fields is the JSON object of a request. Names are compared as they stand; encoding/json would ignore their case.
type fields map[string]json.RawMessage

var errNotString = errors.New("not a string")

func (f fields) has(name string) bool { _, ok := f[name]; return ok }

// value returns a field, reference.Absent where it is not there.
func (f fields) value(name string) (value any) {
	if !f.has(name) {
		return like.Missing{}
	}
	_ = json.Unmarshal(f[name], &value) // which parse has seen to be JSON
	return value
}

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

// object returns a field that must be an object; false where it is none.
func (f fields) object(name string) (fields, bool) {
	var inner fields
	err := json.Unmarshal(f[name], &inner)
	return inner, err == nil && inner != nil
}

// parse reads the body as a JSON object.
func (c *call) parse() *refusal {
	if media, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return &otherMediaType
	}
	switch {
	case len(bytes.TrimSpace(c.body)) == 0:
		return &emptyBody
	case !json.Valid(c.body) || !utf8.Valid(c.body):
		return &malformedJSON
	case json.Unmarshal(c.body, &c.fields) != nil || c.fields == nil:
		return &wrongTypes
	}
	return nil
}
