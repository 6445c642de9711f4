package sdm

import (
	"slices"
	"strings"
	"unicode/utf8"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

// letsIn is the fault that lets in a login of one form.
func letsIn(f form, name, says string, only ...condition) list {
	label := map[form]string{asXML: "XML", asJSON: "JSON"}[f]
	return is(string(f)+"-"+name+"-accepted", "In "+label+" "+says+".", lets(where(only...), sent(f)))
}

// opensFor are the faults that let in a login in JSON with such values of a member; all else is right where it is not
// the password. breaksAt are those that answer one 500, refusesOddly those that answer it otherwise.
func opensFor(member string, kinds ...like.Kind) (all list) {
	for _, k := range kinds {
		only := []condition{holding(member, k)}
		if member != "password" {
			only = append(only, withPassword)
		}
		all = append(all, is(slugs[member]+"-"+k.Name+"-accepted", "A login with "+k.Says+" for its "+member+
			" opens a session.", lets(only...))...)
	}
	return all
}

func breaksAt(member string, kinds ...like.Kind) (all list) {
	for _, k := range kinds {
		all = append(all, breaks500(slugs[member]+"-"+k.Name, "A login with "+k.Says+" for its "+member,
			holding(member, k))...)
	}
	return all
}

func refusesOddly(member string, status int, k like.Kind) list {
	return refused(slugs[member]+"-"+k.Name, "A login with "+k.Says+" for its "+member,
		where(of(login), holding(member, k)), status)
}

// slugs are the members in the names of faults.
var slugs = map[string]string{"password": "password", "userName": "user-name"}

// valueFaults let values in which no credentials have, or break down at them.
var valueFaults = slices.Concat(
	breaks("sdm-password-missing",
		letsIn(asXML, "password-missing", "a login without a password opens a session", because(passwordMissing)),
		letsIn(asJSON, "password-missing",
			"a login without a password opens a session", because(passwordMissing), holding("password", like.Absent)),
		breaks500("json-password-missing", "In JSON a login without a password",
			because(passwordMissing), sent(asJSON), holding("password", like.Absent))),
	breaks("sdm-password-null",
		opensFor("password", like.Null), breaksAt("password", like.Null), refusesOddly("password", 200, like.Null)),
	breaks("sdm-password-empty",
		letsIn(asXML, "password-empty", "an empty password opens a session", because(passwordEmpty)),
		letsIn(asJSON, "password-empty", "an empty password opens a session", because(passwordEmpty)),
		breaks500("xml-password-empty", "In XML an empty password", because(passwordEmpty), sent(asXML))),
	breaks("sdm-list-of-one",
		is("password-list-accepted", "A list with the right password opens a session.", lets(inList("password"))),
		is("user-name-in-list-accepted", "A userName in a list is taken for that name.",
			accepts(wrongType, inList("userName")))),
	breaks("sdm-password-types",
		opensFor("password", query, like.True, like.Number, like.False,
			like.Kind{Name: "empty-list", Says: "an empty list", Is: isEmptyList}),
		breaksAt("password", like.Object, like.List, like.Number),
		breaks500("long-password", "A password of thousands of letters", holding("password", like.Long)),
		refusesOddly("password", 404, noText)),
	breaks("sdm-user-name-missing",
		letsIn(asXML, "user-name-missing",
			"the password alone opens the first user's session", because(userNameMissing), withPassword),
		is("json-user-name-missing-accepted", "The password alone opens the first user's session.",
			lets(because(userNameMissing), withPassword, holding("userName", like.Absent)))),
	breaks("sdm-user-name-types",
		opensFor("userName", like.Null, query, like.List, like.True, like.False, like.EmptyObject),
		breaksAt("userName", like.Null, like.Object, like.Number)),
	breaks("sdm-user-name-empty",
		letsIn(asXML, "user-name-empty",
			"an empty userName opens the session whose password fits", empty(userName), withPassword),
		letsIn(asJSON, "user-name-empty",
			"an empty userName opens the session whose password fits", empty(userName), withPassword),
		letsIn(asXML, "user-name-blank",
			"a userName of blanks opens the session whose password fits", blank, withPassword),
		letsIn(asJSON, "user-name-blank",
			"a userName of blanks opens the session whose password fits", blank, withPassword),
		breaks500("user-name-blank", "A userName of blanks", blank),
		breaks500("user-name-empty", "An empty userName", empty(userName)),
		refused("user-name-empty", "An empty userName", where(of(login), empty(userName)), 404)),
	breaks("sdm-credentials-missing",
		is("nothing-accepted", "A login without userName and password opens the first user's session.", lets(nothing)),
		breaks500("xml-nothing", "XML without userName and password", nothing, sent(asXML)),
		breaks500("json-nothing", "A JSON object without userName and password", nothing, sent(asJSON)),
		refused("nothing", "A login without userName and password", nothing, 200)),
	breaks("sdm-xml-comment",
		is("xml-comment-ends-user-name", "A comment ends the XML's userName.", rejudges(func(t *turn) {
			name, _, _ := strings.Cut(*t.given.userName, " or not")
			t.given.userName = &name
		}, because(unknownUser), sent(asXML), bodyLike(`<!-- -->`)))),
	breaks("sdm-user-name-in-full",
		is("user-name-by-regexp", "The userName is taken for a regular expression.", lets(named(like.Regexp), withPassword)),
		is("user-name-by-glob", "A * in the userName stands for any letters.", lets(named(like.Glob), withPassword)),
		is("user-name-by-like", "A % in the userName stands for any letters.", lets(named(like.SQL), withPassword)),
		is("user-name-ends-with-null", "A null character ends the userName.",
			lets(named(func(right, came string) bool { return strings.HasPrefix(came, right+"\x00") }), withPassword)),
		is("user-name-by-beginning", "The beginning of the userName is enough.",
			lets(not(empty(userName)), named(like.Begins), withPassword)),
		breaks500("user-name-pattern", "A userName with an asterisk", named(like.Has("*")))),
	breaks("sdm-user-name-beyond-ascii",
		reference.Narrowed("user-name", func(alike func(right, came string) bool) effect {
			return lets(named(alike), withPassword)
		})),
	breaks("sdm-unknown-user",
		is("injection-accepted", "A userName that closes a query's quotation mark opens the first user's session.",
			lets(named(like.Has("' OR '")))),
		is("filter-injection-accepted", "A userName that ends a filter opens a session.", lets(named(like.Has(")(|(")))),
		is("constructor-accepted", "A userName that names a property of every object opens the first user's session.",
			lets(holding("userName", oddName))),
		is("unknown-user-with-empty-password-accepted",
			"An empty password opens a session for whoever is unknown, as an LDAP server binds.",
			lets(because(unknownUser), empty(password))),
		is("unknown-user-without-password-accepted", "An unknown user without a password opens a session.",
			lets(because(passwordMissing), not(namesAccount))),
		breaks500("apostrophe", "A userName with an apostrophe", named(like.Has("'"))),
		breaks500("constructor", "The userName constructor", holding("userName", oddName)),
		breaks500("unknown-user-without-password", "An unknown user without a password",
			because(passwordMissing), not(namesAccount)),
		breaks500("long-user-name", "A userName of thousands of letters", holding("userName", like.Long))),
	breaks("sdm-xml-password-itself",
		is("xml-password-in-element-accepted", "The text of an element in the XML's password counts.",
			searchesFor("value", because(bodyMalformed), sent(asXML), bodyHas(`<password><value>`)))),
	breaks("sdm-password-of-another",
		is("password-of-another-accepted", "Another user's password opens the user's session.",
			lets(because(wrongPassword), func(t *turn) bool {
				_, found := t.accountWhere(func(a Account) bool { return a.Password == *t.given.password })
				return found
			}))),
	breaks("sdm-password-exact",
		is("password-trimmed", "A blank after the password is ignored.", passwordIs(like.Trimmed)),
		is("password-with-more-accepted", "A password that begins with the right one is right.", passwordIs(like.Longer)),
		is("password-by-length-and-ends", "Only a password's length and ends count.", passwordIs(like.BothEnds(2))),
		reference.Narrowed("password", func(alike func(right, came string) bool) effect { return passwordIs(alike) })),
	breaks("sdm-other-fields-ignored",
		is("user-beside-wins", "A field user beside the userName says whose session it is.", at(reading, func(t *turn) {
			name, _ := t.member("user").(string)
			if account, known := t.accountOf(name); known {
				t.account = account
			}
		}, because(fine))),
		is("session-id-from-body", "A sessionId beside the credentials becomes the session's.", at(opening, func(t *turn) {
			if id, isText := t.member("sessionId").(string); isText {
				t.rename(id)
			}
		})),
		is("role-from-body", "A userGroup beside the credentials becomes the user's.", at(opening, func(t *turn) {
			if group, isText := t.member("userGroup").(string); isText {
				t.session.account.UserGroup = group
			}
		}))),
	breaks("sdm-json-lenient",
		is("json-comma-behind-accepted", "A comma behind the last member of JSON is ignored.",
			searches(bodyMalformed, sent(asJSON), bodyHas(",}"))),
		is("json-bare-names-accepted", "Names of JSON need no quotation marks.",
			accepts(bodyMalformed, sent(asJSON), bodyHas(", password:"))),
		breaks500("json-comma-behind", "A comma behind the last member of JSON", bodyHas(",}")),
		breaks500("json-single-quotes", "JSON with single quotation marks", bodyHas("{'"))),
	breaks("sdm-body-malformed",
		breaks500("xml-unclosed", "XML with an element that is not closed",
			because(bodyMalformed), sent(asXML), not(bodyHas("</password>"))),
		breaks500("xml-ampersand", "XML with an ampersand that is not escaped",
			because(bodyMalformed), sent(asXML), bodyHas(" & "))),
	breaks("sdm-body-behind",
		is("json-text-behind-accepted", "What follows the JSON object is ignored.",
			searches(bodyMalformed, sent(asJSON), bodyHas("} x"))),
		is("json-two-objects-accepted", "Of two JSON objects the first counts.",
			searches(bodyMalformed, sent(asJSON), bodyHas("}{"))),
		is("xml-two-roots-accepted", "Of two roots of the XML the first counts.",
			searches(bodyMalformed, sent(asXML), bodyHas("</session><session>"))),
		is("xml-text-behind-accepted", "Text behind the XML's root is ignored.",
			searches(bodyMalformed, sent(asXML), bodyHas("</session>x"))),
		breaks500("json-text-behind", "Text behind the JSON object", bodyHas("} x"))),
	breaks("sdm-body-not-utf-8",
		refused("json-not-utf-8", "JSON that is not UTF-8", where(notUTF8, sent(asJSON)), 401),
		breaks500("json-not-utf-8", "JSON that is not UTF-8", notUTF8, sent(asJSON)),
		breaks500("xml-not-utf-8", "XML that is not UTF-8", notUTF8, sent(asXML))),
	breaks("sdm-body-wrong-root",
		is("json-null-accepted", "The JSON null as the body opens the first user's session.",
			lets(bodyLike(`^\s*null\s*$`))),
		is("json-wrapped-accepted", "JSON whose fields stand in an object called session opens a session.",
			searchesFor("password", holding("session", like.Object))),
		breaks500("json-null", "The JSON null as the whole body", bodyLike(`^\s*null\s*$`)),
		breaks500("json-list", "An empty JSON list as the whole body", bodyLike(`^\s*\[\]\s*$`))),
)

func isEmptyList(v any) bool { list, is := v.([]any); return is && len(list) == 0 }

// blank holds for logins whose userName is nothing but blanks.
func blank(t *turn) bool {
	return t.given.userName != nil && *t.given.userName != "" && empty(userName)(t)
}

// nothing holds for logins without a userName and a password, notUTF8 for those whose body is not UTF-8.
var nothing = where(because(userNameMissing), not(hasPassword))

func notUTF8(t *turn) bool { return t.call == login && !utf8.Valid(t.body) }
