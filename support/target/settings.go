package target

import (
	"reflect"
	"slices"
	"strings"
	"sync"
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
	API      string // the one that alone has it; empty: all
	Says     string // what it is
	Path     string // the keys that lead to it in a target: user.password
	Secret   bool
	Word     bool                // answers name it
	Local    bool                // it is of this machine
	But      []string            // keys of a map whose values are no secret
	Unsaid   bool                // it is a text, and its tag is absent
	of       reflect.Type        // what its field holds; of a pointer or a list what those hold
	list     bool                // it is a list of them
	required bool                // each target has it, or what it stands in
	form     func(string) string // what is wrong with its text; nil: any text will do
}

// inner says whether it holds keys.
func (s Setting) inner() bool {
	return s.of != nil && (s.of.Kind() == reflect.Struct || s.of.Kind() == reflect.Map)
}

// posted says whether it is a body that is posted as it stands.
func (s Setting) posted() bool { return s.of == reflect.TypeFor[map[string]any]() }

// key is the last one of its path.
func (s Setting) key() string { return s.Path[strings.LastIndexByte(s.Path, '.')+1:] }

// Settings are all settings of a target, in the order of their declaration.
var Settings = sync.OnceValue(func() []Setting {
	all := declared(reflect.TypeFor[Target](), "")
	for i, s := range all {
		if all[i].form = forms[s.Path]; all[i].form == nil {
			all[i].form = Of(s.API).Forms[s.Path].Wrong
		}
	}
	return all
})

// keyOf is the key under which targets.yaml has a field.
func keyOf(field reflect.StructField) string {
	key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return key
}

// declared are the settings of a type. What only an API has, the API declares.
func declared(of reflect.Type, before string) (all []Setting) {
	for i := range of.NumField() {
		field := of.Field(i)
		key := keyOf(field)
		if field.Name == "Own" {
			for _, api := range declaredAPIs {
				if api.Own == nil {
					continue
				}
				for _, s := range declared(reflect.TypeOf(api.Own), "") {
					s.API = api.Name
					all = append(all, s)
				}
			}
		}
		if key == "-" {
			continue
		}
		tag, said := field.Tag.Lookup("secret")
		words := strings.Split(tag, ",")
		s := Setting{Path: before + key, Says: field.Tag.Get("jsonschema_description"), Secret: words[0] == "yes",
			Word: slices.Contains(words, "word"), Local: slices.Contains(words, "local"), of: field.Type,
			required: !strings.Contains(field.Tag.Get("json"), ",")}
		for _, word := range words {
			if keys, ok := strings.CutPrefix(word, "but="); ok {
				s.But = strings.Fields(keys)
			}
		}
		for s.of.Kind() == reflect.Pointer || s.of.Kind() == reflect.Slice {
			s.list = s.list || s.of.Kind() == reflect.Slice
			s.of = s.of.Elem()
		}
		switch s.of.Kind() {
		case reflect.String, reflect.Map, reflect.Interface:
			s.Unsaid = !said || words[0] != "yes" && words[0] != "no"
			s.Secret = s.Secret || s.Unsaid
		}
		all = append(all, s)
		if s.of.Kind() == reflect.Struct {
			all = append(all, declared(s.of, s.Path+".")...)
		}
	}
	return all
}

// settingOf finds a setting of the targets of an API by its path. One that is another API's is found too.
func settingOf(api, path string) (found Setting, known bool) {
	for _, s := range settingsAt()[path] {
		if !known || s.API == api {
			found, known = s, true
		}
	}
	return found, known
}

var settingsAt = sync.OnceValue(func() map[string][]Setting {
	all := map[string][]Setting{}
	for _, s := range Settings() {
		all[s.Path] = append(all[s.Path], s)
	}
	return all
})

// settingAt finds a setting by its path. What is secret to one API is treated so in all.
func settingAt(path string) Setting {
	found, _ := settingOf("", path)
	for _, s := range settingsAt()[path] {
		found.Secret = found.Secret || s.Secret
	}
	return found
}

// keysOf are the keys right below each path, which is empty for a target.
var keysOf = sync.OnceValue(func() map[string][]string {
	keys := map[string][]string{theFile: {"targets"}}
	for _, s := range Settings() {
		above := strings.TrimSuffix(strings.TrimSuffix(s.Path, s.key()), ".")
		if !slices.Contains(keys[above], s.key()) {
			keys[above] = append(keys[above], s.key())
		}
	}
	return keys
})

// theFile stands for the path of the file itself.
const theFile = "the file"

// knownWords are the keys of ours, which errors may always show.
var knownWords = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{"targets": true}
	for _, s := range Settings() {
		known[s.key()] = true
	}
	return known
})

// settingUnder is the setting under the keys of a file, such as targets.user.login; without a path where there is none.
func settingUnder(path string) Setting {
	inner, ok := strings.CutPrefix(path, "targets.")
	if !ok {
		return Setting{}
	}
	return settingAt(inner)
}

// mayShow says whether errors may show the value under the keys of a file.
func mayShow(path string) bool {
	s := settingUnder(path)
	return s.Path != "" && !s.Secret && !s.inner()
}

// container says whether keys belong under the keys of a file.
func container(path string) bool {
	return path == "" || path == "targets" || settingUnder(path).inner()
}

// posted says whether the keys of a file lead into a body that is posted as it stands.
func posted(path string) bool {
	inner, ok := strings.CutPrefix(path, "targets.")
	first, _, _ := strings.Cut(inner, ".")
	return ok && settingAt(first).posted()
}
