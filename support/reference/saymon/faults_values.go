package saymon

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"session-conformance/support/reference/like"
)

var (
	operator = like.Query("$").Named("operator")
	object   = like.Query("$").Named("object")
	boolean  = like.True.Named("boolean")
	none     = like.EmptyObject.Named("empty")
)

// fieldOf is a field of a login: its name in the names of faults, in a sentence, and in JSON, where a dot leads into an
// object.
type fieldOf struct{ name, says, json string }

var (
	loginField     = fieldOf{"login", "a login", "login"}
	passwordField  = fieldOf{"password", "a password", "password"}
	authToken      = fieldOf{"auth-token", "an auth-token", "auth-token"}
	authService    = fieldOf{"auth-service", "an auth-service", "auth-service"}
	keycloakParams = fieldOf{"keycloak-params", "auth-service-params", "auth-service-params"}
	keycloakToken  = fieldOf{"keycloak-token", "a Keycloak token", "auth-service-params.token"}
)

// valueFaults open a session for a value though all else in a login is right, or break at one that must be refused.
var valueFaults = slices.Concat(
	breaks("saymon-refuses-missing-login", opensFor(loginField, like.Empty, like.Null)),
	breaks("saymon-refuses-unknown-login",
		opensFor(loginField, operator, like.List, like.Number, like.True, like.Blank)),
	breaks("saymon-refuses-wrong-password", opensFor(passwordField, operator, like.List, like.Number, like.True)),
	breaks("saymon-refuses-unknown-auth-token",
		opensFor(authToken, like.Null, operator, like.List, like.Number, like.True)),
	breaks("saymon-refuses-keycloak-without-params", opensFor(keycloakParams, none, like.Null,
		like.Text("text", "a text", like.Has("")))),
	breaks("saymon-refuses-unknown-keycloak-token",
		opensFor(keycloakToken, like.Null, operator, like.List, like.Number, like.True, like.Blank),
		is("login-as-keycloak-token-accepted", "A user's login in place of a Keycloak token opens a session.",
			onDecision(ofKeycloak, func(c *call) {
				acceptAs(c, c.accountWhere(func(a *Account) bool { return a.Login == c.token }))
			}))),
	breaks("saymon-refuses-other-auth-service", opensFor(authService, like.Empty, like.Null, operator, like.List,
		like.True, like.Blank)),

	breaks("saymon-wrong-types",
		is("list-of-right-login-accepted", "The first value of a list is the login.",
			onDecision(refusedAs(&wrongTypes), func(c *call) {
				acceptAs(c, c.accountWhere(func(a *Account) bool {
					return c.fields["password"] == a.Password && like.ListOf(a.Login, c.fields["login"])
				}))
			})),
		is("list-of-right-password-accepted", "The first value of a list is the password.",
			acceptsWhere(func(c *call) bool {
				return c.account != nil && like.ListOf(c.account.Password, c.fields["password"])
			}, &wrongTypes)),
		breaksAt(loginField, object, like.List, like.Number, boolean, like.Null),
		breaksAt(passwordField, object, like.List, like.Number, boolean),
		breaksAt(authToken, object, like.List, like.Number, like.Null),
		breaksAt(keycloakParams, like.Null, like.List, like.True),
		breaksAt(keycloakToken, like.Null, like.Number, like.List),
		breaksAt(authService, like.Number),
		breaksWhere("null-body", "null as the whole body", body(`^null$`)),
		breaksWhere("list-body", "A list as the whole body", body(`^\[`)),
		breaksWhere("text-body", "A text as the whole body", body(`^"`)),
		breaksWhere("number-body", "A number as the whole body", body(`^\d+$`))),
	breaks("saymon-refusal-4xx",
		breaksAt(passwordField, like.Null, like.Long),
		breaksAt(loginField, like.Long, like.Blank),
		breaksWhere("login-of-digits", "A login of digits", loginHas(func(_, came string) bool {
			return strings.Trim(came, "0123456789") == ""
		})),
		breaksDoor(sidCookie, "apostrophe-in-sid", "A session ID with an apostrophe"),
		breaksDoor(apiToken, "apostrophe-in-api-token", "An api-token with an apostrophe"),
		breaksAt(authToken, like.Long),
		breaksWhere("apostrophe-in-login", "A login with an apostrophe", loginHas(like.Has("'"))),
		breaksWhere("constructor-as-login", "The login constructor", loginHas(like.Word("constructor"))),
		breaksWhere("proto-as-login", "The login __proto__", loginHas(like.Word("__proto__"))),
		breaksWhere("zero-byte-in-login", "A login with a zero byte", loginHas(like.Has("\x00"))),
		breaksWhere("nobody-without-password", "An unknown login without a password",
			func(c *call) bool {
				return c.refused == &missingPassword && c.account == nil && !c.fields.Has("password")
			})),
	breaks("saymon-malformed-json",
		breaksWhere("text-behind-json", "JSON with something behind its end", body(`\}.*[^\s}]\s*$`)),
		breaksWhere("doubled-json", "Two JSON objects one after the other", body(`\}\s*\{`)),
		breaksWhere("trailing-comma", "JSON with a comma before its end", body(`,\s*\}$`)),
		breaksWhere("single-quotes", "JSON in single quotation marks", body(`^\{'`)),
		breaksWhere("bare-names", "JSON with names without quotation marks", body(`^\{[a-z]`)),
		breaksWhere("latin-1-body", "A body that is not UTF-8", notUTF8)),
)

func notUTF8(c *call) bool { return c.kind == logIn && !utf8.Valid(c.body) }

func opensFor(f fieldOf, kinds ...like.Kind) (all list) {
	for _, k := range kinds {
		all = append(all, is(k.Name+"-"+f.name+"-accepted", "A login with "+k.Says+" for "+f.says+" opens a session.",
			onDecision(where(refusedAs(), field(f.json, k)), acceptTheRest(f.json)))...)
	}
	return all
}

func breaksAt(f fieldOf, kinds ...like.Kind) (all list) {
	for _, k := range kinds {
		all = append(all, breaksWhere(k.Name+"-"+f.name, "A login with "+k.Says+" for "+f.says, field(f.json, k))...)
	}
	return all
}

func breaksWhere(name, says string, w when) list {
	return is(name+"-answered-500", says+" is answered 500.", onAnswer(where(refusedAs(), w), status(500)))
}

func breaksDoor(d door, name, says string) list {
	return is(name+"-answered-500", says+" is answered 500.",
		onAnswer(where(d.shut, func(c *call) bool { return strings.Contains(d.came(c), "'") }), status(500)))
}

// field holds for logins with such a value in a field; a dot leads into an object.
func field(name string, such like.Kind) when {
	outer, inner, nested := strings.Cut(name, ".")
	return func(c *call) bool {
		fields := c.fields
		if nested {
			fields, _ = c.params()
		}
		return c.kind == logIn && such.Is(fields.Value(cmp.Or(inner, outer)))
	}
}

// loginHas holds for logins with such a text for a login.
func loginHas(such func(right, came string) bool) when {
	return field("login", like.Text("", "", such))
}

// body holds for logins whose body has the form.
func body(form string) when {
	re := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) }) // of few servers
	return func(c *call) bool { return c.kind == logIn && re().Match(c.body) }
}

// acceptTheRest accepts a login where all but one field is right: a password that somebody has, a login that somebody
// has.
func acceptTheRest(name string) func(*call) {
	return func(c *call) {
		switch name {
		case "login":
			came, _ := c.fields.Text("password")
			acceptAs(c, c.accountWhere(func(a *Account) bool { return a.Password == came }))
		case "password":
			acceptAs(c, c.account)
		case "auth-service":
			params, _ := c.params()
			token, _ := params.Text("token")
			if in, refused := c.keycloak.check(c.r.Context(), token); refused == nil {
				c.refused = c.isNamed(in)
			}
		default:
			accept(c)
		}
	}
}
