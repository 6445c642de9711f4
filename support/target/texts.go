package target

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Text is the text of one setting of a target.
type Text struct {
	Path   string // user.password, headers.X-Key, node.inner.serial
	Key    string // the last key of it
	Value  string
	Secret bool
	Word   bool
}

// Texts are the texts of a target's settings that are not empty, and the numbers in what is posted as it stands.
func (t Target) Texts() (all []Text) {
	var walk func(v gjson.Result, path, key string, s Setting)
	walk = func(v gjson.Result, path, key string, s Setting) {
		declared := settingsAt()[path] != nil
		switch {
		case v.IsObject(), v.IsArray():
			v.ForEach(func(k, inner gjson.Result) bool {
				if v.IsArray() {
					walk(inner, path, key, s)
					return true
				}
				below, of := strings.TrimPrefix(path+"."+k.String(), "."), s
				if settingsAt()[below] != nil {
					of = settingAt(below)
				} else if slices.Contains(s.But, k.String()) {
					of.Secret, of.Word = false, true
				}
				walk(inner, below, k.String(), of)
				return true
			})
		case v.Type == gjson.String && v.Str != "", v.Type == gjson.Number && !declared:
			all = append(all, Text{Path: path, Key: key, Value: v.String(), Secret: s.Secret, Word: s.Word})
		}
	}
	text, _ := json.Marshal(t) // it came from a file
	walk(gjson.ParseBytes(text), "", "", Setting{})
	return all
}

// WithoutSecrets is the target as evidence may carry it: without what is secret, and without what is of this machine.
func (t Target) WithoutSecrets() (bare Target) {
	var fields map[string]any
	text, _ := json.Marshal(t) // it came from a file
	_ = unmarshal(text, &fields)
	for path := range settingsAt() {
		if s := settingAt(path); s.Secret || s.Local {
			remove(fields, path)
		}
	}
	text, _ = json.Marshal(fields)
	_ = json.Unmarshal(text, &bare)
	bare.Variables = t.Variables
	return bare
}

// remove removes what lies under the keys of a path.
func remove(fields map[string]any, path string) {
	first, rest, deeper := strings.Cut(path, ".")
	if inner, is := fields[first].(map[string]any); deeper && is {
		remove(inner, rest)
	} else if !deeper {
		delete(fields, first)
	}
}
