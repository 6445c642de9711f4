package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// wellFormed says where a text is no JSON, or says something twice: of two equal keys a reader would take the last one.
func wellFormed(text []byte) error {
	if !utf8.Valid(text) {
		good := 0
		for good < len(text) {
			c, size := utf8.DecodeRune(text[good:])
			if c == utf8.RuneError && size == 1 {
				break
			}
			good += size
		}
		return fmt.Errorf("%s: it is not UTF-8", lineAndColumn(text, int64(good)))
	}
	var anything json.RawMessage
	if err := json.Unmarshal(text, &anything); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Errorf("%s: %w", lineAndColumn(text, max(syntax.Offset-1, 0)), err)
		}
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if key, doubled := doubledKey(decoder); doubled {
		return fmt.Errorf("%s: the key %q stands here twice", lineAndColumn(text, decoder.InputOffset()-1), short200(key))
	}
	return nil
}

// doubledKey reads one value of valid JSON, and stops behind the first key that its object already has.
func doubledKey(decoder *json.Decoder) (key string, doubled bool) {
	token, err := decoder.Token()
	if err != nil {
		return "", false
	}
	seen := map[string]bool{}
	for token == json.Delim('{') && decoder.More() {
		name, _ := decoder.Token()
		key, _ := name.(string)
		if seen[key] {
			return key, true
		}
		seen[key] = true
		if key, doubled := doubledKey(decoder); doubled {
			return key, true
		}
	}
	for token == json.Delim('[') && decoder.More() {
		if key, doubled := doubledKey(decoder); doubled {
			return key, true
		}
	}
	if token == json.Delim('{') || token == json.Delim('[') {
		_, _ = decoder.Token() // its end
	}
	return "", false
}

// place is the line and column of a value in valid JSON. location leads to it by keys and indexes.
func place(text []byte, location []string) string {
	decoder := json.NewDecoder(bytes.NewReader(text))
	for _, step := range location {
		if !enter(decoder, step) {
			break
		}
	}
	// The offset is that of the last token's end. What lies between it and the value are blanks, a colon or a comma.
	at := decoder.InputOffset()
	for at < int64(len(text)) && bytes.IndexByte([]byte(" \t\r\n:,"), text[at]) >= 0 {
		at++
	}
	return lineAndColumn(text, at)
}

// enter goes into the object or array that comes next, up to the value of that key or index.
func enter(decoder *json.Decoder, step string) bool {
	open, err := decoder.Token()
	if err != nil {
		return false
	}
	for i := 0; decoder.More(); i++ {
		key := strconv.Itoa(i)
		if open == json.Delim('{') {
			name, _ := decoder.Token()
			key, _ = name.(string)
		}
		if key == step {
			return true
		}
		var skipped json.RawMessage
		if decoder.Decode(&skipped) != nil {
			return false
		}
	}
	return false
}

// lineAndColumn counts lines and characters from 1.
func lineAndColumn(text []byte, at int64) string {
	before := text[:min(max(at, 0), int64(len(text)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("line %d, column %d", line, column)
}
