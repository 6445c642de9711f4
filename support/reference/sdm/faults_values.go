package sdm

import (
	"slices"
	"strings"
	"unicode/utf8"

	"session-conformance/support/reference"
)

// valueFaults let values in which no credentials have, or break down at them.
var valueFaults = slices.Concat(
	breaks("sdm-password-missing",
		is("xml-password-missing-accepted", "In XML a login without a password opens a session.",
			lets(because(passwordMissing), sent(asXML))),
		is("json-password-missing-accepted", "In JSON a login without a password opens a session.",
			lets(holding("password", isAbsent), because(passwordMissing), sent(asJSON))),
		is("json-password-missing-500", "In JSON a login without a password is answered 500.",
			breaks500(holding("password", isAbsent), because(passwordMissing), sent(asJSON))),
	),
	breaks("sdm-password-null",
		is("password-null-accepted", "A password that is null opens a session.", lets(holding("password", isNull))),
		is("password-null-500", "A password that is null is answered 500.", breaks500(holding("password", isNull))),
		is("password-null-200", "A password that is null is answered 200 with an error.",
			status(200, of(login), holding("password", isNull))),
	),
	breaks("sdm-password-empty",
		is("xml-password-empty-accepted", "In XML an empty password opens a session.",
			lets(because(passwordEmpty), sent(asXML))),
		is("json-password-empty-accepted", "In JSON an empty password opens a session.",
			lets(because(passwordEmpty), sent(asJSON))),
		is("xml-password-empty-500", "In XML an empty password is answered 500.",
			breaks500(because(passwordEmpty), sent(asXML))),
	),
	breaks("sdm-password-types",
		is("password-query-accepted", "A password that is a query object for any other value opens a session.",
			lets(holding("password", isQuery))),
		is("password-object-500", "A password that is an object is answered 500.",
			breaks500(holding("password", isObject))),
		is("password-list-accepted", "A password that is a list opens a session where the right one stands in it.",
			lets(inList)),
		is("password-list-500", "A password that is a list is answered 500.", breaks500(holding("password", isList))),
		is("password-true-accepted", "A password that is true opens a session.", lets(holding("password", isTrue))),
		is("password-number-accepted", "A password that is a number opens a session.",
			lets(holding("password", isNumber))),
		is("password-number-500", "A password that is a number is answered 500.",
			breaks500(holding("password", isNumber))),
		is("password-no-text-404", "A password that is no text is answered 404.",
			status(404, of(login), holding("password", isNoText))),
	),
	breaks("sdm-user-name-missing",
		is("xml-user-name-missing-accepted", "In XML the password alone opens the first user's session.",
			lets(because(userNameMissing), withPassword, sent(asXML))),
		is("json-user-name-missing-accepted", "In JSON the password alone opens the first user's session.",
			lets(holding("userName", isAbsent), withPassword, because(userNameMissing))),
	),
	breaks("sdm-user-name-types",
		is("user-name-null-accepted", "A userName that is null opens the first user's session.",
			lets(holding("userName", isNull), withPassword)),
		is("user-name-null-500", "A userName that is null is answered 500.", breaks500(holding("userName", isNull))),
		is("user-name-query-accepted", "A userName that is a query object opens the session whose password fits.",
			lets(holding("userName", isQuery), withPassword)),
		is("user-name-list-accepted", "A userName that is a list opens the session whose password fits.",
			lets(holding("userName", isList), withPassword)),
		is("user-name-in-list-accepted", "A userName that stands in a list is taken for that name.",
			accepts(wrongType, func(t *turn) bool {
				names, _ := t.member("userName").([]any)
				if len(names) != 1 {
					return false
				}
				name, _ := names[0].(string)
				account, known := t.accountOf(name)
				t.account = account
				return known && t.member("password") == account.Password
			})),
		is("user-name-true-accepted", "A userName that is true opens the first user's session.",
			lets(holding("userName", isTrue), withPassword)),
		is("user-name-object-500", "A userName that is an object is answered 500.",
			breaks500(holding("userName", isObject))),
		is("user-name-number-500", "A userName that is a number is answered 500.",
			breaks500(holding("userName", isNumber))),
	),
	breaks("sdm-user-name-empty",
		is("xml-user-name-empty-accepted", "In XML an empty userName opens the session whose password fits.",
			lets(empty(userName), withPassword, sent(asXML))),
		is("json-user-name-empty-accepted", "In JSON an empty userName opens the session whose password fits.",
			lets(empty(userName), withPassword, sent(asJSON))),
		is("user-name-empty-500", "An empty userName is answered 500.", breaks500(empty(userName))),
		is("user-name-empty-404", "An empty userName is answered 404.", status(404, of(login), empty(userName))),
	),
	breaks("sdm-credentials-missing",
		is("nothing-accepted", "A login without userName and password opens the first user's session.",
			lets(because(userNameMissing), not(passwordGiven))),
		is("xml-nothing-500", "XML without userName and password is answered 500.",
			breaks500(because(userNameMissing), not(passwordGiven), sent(asXML))),
		is("json-nothing-500", "A JSON object without userName and password is answered 500.",
			breaks500(because(userNameMissing), not(passwordGiven), sent(asJSON))),
		is("nothing-200", "A login without userName and password is answered 200 with an error.",
			status(200, because(userNameMissing), not(passwordGiven))),
	),
	breaks("sdm-user-name-in-full",
		is("user-name-by-regexp", "The userName is taken for a regular expression.",
			lets(named(byRegexp), withPassword)),
		is("user-name-by-glob", "An asterisk in the userName stands for any letters.",
			lets(named(byGlob), withPassword)),
		is("user-name-by-like", "A per cent sign in the userName stands for any letters.",
			lets(named(byLike), withPassword)),
		is("user-name-ends-with-null", "A null character ends the userName.", lets(named(func(given, real string) bool {
			return strings.HasPrefix(given, real+"\x00")
		}), withPassword)),
		is("user-name-by-beginning", "The beginning of the userName is enough.", lets(named(byStart), withPassword)),
		is("xml-comment-ends-user-name", "A comment ends the XML's userName.",
			rejudges(func(t *turn) {
				name, _, _ := strings.Cut(*t.given.userName, " or not")
				t.given.userName = &name
			}, because(unknownUser), sent(asXML), bodyLike(`<!-- -->`))),
		is("user-name-pattern-500", "A userName with an asterisk is answered 500.", breaks500(userNameHas("*"))),
	),
	breaks("sdm-unknown-user",
		is("apostrophe-500", "A userName with an apostrophe is answered 500.", breaks500(userNameHas("'"))),
		is("injection-accepted", "A userName that closes a query's quotation mark opens the first user's session.",
			lets(userNameHas("' OR '"))),
		is("filter-injection-accepted", "A userName that ends a filter opens the first user's session.",
			lets(userNameHas(")(|("))),
		is("unknown-user-with-empty-password-accepted", "An empty password opens a session for whoever is unknown, as an "+
			"LDAP server binds.",
			at(reading, func(t *turn) { t.account, t.why = t.config.User, fine },
				because(unknownUser), empty(password))),
		is("constructor-500", "The userName constructor is answered 500.", breaks500(holding("userName", isOddName))),
		is("constructor-accepted", "A userName that names a property of every object opens the first user's session.",
			lets(holding("userName", isOddName))),
		is("unknown-user-without-password-500", "An unknown user without a password is answered 500.",
			breaks500(because(passwordMissing), not(namesAccount))),
		is("unknown-user-without-password-accepted", "An unknown user without a password opens a session.",
			at(reading, func(t *turn) { t.account, t.why = t.config.User, fine },
				because(passwordMissing), not(namesAccount))),
		is("long-user-name-500", "A userName of thousands of letters is answered 500.",
			breaks500(holding("userName", isLong))),
	),
	breaks("sdm-xml-password-itself",
		is("xml-password-in-element-accepted", "The text of an element in the XML's password counts.",
			rejudges(func(t *turn) {
				t.given = credentials{userName: searched(t.body, "userName"), password: searched(t.body, "value")}
			}, because(bodyMalformed), sent(asXML), bodyLike(`<password><value>`))),
	),
	breaks("sdm-password-types",
		is("long-password-500", "A password of thousands of letters is answered 500.",
			breaks500(holding("password", isLong))),
	),
	breaks("sdm-password-of-another",
		is("password-of-another-accepted", "Another user's password opens the user's session.",
			lets(because(wrongPassword), func(t *turn) bool {
				_, found := t.accountWhere(func(a Account) bool { return same(a.Password, *t.given.password) })
				return found
			})),
	),
	breaks("sdm-password-exact",
		is("password-trimmed", "A blank after the password is ignored.",
			accepts(wrongPassword, forPassword(func(given, real string) bool { return strings.TrimSpace(given) == real }))),
		is("password-with-more-accepted", "A password that begins with the right one is right.",
			accepts(wrongPassword, forPassword(func(given, real string) bool { return strings.HasPrefix(given, real) }))),
		is("password-by-length-and-ends", "Of a password its length and two letters at each end count.",
			accepts(wrongPassword, forPassword(reference.SameEnds(2)))),
	),
	breaks("sdm-other-fields-ignored",
		is("user-beside-wins", "A field user beside the userName says whose session it is.",
			at(reading, func(t *turn) {
				name, _ := t.member("user").(string)
				if account, known := t.accountOf(name); known {
					t.account = account
				}
			}, because(fine))),
		is("session-id-from-body", "A sessionId beside the credentials becomes the session's.",
			at(opening, func(t *turn) {
				if id, isText := t.member("sessionId").(string); isText {
					t.rename(id)
				}
			})),
		is("role-from-body", "A userGroup beside the credentials becomes the user's.",
			at(opening, func(t *turn) {
				if group, isText := t.member("userGroup").(string); isText {
					t.session.account.UserGroup = group
				}
			})),
	),
	breaks("sdm-body-malformed",
		is("json-comma-behind-accepted", "A comma behind the last member of JSON is ignored.",
			searches(bodyMalformed, sent(asJSON), bodyHas(",}"))),
		is("json-comma-behind-500", "A comma behind the last member of JSON is answered 500.", breaks500(bodyHas(",}"))),
		is("json-bare-names-accepted", "Names of JSON need no quotation marks.",
			accepts(bodyMalformed, sent(asJSON), bodyHas(", password:"))),
		is("xml-unclosed-500", "XML with an element that is not closed is answered 500.",
			breaks500(because(bodyMalformed), sent(asXML), not(bodyHas("</password>")))),
		is("xml-ampersand-500", "XML with an ampersand that is not escaped is answered 500.",
			breaks500(because(bodyMalformed), sent(asXML), bodyHas(" & "))),
	),
	breaks("sdm-body-behind",
		is("json-text-behind-accepted", "What follows the JSON object is ignored.",
			searches(bodyMalformed, sent(asJSON), bodyHas("} x"))),
		is("json-text-behind-500", "Text behind the JSON object is answered 500.", breaks500(bodyHas("} x"))),
		is("xml-two-roots-accepted", "Of two roots of the XML the first counts.",
			searches(bodyMalformed, sent(asXML), bodyHas("</session><session>"))),
		is("xml-text-behind-accepted", "Text behind the XML's root is ignored.",
			searches(bodyMalformed, sent(asXML), bodyHas("</session>x"))),
	),
	breaks("sdm-body-not-utf-8",
		is("json-not-utf-8-401", "JSON that is not UTF-8 is answered 401.", status(401, sent(asJSON), notUTF8)),
		is("json-not-utf-8-500", "JSON that is not UTF-8 is answered 500.", breaks500(notUTF8, sent(asJSON))),
		is("xml-not-utf-8-500", "XML that is not UTF-8 is answered 500.", breaks500(notUTF8, sent(asXML))),
	),
	breaks("sdm-body-wrong-root",
		is("json-null-500", "The JSON null as the whole body is answered 500.", breaks500(wholeBody("null"))),
		is("json-list-500", "An empty JSON list as the whole body is answered 500.", breaks500(wholeBody("[]"))),
		is("json-null-accepted", "The JSON null as the whole body opens the first user's session.",
			lets(wholeBody("null"))),
		is("json-wrapped-accepted", "JSON whose fields stand in an object called session opens a session.",
			at(reading, func(t *turn) {
				t.given = credentials{userName: searched(t.body, "userName"), password: searched(t.body, "password")}
				t.authenticate()
			}, holding("session", isObject))),
	),
)

// passwordGiven holds for logins with a password, even an empty one.
var passwordGiven condition = func(t *turn) bool { return t.given.password != nil }

// notUTF8 holds for logins whose body is not UTF-8.
var notUTF8 condition = func(t *turn) bool { return t.call == login && !utf8.Valid(t.body) }

// wholeBody holds for logins whose body is the text.
func wholeBody(text string) condition {
	return func(t *turn) bool { return strings.TrimSpace(string(t.body)) == text }
}

// rename gives the session that was just opened another ID.
func (t *turn) rename(id string) {
	delete(t.sessions, t.session.id)
	t.session.id = id
	t.sessions[id] = t.session
}
