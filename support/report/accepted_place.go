package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"session-conformance/support/target"
)

// wellFormed says where a text is no JSON, or says something twice: of two equal keys a reader would take the last one.
func wellFormed(text []byte) error {
	if !utf8.Valid(text) {
		good := bytes.IndexRune(text, utf8.RuneError)
		return fmt.Errorf("%s: it is not UTF-8", lineAndColumn(text, int64(good)))
	}
	if line := target.Unsettled(string(text)); line > 0 {
		return fmt.Errorf("line %d: %s", line, target.UnsettledSays)
	}
	var anything json.RawMessage
	if err := json.Unmarshal(text, &anything); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Errorf("%s: %w", lineAndColumn(text, max(syntax.Offset-1, 0)), err)
		}
		return err
	}
	if key := doubledKey(gjson.ParseBytes(text)); key != nil {
		return fmt.Errorf("%s: the key %q stands here twice", lineAndColumn(text, int64(key.Index+len(key.Raw)-1)),
			short200(key.String()))
	}
	return nil
}

// doubledKey is the first key of valid JSON that its object already has; nil: there is none.
func doubledKey(value gjson.Result) (doubled *gjson.Result) {
	if !value.IsObject() && !value.IsArray() {
		return nil
	}
	seen := map[string]bool{}
	value.ForEach(func(key, inner gjson.Result) bool {
		if value.IsObject() && seen[key.String()] {
			doubled = &key
			return false
		}
		seen[key.String()] = true
		doubled = doubledKey(inner)
		return doubled == nil
	})
	return doubled
}

// place is the line and column of a value in valid JSON. location leads to it by keys and indexes.
func place(text []byte, location []string) string {
	value := gjson.ParseBytes(text)
	for _, step := range location {
		if inner := value.Get(gjson.Escape(step)); inner.Exists() {
			value = inner
		}
	}
	return lineAndColumn(text, int64(value.Index))
}

// lineAndColumn counts lines and characters from 1.
func lineAndColumn(text []byte, at int64) string {
	before := text[:min(max(at, 0), int64(len(text)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("line %d, column %d", line, column)
}
