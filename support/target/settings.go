package target

import (
	"encoding/json"
	"fmt"
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

// Texts are the texts of a target's settings that are not empty.
func (t Target) Texts() []Text {
	var all []Text
	var walk func(v reflect.Value, path string, s Setting)
	walk = func(v reflect.Value, path string, s Setting) {
		key := path[strings.LastIndexByte(path, '.')+1:]
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem(), path, s)
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), path, s)
			}
		case reflect.Map:
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
			for _, k := range keys {
				within := s
				if slices.Contains(s.But, k.String()) {
					within.Secret, within.Word = false, true
				}
				walk(v.MapIndex(k), path+"."+k.String(), within)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if key := keyOf(v.Type().Field(i)); key != "-" {
					inner := strings.TrimPrefix(path+"."+key, ".")
					walk(v.Field(i), inner, settingAt()[inner])
				}
			}
		case reflect.String:
			if text := v.String(); text != "" {
				all = append(all, Text{Path: path, Key: key, Value: text, Secret: s.Secret, Word: s.Word})
			}
		default:
			if number, ok := v.Interface().(json.Number); ok {
				all = append(all, Text{Path: path, Key: key, Value: number.String(), Secret: s.Secret, Word: s.Word})
			}
		}
	}
	walk(reflect.ValueOf(t), "", Setting{})
	if t.Own != nil {
		walk(reflect.ValueOf(t.Own), "", Setting{})
	}
	return all
}

// WithoutSecrets is the target as evidence may carry it: without what is secret, and without what is of this machine.
func (t Target) WithoutSecrets() Target {
	bare := withoutSecrets(reflect.ValueOf(t), "").Interface().(Target)
	if t.Own != nil {
		bare.Own = withoutSecrets(reflect.ValueOf(t.Own), "").Interface()
	}
	return bare
}

func withoutSecrets(v reflect.Value, path string) reflect.Value {
	bare := reflect.New(v.Type()).Elem()
	for i := range v.NumField() {
		inner := strings.TrimPrefix(path+"."+keyOf(v.Type().Field(i)), ".")
		s, field := settingAt()[inner], v.Field(i)
		switch {
		case s.Secret || s.Local:
		case field.Kind() == reflect.Pointer && !field.IsNil() && field.Elem().Kind() == reflect.Struct:
			kept := reflect.New(field.Type().Elem())
			kept.Elem().Set(withoutSecrets(field.Elem(), inner))
			bare.Field(i).Set(kept)
		case field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Struct && !field.IsNil():
			kept := reflect.MakeSlice(field.Type(), field.Len(), field.Len())
			for k := range field.Len() {
				kept.Index(k).Set(withoutSecrets(field.Index(k), inner))
			}
			bare.Field(i).Set(kept)
		default:
			bare.Field(i).Set(field)
		}
	}
	return bare
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

// Unsaid names the texts of which nobody has said whether they are secret.
func Unsaid() error {
	var paths []string
	for _, s := range Settings() {
		if s.Unsaid {
			paths = append(paths, s.Path)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return fmt.Errorf("say by a tag secret:\"yes\" or secret:\"no\" where it is declared whether it is a secret: %s",
		strings.Join(paths, ", "))
}
