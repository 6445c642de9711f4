package target

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/gjson"
)

// Whether a setting is secret is said once, where it is declared, by the tag `secret`:
//
//	secret:"yes"       it is hidden wherever it may stand
//	secret:"no"        it may be shown
//	secret:"no,word"   it may be shown, and answers name it for what it is: a login
//	secret:"no,local"  it may be shown, but says something of this machine: evidence leaves it out
//	secret:"yes,but=login id"  of a map: yes, but for the values of these keys, which are words
//
// A text without the tag fails the tests, and counts as secret meanwhile.

// Setting is one that targets.yaml may declare.
type Setting struct {
	API    string // the one that alone has it; empty: all
	Says   string // what it is
	Path   string // the keys that lead to it in a target: user.password
	Secret bool
	Word   bool                // answers name it
	Local  bool                // it is of this machine
	But    []string            // keys of a map whose values are no secret
	Unsaid bool                // it is a text, and its tag is absent
	inner  bool                // it holds other settings
	text   bool                // it is one text
	posted bool                // it is a body that is posted as it stands
	form   func(string) string // what is wrong with its text; nil: any text will do
}

// Settings are all settings of a target, in the order of their declaration.
var Settings = sync.OnceValue(func() []Setting {
	var all []Setting
	declared(reflect.TypeFor[Target](), "", func(s Setting) { all = append(all, s) })
	return append(all, ownSettings()...)
})

// keyOf is the key under which targets.yaml has a field.
func keyOf(field reflect.StructField) string {
	key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return key
}

// declared shows the settings of a type. What only an API has, the API declares.
func declared(of reflect.Type, before string, visit func(Setting)) {
	for i := range of.NumField() {
		field := of.Field(i)
		key := keyOf(field)
		if key == "-" {
			continue
		}
		tag, said := field.Tag.Lookup("secret")
		words := strings.Split(tag, ",")
		s := Setting{Path: before + key, Says: field.Tag.Get("jsonschema_description"), Secret: words[0] == "yes",
			Word:  slices.Contains(words, "word"),
			Local: slices.Contains(words, "local")}
		for _, word := range words {
			if keys, ok := strings.CutPrefix(word, "but="); ok {
				s.But = strings.Fields(keys)
			}
		}
		kind := field.Type
		for kind.Kind() == reflect.Pointer || kind.Kind() == reflect.Slice {
			kind = kind.Elem()
		}
		switch kind.Kind() {
		case reflect.Struct:
			s.inner = true
			visit(s)
			declared(kind, s.Path+".", visit)
			continue
		case reflect.String, reflect.Map, reflect.Interface:
			if s.Unsaid = !said || words[0] != "yes" && words[0] != "no"; s.Unsaid {
				s.Secret = true
			}
			s.inner = kind.Kind() == reflect.Map
			s.text = field.Type.Kind() == reflect.String && before == ""
			s.posted = kind == reflect.TypeFor[map[string]any]()
		}
		visit(s)
	}
}

// settingAt finds a setting by its path. What is secret to one API is treated so in all.
var settingAt = sync.OnceValue(func() map[string]Setting {
	all := map[string]Setting{}
	for _, s := range Settings() {
		if !all[s.Path].Secret {
			all[s.Path] = s
		}
	}
	return all
})

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
		_, declared := settingAt()[path]
		switch {
		case v.IsObject(), v.IsArray():
			v.ForEach(func(k, inner gjson.Result) bool {
				if v.IsArray() {
					walk(inner, path, key, s)
					return true
				}
				below, of := strings.TrimPrefix(path+"."+k.String(), "."), s
				if known, is := settingAt()[below]; is {
					of = known
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
	for path, s := range settingAt() {
		if s.Secret || s.Local {
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

// mayShow says whether errors may show the value under the keys of a file, such as targets.user.login.
func mayShow(path string) bool {
	inner, ok := strings.CutPrefix(path, "targets.")
	s, known := settingAt()[inner]
	return ok && known && !s.Secret && !s.inner
}

// container says whether keys belong under the keys of a file.
func container(path string) bool {
	inner, ok := strings.CutPrefix(path, "targets.")
	return path == "" || path == "targets" || ok && settingAt()[inner].inner
}

// posted says whether the keys of a file lead into a body that is posted as it stands.
func posted(path string) bool {
	inner, ok := strings.CutPrefix(path, "targets.")
	first, _, _ := strings.Cut(inner, ".")
	return ok && settingAt()[first].posted
}
