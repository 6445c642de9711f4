package session

import (
	"encoding/json"
	"fmt"
	"strings"

	"session-conformance/support/evidence"
)

// The values of other types than text that no field of a login may have. Loose servers take them for queries, or for
// anything.
var (
	Operator  = Value{"a query operator", map[string]any{"$ne": nil}}
	Greater   = Value{"a query for what is greater", map[string]any{"$gt": ""}}
	Regex     = Value{"a query by pattern", map[string]any{"$regex": ".*"}}
	Object    = Value{"an empty object", struct{}{}}
	EmptyList = Value{"an empty list", []any{}}
	Zero      = Value{"the number 0", json.Number("0")}
	Number    = Value{"a number", json.Number("12345")}
	True      = Value{"true", true}
	False     = Value{"false", false}

	// Mistypes are those of which each finds another mistake.
	Mistypes = []Value{True, False, Number, EmptyList, Object, Operator, Regex}
)

// Texts that nobody is called, and that naive code takes for somebody, or breaks on.
var (
	Blank       = Value{"blanks", "   "}
	Constructor = Value{"the word constructor", "constructor"}
	Prototype   = Value{"the word __proto__", "__proto__"}
	Undefined   = Value{"the word undefined", "undefined"}
	NullWord    = Value{"the word null", "null"}
	Injection   = Value{"a condition of SQL", "' OR '1'='1"}
	Digits      = Value{"digits", "42"}
	Pattern     = Value{"a dot and a star", ".*"}
)

// InjectionInCookie is a condition of SQL in characters that a cookie may have.
const InjectionInCookie = "x'OR'1'='1"

// Words are what scenarios try in the place of secrets, and are none.
func Words() []string {
	words := []string{InjectionInCookie, "%", "*"}
	for _, v := range []Value{Blank, Constructor, Prototype, Undefined, NullWord, Injection, Digits, Pattern} {
		words = append(words, v.Is.(string))
	}
	for _, odd := range OddBasic {
		_, credentials, _ := strings.Cut(odd.Field, " ")
		words = append(words, credentials)
	}
	return words
}

// Long is a text of 4000 characters.
func Long() Value {
	text := make([]byte, 4000)
	for i := range text {
		text[i] = 'x'
	}
	return Value{"a text of 4000 characters", string(text)}
}

// Made is a value that is made for a target, by what is configured of it.
type Made struct {
	Name string
	Make func(t *evidence.Caller) any // a string, or a Value
}

// Each gives a refusal for each of some values in one field of a way's login, of the kind and about the clause. A value
// is a Value or a Made.
func Each(w *Way, field, clause string, kind Kind, values ...any) (all Refusals) {
	for _, value := range values {
		r := &Refusal{Clause: clause, Way: w, Kind: kind}
		var name string
		switch v := value.(type) {
		case Value:
			name, r.Change = v.Name, Put(field, v)
		case Made:
			name, r.Change = v.Name, Put(field, v.Make)
		}
		r.Name = fmt.Sprintf("log in %s: %s for the %s", w.Name, name, field)
		r.Text = fmt.Sprintf("refuses %s for the %s", name, field)
		all = append(all, r)
	}
	return all
}

// Anys are values as Each takes them.
func Anys(values []Value) (list []any) {
	for _, v := range values {
		list = append(list, v)
	}
	return list
}

// InBoth gives a refusal for each of some values in all fields of a way's login at once.
func InBoth(w *Way, clause string, kind Kind, values ...Value) (all Refusals) {
	for _, v := range values {
		all = append(all, &Refusal{Clause: clause, Way: w, Kind: kind,
			Name: fmt.Sprintf("log in %s: %s for all", w.Name, v.Name), Text: fmt.Sprintf("refuses %s for all fields", v.Name),
			Change: func(_ *evidence.Caller, right Fields) Fields {
				for _, field := range right {
					right = right.With(field.Name, v)
				}
				return right
			}})
	}
	return all
}
