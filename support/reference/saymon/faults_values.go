package saymon

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// oddValue is a value of one field of a login that must open nothing, though all else in it is right.
type oddValue struct {
	name   string // of its faults: operator-password
	says   string
	field  string // a dot leads into an object
	is     func(raw string) bool
	clause string // that it opens nothing
}

// operator holds for objects as databases take them for queries, the others for values of one JSON type or text.
func operator(raw string) bool { return strings.HasPrefix(raw, `{"$`) }
func list(raw string) bool     { return strings.HasPrefix(raw, "[") }
func number(raw string) bool   { return raw != "" && strings.Contains("-0123456789", raw[:1]) }

func exactly(text string) func(string) bool { return func(raw string) bool { return raw == text } }

// oddValues are those that the server can be told to accept, each alone.
var oddValues = []oddValue{
	{"empty-login", "An empty login with a password", "login", exactly(`""`), "saymon-refuses-missing-login"},
	{"null-login", "null for a login", "login", exactly("null"), "saymon-refuses-missing-login"},
	{"operator-login", "A query operator for a login", "login", operator, "saymon-refuses-unknown-login"},
	{"list-login", "A list for a login", "login", list, "saymon-refuses-unknown-login"},
	{"number-login", "A number for a login", "login", number, "saymon-refuses-unknown-login"},
	{"true-login", "true for a login", "login", exactly("true"), "saymon-refuses-unknown-login"},
	{"operator-password", "A query operator for a password", "password", operator, "saymon-refuses-wrong-password"},
	{"list-password", "A list for a password", "password", list, "saymon-refuses-wrong-password"},
	{"number-password", "A number for a password", "password", number, "saymon-refuses-wrong-password"},
	{"true-password", "true for a password", "password", exactly("true"), "saymon-refuses-wrong-password"},
	{"null-auth-token", "null for an auth-token", "auth-token", exactly("null"), "saymon-refuses-unknown-auth-token"},
	{"operator-auth-token", "A query operator for an auth-token", "auth-token", operator,
		"saymon-refuses-unknown-auth-token"},
	{"list-auth-token", "A list for an auth-token", "auth-token", list, "saymon-refuses-unknown-auth-token"},
	{"number-auth-token", "A number for an auth-token", "auth-token", number, "saymon-refuses-unknown-auth-token"},
	{"true-auth-token", "true for an auth-token", "auth-token", exactly("true"), "saymon-refuses-unknown-auth-token"},
	{"empty-keycloak-params", "An empty object for auth-service-params", "auth-service-params", exactly("{}"),
		"saymon-refuses-keycloak-without-params"},
	{"null-keycloak-params", "null for auth-service-params", "auth-service-params", exactly("null"),
		"saymon-refuses-keycloak-without-params"},
	{"null-keycloak-token", "null for a Keycloak token", "auth-service-params.token", exactly("null"),
		"saymon-refuses-unknown-keycloak-token"},
	{"operator-keycloak-token", "A query operator for a Keycloak token", "auth-service-params.token", operator,
		"saymon-refuses-unknown-keycloak-token"},
	{"list-keycloak-token", "A list for a Keycloak token", "auth-service-params.token", list,
		"saymon-refuses-unknown-keycloak-token"},
	{"number-keycloak-token", "A number for a Keycloak token", "auth-service-params.token", number,
		"saymon-refuses-unknown-keycloak-token"},
	{"true-keycloak-token", "true for a Keycloak token", "auth-service-params.token", exactly("true"),
		"saymon-refuses-unknown-keycloak-token"},
	{"empty-auth-service", "An empty auth-service", "auth-service", exactly(`""`), "saymon-refuses-other-auth-service"},
	{"null-auth-service", "null for an auth-service", "auth-service", exactly("null"),
		"saymon-refuses-other-auth-service"},
	{"operator-auth-service", "A query operator for an auth-service", "auth-service", operator,
		"saymon-refuses-other-auth-service"},
}

// brokenValues are those that break the server, which should refuse them.
var brokenValues = []struct {
	name, says, clause string
	is                 when
}{
	{"object-login", "An object for a login", "saymon-wrong-types", field("login", operator)},
	{"list-login", "A list for a login", "saymon-wrong-types", field("login", list)},
	{"number-login", "A number for a login", "saymon-wrong-types", field("login", number)},
	{"boolean-login", "true for a login", "saymon-wrong-types", field("login", exactly("true"))},
	{"null-login", "null for a login", "saymon-wrong-types", field("login", exactly("null"))},
	{"object-password", "An object for a password", "saymon-wrong-types", field("password", operator)},
	{"list-password", "A list for a password", "saymon-wrong-types", field("password", list)},
	{"number-password", "A number for a password", "saymon-wrong-types", field("password", number)},
	{"boolean-password", "true for a password", "saymon-wrong-types", field("password", exactly("true"))},
	{"null-password", "null for a password", "saymon-refusal-4xx", field("password", exactly("null"))},
	{"object-auth-token", "An object for an auth-token", "saymon-wrong-types", field("auth-token", operator)},
	{"list-auth-token", "A list for an auth-token", "saymon-wrong-types", field("auth-token", list)},
	{"number-auth-token", "A number for an auth-token", "saymon-wrong-types", field("auth-token", number)},
	{"null-auth-token", "null for an auth-token", "saymon-wrong-types", field("auth-token", exactly("null"))},
	{"null-keycloak-params", "null for auth-service-params", "saymon-wrong-types",
		field("auth-service-params", exactly("null"))},
	{"list-keycloak-params", "A list for auth-service-params", "saymon-wrong-types", field("auth-service-params", list)},
	{"true-keycloak-params", "true for auth-service-params", "saymon-wrong-types",
		field("auth-service-params", exactly("true"))},
	{"nobody-without-password", "An unknown login without a password", "saymon-refusal-4xx", func(c *call) bool {
		return c.refused == &missingPassword && c.account == nil && !c.fields.has("password")
	}},
	{"null-keycloak-token", "null for a Keycloak token", "saymon-wrong-types",
		field("auth-service-params.token", exactly("null"))},
	{"number-keycloak-token", "A number for a Keycloak token", "saymon-wrong-types",
		field("auth-service-params.token", number)},
	{"list-keycloak-token", "A list for a Keycloak token", "saymon-wrong-types", field("auth-service-params.token", list)},
	{"number-auth-service", "A number for an auth-service", "saymon-wrong-types", field("auth-service", number)},
	{"null-body", "null as the whole body", "saymon-wrong-types", body(`^null$`)},
	{"list-body", "A list as the whole body", "saymon-wrong-types", body(`^\[`)},
	{"text-body", "A text as the whole body", "saymon-wrong-types", body(`^"`)},
	{"number-body", "A number as the whole body", "saymon-wrong-types", body(`^\d+$`)},
	{"long-login", "A login of 4,000 characters", "saymon-refusal-4xx", longer("login")},
	{"long-auth-token", "An auth-token of 4,000 characters", "saymon-refusal-4xx", longer("auth-token")},
	{"apostrophe-in-login", "A login with an apostrophe", "saymon-refusal-4xx", field("login", containing("'"))},
	{"constructor-as-login", "The login constructor", "saymon-refusal-4xx", field("login", exactly(`"constructor"`))},
	{"proto-as-login", "The login __proto__", "saymon-refusal-4xx", field("login", exactly(`"__proto__"`))},
	{"zero-byte-in-login", "A login with a zero byte", "saymon-refusal-4xx", field("login", containing(`\u0000`))},
	{"text-behind-json", "JSON with something behind its end", "saymon-malformed-json", body(`\}.*[^\s}]\s*$`)},
	{"doubled-json", "Two JSON objects one after the other", "saymon-malformed-json", body(`\}\s*\{`)},
	{"trailing-comma", "JSON with a comma before its end", "saymon-malformed-json", body(`,\s*\}$`)},
	{"single-quotes", "JSON in single quotation marks", "saymon-malformed-json", body(`^\{'`)},
	{"bare-names", "JSON with names without quotation marks", "saymon-malformed-json", body(`^\{[a-z]`)},
	{"latin-1-body", "A body that is not UTF-8", "saymon-malformed-json",
		func(c *call) bool { return c.kind == logIn && !utf8.Valid(c.body) }},
}

// field holds for logins with a value in a field.
func field(name string, is func(raw string) bool) when {
	return func(c *call) bool { return c.kind == logIn && is(c.raw(name)) }
}

// raw is the JSON of a field, without white space before it; a dot leads into an object.
func (c *call) raw(name string) string {
	outer, inner, nested := strings.Cut(name, ".")
	if !nested {
		return strings.TrimSpace(string(c.fields[outer]))
	}
	in, _ := c.fields.object(outer)
	return strings.TrimSpace(string(in[inner]))
}

func containing(part string) func(string) bool {
	return func(raw string) bool { return strings.Contains(raw, part) }
}

func longer(name string) when { return field(name, func(raw string) bool { return len(raw) > 1000 }) }

// body holds for logins whose body has the form.
func body(form string) when {
	re := regexp.MustCompile(form)
	return func(c *call) bool { return c.kind == logIn && re.Match(c.body) }
}

// valueFaults are what can be wrong with odd values: they open a session, or break the server.
func valueFaults() (all []peculiarity) {
	for _, odd := range oddValues {
		all = append(all, fault(odd.name+"-accepted", odd.says+" opens a session.", odd.clause,
			onDecision(both(refusedAs(), field(odd.field, odd.is)), acceptTheRest(odd.field))))
	}
	for _, broken := range brokenValues {
		all = append(all, fault(broken.name+"-answered-500", broken.says+" is answered 500.", broken.clause,
			onAnswer(both(refusedAs(), broken.is), status(500))))
	}
	return all
}

// acceptTheRest accepts a login where all but one field is right: a password that somebody has, a login that somebody
// has.
func acceptTheRest(name string) func(*call) {
	return func(c *call) {
		switch name {
		case "login":
			came, _ := c.fields.text("password")
			for _, a := range c.accounts() {
				if a.Password == came {
					acceptAs(c, a)
				}
			}
		case "password":
			acceptAs(c, c.account)
		case "auth-service":
			params, _ := c.fields.object("auth-service-params")
			token, _ := params.text("token")
			if in, refused := c.keycloak.check(c.r.Context(), token); refused == nil {
				c.refused = c.isNamed(in)
			}
		default:
			accept(c)
		}
	}
}
