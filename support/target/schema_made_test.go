//go:build unit

package target

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	made "github.com/invopop/jsonschema"
	"github.com/tidwall/gjson"
)

// The schema is made here, in a test, so that no run pays for making it, or for the library that does.

// madeSchema is the text that targets.schema.json must have.
func madeSchema(t *testing.T) []byte {
	t.Helper()
	text, err := json.MarshalIndent(reflected(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

// reflected is the schema that the types give, and the rules that types cannot express. Draft 7 is what all editors
// read.
func reflected() *made.Schema {
	s := (&made.Reflector{Anonymous: true, ExpandedStruct: true}).Reflect(File{})
	s.Version = "http://json-schema.org/draft-07/schema#"
	s.Title = "targets.yaml"
	addAPIs(s)
	addRules(s)
	return s
}

func propertyNames(s *made.Schema) []string {
	var names []string
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		names = append(names, p.Key)
	}
	return names
}

// addAPIs adds what the APIs declare: their names, and the settings that only they have.
func addAPIs(s *made.Schema) {
	target := s.Definitions["Target"]
	shared := propertyNames(target)
	name, _ := target.Properties.Get("api")
	for _, api := range declaredAPIs {
		name.Enum = append(name.Enum, api.Name)
		if api.Own == nil {
			continue
		}
		own := (&made.Reflector{Anonymous: true, ExpandedStruct: true}).ReflectFromType(reflect.TypeOf(api.Own))
		maps.Copy(s.Definitions, own.Definitions)
		for p := own.Properties.Oldest(); p != nil; p = p.Next() {
			if form, has := api.Forms[p.Key]; has {
				p.Value.Pattern = form.Pattern + "|" + variable
			}
			if otherwise := (Target{Own: api.Own}).value(p.Key); otherwise.Type == gjson.String {
				p.Value.Default = otherwise.String()
			}
			if other, twice := target.Properties.Get(p.Key); twice { // what both say does not go together
				other.Description += " " + p.Value.Description
				other.Type, other.Pattern, other.Default = "", "", nil
				continue
			}
			target.Properties.Set(p.Key, p.Value)
		}
	}
	for _, key := range shared[slices.Index(shared, "other_user")+1:] {
		_ = target.Properties.MoveToBack(key) // it is there
	}
}

// addRules adds what Go's types do not say.
func addRules(s *made.Schema) {
	target, user, keycloak, tls, waiver := s.Definitions["Target"], s.Definitions["User"], s.Definitions["Keycloak"],
		s.Definitions["TLS"], s.Definitions["Waiver"]

	pattern(target, "name", namePattern)
	pattern(target, "url", urlPattern)
	pattern(target, "timeout", timePattern)
	pattern(waiver, "until", datePattern)
	headers, _ := target.Properties.Get("headers")
	headers.PropertyNames = &made.Schema{Pattern: headerPattern}
	for _, key := range []string{"clause", "reason"} {
		notEmpty(waiver, key)
	}
	for _, key := range []string{"login", "password"} {
		notEmpty(user, key)
	}

	// A url from the environment may be `embedded` yet: checkUser looks again.
	real := property("url", &made.Schema{Not: &made.Schema{Pattern: "^embedded$|" + variable}})
	needsUser := when(real, &made.Schema{Required: []string{"user"}})
	needsUser.Then.Properties = made.NewProperties()
	needsUser.Then.Properties.Set("user", &made.Schema{Required: []string{"login", "password"}})
	target.AllOf = append(target.AllOf, needsUser)
	for _, api := range APIs() {
		target.AllOf = append(target.AllOf, when(property("api", &made.Schema{Const: api}), only(api)))
	}

	alone := &made.Schema{Properties: made.NewProperties()}
	for _, key := range propertyNames(keycloak) {
		if key != "token" && !slices.Contains(refusedTokens, key) {
			alone.Properties.Set(key, made.FalseSchema)
		}
	}
	keycloak.AnyOf = []*made.Schema{{Required: []string{"token"}}, {Required: []string{"issuer", "client_id"}}}
	keycloak.AllOf = []*made.Schema{
		when(&made.Schema{Required: []string{"token"}}, alone),
		when(&made.Schema{Required: []string{"username"}}, &made.Schema{Required: []string{"password"}}),
		when(&made.Schema{Required: []string{"password"}}, &made.Schema{Required: []string{"username"}}),
	}
	tls.AllOf = []*made.Schema{
		when(&made.Schema{Required: []string{"cert_file"}}, &made.Schema{Required: []string{"key_file"}}),
		when(&made.Schema{Required: []string{"key_file"}}, &made.Schema{Required: []string{"cert_file"}}),
	}
}

// only forbids the keys of other APIs and lists the words of `without`.
func only(api string) *made.Schema {
	rule := &made.Schema{Properties: made.NewProperties()}
	for _, s := range Settings() {
		if foreign(s.Path, api) && !strings.Contains(s.Path, ".") {
			rule.Properties.Set(s.Path, made.FalseSchema)
		}
	}
	without := &made.Schema{Items: &made.Schema{}}
	for _, feature := range Of(api).Features {
		without.Items.Enum = append(without.Items.Enum, feature)
	}
	if either := Of(api).Either; either != nil {
		all := &made.Schema{}
		for _, feature := range either {
			all.AllOf = append(all.AllOf, &made.Schema{Contains: &made.Schema{Const: feature}})
		}
		without.Not = all
	}
	rule.Properties.Set("without", without)
	return rule
}

func when(condition, rule *made.Schema) *made.Schema {
	return &made.Schema{If: condition, Then: rule}
}

// property holds where a key is there and its value fits.
func property(key string, value *made.Schema) *made.Schema {
	s := &made.Schema{Properties: made.NewProperties(), Required: []string{key}}
	s.Properties.Set(key, value)
	return s
}

func pattern(s *made.Schema, key, expression string) {
	p, _ := s.Properties.Get(key)
	p.Pattern = expression
}

func notEmpty(s *made.Schema, key string) {
	one := uint64(1)
	p, _ := s.Properties.Get(key)
	p.MinLength = &one
}
