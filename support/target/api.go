package target

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"session-conformance/support/sink"
)

// API is what targets.yaml may say of the targets of one API and of no other. Its folder in suites/ declares it, and
// suites/apis lists them all.
type API struct {
	Name    string // the word of `api`
	Product string // in reports
	// Features are the words of `without`. One of Either must be left to a target; none are named: nothing must.
	Features, Either []string
	// Own is a struct of the settings that only this API has, with their defaults and with tags as those of Target. A map
	// is an account, whose login posts it as it stands; a Keycloak is the realm that issues tokens for the target.
	Own any
	// Forms of own texts, by their keys.
	Forms   map[string]Form
	Paths   *regexp.Regexp // finds a url that ends in the API's own path, which is Follows
	Follows string
	Address string // tells where the API lies in a product's address, to who is told that nothing is there
}

// Form is what a text must look like. Wrong says what is wrong with one, and the remedy; empty: nothing. Pattern is for
// editors, which underline what does not fit.
type Form struct {
	Pattern string
	Wrong   func(text string) string
}

var declaredAPIs []API

// Declare lists the APIs, in the order of reports. It is called once, before anything is read.
func Declare(all ...API) []API {
	declaredAPIs = all
	return all
}

// APIs are the words that `api` takes. Where nobody declared any, a package lacks an import, and would check nothing.
func APIs() []string {
	if len(declaredAPIs) == 0 {
		panic("no API is declared: import session-conformance/suites/apis")
	}
	var names []string
	for _, api := range declaredAPIs {
		names = append(names, api.Name)
	}
	return names
}

// Of is an API by its name; without a name where it is unknown.
func Of(name string) API {
	at := slices.IndexFunc(declaredAPIs, func(api API) bool { return api.Name == name })
	if at < 0 {
		return API{}
	}
	return declaredAPIs[at]
}

// nothingLeft says whether a target without these features has nothing that could be asked.
func (a API) nothingLeft(without []string) bool {
	return len(a.Either) > 0 && !slices.ContainsFunc(a.Either, func(f string) bool { return !slices.Contains(without, f) })
}

// OwnTexts are the texts among the settings that not all APIs have, each path once.
func OwnTexts() (texts []Setting) {
	for _, s := range Settings() {
		if s.API != "" && s.of.Kind() == reflect.String && !s.list && !strings.Contains(s.Path, ".") &&
			!slices.ContainsFunc(texts, func(other Setting) bool { return other.Path == s.Path }) {
			s.Secret = settingAt(s.Path).Secret
			texts = append(texts, s)
		}
	}
	return texts
}

// OwnersOf are the APIs that alone have a key of a target; none: no API has it, or all.
func OwnersOf(key string) (owners []string) {
	for _, s := range settingsAt()[key] {
		if s.API != "" {
			owners = append(owners, s.API)
		}
	}
	return owners
}

// foreign says whether a key of a target is one that only other APIs have.
func foreign(key, api string) bool {
	owners := OwnersOf(key)
	return api != "" && len(owners) > 0 && !slices.Contains(owners, api)
}

// Own are the settings that only the API of a target has: T is the type of its API.Own.
func Own[T any](t Target) T {
	own, _ := t.Own.(T)
	return own
}

// Account is what a target logs in with: the login of a user, or the body that is posted as it stands.
type Account struct {
	Name         string // user, other_user, or the key of an own setting
	Login, Email string
	Body         map[string]any // nil for a user
}

// Accounts are all that the target has.
func (t Target) Accounts() (all []Account) {
	for i, user := range []*User{t.User, t.OtherUser} {
		if user != nil && user.Login != "" {
			all = append(all, Account{Name: []string{"user", "other_user"}[i], Login: user.Login, Email: user.Email})
		}
	}
	t.ownFields(func(key string, field reflect.Value) {
		if body, posted := field.Interface().(map[string]any); posted && len(body) > 0 {
			text, _ := json.Marshal(body) // it came from a file
			all = append(all, Account{Name: key, Login: string(text), Body: body})
		}
	})
	return all
}

// value is a setting's as JSON, by its path: user.email.
func (t Target) value(path string) gjson.Result {
	text, _ := json.Marshal(t) // it came from a file
	return gjson.GetBytes(text, path)
}

// Has says whether a setting, by its path, is given.
func (t Target) Has(path string) bool { return t.value(path).Exists() }

// MarshalJSON writes the API's own settings beside the others.
func (t Target) MarshalJSON() ([]byte, error) {
	type shared Target
	return Beside(shared(t), t.Own)
}

// UnmarshalJSON reads what MarshalJSON writes. What the text leaves out stays as it is.
func (t *Target) UnmarshalJSON(text []byte) error {
	type shared Target
	if err := unmarshal(text, (*shared)(t)); err != nil {
		return err
	}
	declared := Of(t.API).Own
	if declared == nil {
		return nil
	}
	own := reflect.New(reflect.TypeOf(declared))
	if t.Own != nil {
		own.Elem().Set(reflect.ValueOf(t.Own))
	}
	err := unmarshal(text, own.Interface())
	t.Own = own.Elem().Interface()
	return err
}

// unmarshal keeps numbers as they are written.
func unmarshal(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

// Beside writes the fields of two structs into one JSON object; the second may be nil.
func Beside(a, b any) ([]byte, error) {
	fields := sink.Compact(a) // the caller's encoder escapes <, > and &, or not
	if b == nil {
		return fields, nil
	}
	if rest := sink.Compact(b); len(rest) > len("{}") {
		return slices.Concat(fields[:len(fields)-1], []byte(","), rest[1:]), nil
	}
	return fields, nil
}
