package sdm

import (
	"strings"
	"unicode/utf8"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var (
	invalid = []int{400, 401} // the words of both refusals fit
	input   = []int{400}      // the user input is invalid
	denied  = []int{401}      // the user ID or password is invalid
)

// noText are values of JSON that are no text. An object asks a query language for any other value.
var noText = []struct {
	name  string
	value any
}{
	{"an object", map[string]any{"$ne": "x"}}, {"a list", []any{"x"}}, {"a number", 0}, {"true", true}, {"false", false},
	{"an empty object", struct{}{}}, {"an empty list", []any{}},
}

// long is a text longer than any credentials.
var long = strings.Repeat("long ", 800)

// nameless are logins that name nobody, with the user's password.
var nameless = concat(
	ofNobody("log in without a userName", inXML,
		refused(inXML, "sdm-user-name-missing", "without a userName", invalid, with("userName", session.Absent)),
		refused(inXML, "sdm-user-name-empty", "with an empty userName", invalid, with("userName", session.Empty)),
		refused(inXML, "sdm-user-name-empty", "with blanks for the userName", invalid, with("userName", session.Blank)),
		refused(inXML, "sdm-credentials-missing", "with neither userName nor password", invalid, changed(none))),
	ofNobody("log in without a userName", inJSON,
		refused(inJSON, "sdm-user-name-missing", "without a userName", invalid, with("userName", session.Absent)),
		refused(inJSON, "sdm-user-name-empty", "with an empty userName", invalid, with("userName", session.Empty)),
		refused(inJSON, "sdm-user-name-empty", "with blanks for the userName", invalid, with("userName", session.Blank)),
		refused(inJSON, "sdm-user-name-types", "with a userName that is null", invalid, with("userName", session.Null)),
		refused(inJSON, "sdm-credentials-missing", "with neither userName nor password", invalid, changed(none))),
	ofNobody("log in with a userName that is no text", inJSON, ofTypes("sdm-user-name-types", "userName")...),
)

func none(*Caller, session.Fields) session.Fields { return nil }

// ofTypes are refusals in JSON for values of a field that are no text.
func ofTypes(clause, field string, options ...func(*refusal)) (all []*refusal) {
	for _, v := range noText {
		all = append(all, refused(inJSON, clause, "with a "+field+" that is "+v.name, invalid,
			append(options, also(with(field, v.value)))...))
	}
	return all
}

// also changes the fields after what changed them before.
func also(option func(*refusal)) func(*refusal) {
	return func(r *refusal) {
		first := r.Change
		option(r)
		if then := r.Change; first != nil {
			r.Change = func(t *Caller, right session.Fields) session.Fields { return then(t, first(t, right)) }
		}
	}
}

// unknown are logins of users whom nobody has, most of them with the user's password.
var unknown = concat(
	inBoth("log in as nobody", func(f *form) []*refusal {
		return []*refusal{
			refused(f, "sdm-unknown-user", "of an unknown user", denied, asNobody),
			refused(f, "sdm-unknown-user", "of an unknown user without a password", invalid, asNobody,
				also(with("password", session.Absent))),
			refused(f, "sdm-unknown-user", "of an unknown user with an empty password", invalid, asNobody,
				also(with("password", session.Empty))),
			refused(f, "sdm-unknown-user", "of an unknown user whose name ends a filter", invalid,
				with("userName", "nobody)(|(userName=*)")),
			refused(f, "sdm-unknown-user", "of an unknown user with apostrophes in the name", invalid,
				with("userName", func(*Caller) any { return vary.Word() + "' OR '1'='1" })),
			refused(f, "sdm-unknown-user", "of an unknown user whose name is a number", invalid, with("userName", "4711")),
			refused(f, "sdm-unknown-user", "of an unknown user whose name is long", invalid, with("userName", long)),
			refused(f, "sdm-unknown-user", "of an unknown user called constructor", invalid, with("userName", "constructor")),
			refused(f, "sdm-unknown-user", "of an unknown user called __proto__", invalid, with("userName", "__proto__")),
		}
	}),
	inBoth("log in with a userName that stands for others", func(f *form) []*refusal {
		return []*refusal{
			refused(f, "sdm-user-name-in-full", "of a userName with a dot in place of a letter", invalid, likeUser(dotted)),
			refused(f, "sdm-user-name-in-full", "of a userName with an asterisk in place of its end", invalid,
				likeUser(func(name string) string { return half(name) + "*" })),
			refused(f, "sdm-user-name-in-full", "of a userName with a per cent sign in place of its end", invalid,
				likeUser(func(name string) string { return half(name) + "%" })),
			refused(f, "sdm-user-name-in-full", "of an asterisk for a userName", invalid, with("userName", "*")),
			refused(f, "sdm-user-name-in-full", "of the beginning of the userName", invalid, likeUser(half)),
			refused(f, "sdm-user-name-beyond-ascii", "of a userName with a character more that some leave out", invalid,
				likeUser(func(name string) string { return name + vary.Beyond })),
			refused(f, "sdm-user-name-beyond-ascii", "of a userName with a character that some mistake for its own", invalid,
				likeUser(func(name string) string { return vary.Mistaken(name, vary.Middle(name)) })),
		}
	}),
	ofNobody("log in with a userName that goes on", inJSON,
		refused(inJSON, "sdm-user-name-in-full", "of a userName that goes on behind a null character", invalid,
			likeUser(func(name string) string { return name + "\x00" + vary.Word() }))),
	ofNobody("log in with a password that is no text", inJSON, append(ofTypes("sdm-password-types", "password", asNobody),
		refused(inJSON, "sdm-password-types", "with a password that is long", invalid, asNobody,
			also(with("password", long))))...),
)

// nobodysVersions are logins of nobody to versions in another spelling. A server that looks at the credentials first
// answers them as it does the first one, to a version that is clearly unknown.
var nobodysVersions = inAny("log in as nobody to other versions",
	refused(nil, "sdm-version-spelling", "of nobody that names an unknown version", nil, asNobody,
		to(func(*Caller) string { return "v97.31" })),
	spelt("without its v", func(v string) string { return strings.TrimPrefix(v, "v") }),
	spelt("with a capital V", func(v string) string { return strings.Replace(v, "v", "V", 1) }),
	spelt("with a zero before it", func(v string) string { return strings.Replace(v, "v", "v0", 1) }))

func spelt(how string, write func(version string) string) *refusal {
	return refused(nil, "sdm-version-spelling", "of nobody that names the version "+how, nil, asNobody,
		to(func(t *Caller) string { return write(version(t)) }))
}

// inBoth declares a scenario in each form.
func inBoth(name string, of func(*form) []*refusal) []*refusal {
	return concat(ofNobody(name, inXML, of(inXML)...), ofNobody(name, inJSON, of(inJSON)...))
}

func concat(lists ...[]*refusal) (all []*refusal) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// asNobody puts the name of nobody in the user's place, of the same shape: a product with rules for names may call any
// other invalid.
func asNobody(r *refusal) { r.Change = session.Altered("userName", vary.Nobody) }

// likeUser changes the user's name.
func likeUser(change func(name string) string) func(*refusal) {
	return changed(session.Altered("userName", change))
}

// half is the first half of a name, at least one letter of it.
func half(name string) string {
	letters := []rune(name)
	return string(letters[:max(1, len(letters)/2)])
}

// dotted is a name whose second letter is a dot.
func dotted(name string) string {
	letters := []rune(name)
	letters[min(1, len(letters)-1)] = '.'
	return string(letters)
}

// malformed are bodies of nobody that are not well-formed, or no session at all.
var malformed = concat(
	ofNobody("log in with a malformed body", inXML, broken(inXML, "sdm-body-malformed", "that is cut off", input,
		func(body string) string { return strings.TrimSuffix(body, "</session>") }),
		broken(inXML, "sdm-body-malformed", "with an element that is not closed", input, func(body string) string {
			return strings.Replace(body, "</password>", "", 1)
		}),
		broken(inXML, "sdm-body-malformed", "with an ampersand that is not escaped", input, func(body string) string {
			return strings.Replace(body, "</userName>", " & co</userName>", 1)
		}),
		broken(inXML, "sdm-body-behind", "with text behind its end", input, func(body string) string { return body + "x" }),
		broken(inXML, "sdm-body-behind", "with a second root behind its end", input, func(body string) string {
			return body + body[strings.Index(body, "<session>"):]
		}),
		broken(inXML, "sdm-body-not-utf-8", "that is not UTF-8", input, notUTF8)),
	ofNobody("log in with a malformed body", inJSON, broken(inJSON, "sdm-body-malformed", "that is cut off", input,
		func(body string) string { return strings.TrimSuffix(body, "}") }),
		broken(inJSON, "sdm-json-lenient", "with a comma behind the last member", input, func(body string) string {
			return strings.TrimSuffix(body, "}") + ",}"
		}),
		broken(inJSON, "sdm-json-lenient", "with names in no quotation marks", input, func(body string) string {
			return strings.Replace(body, `"password"`, "password", 1)
		}),
		broken(inJSON, "sdm-json-lenient", "with single quotation marks", input, func(body string) string {
			return strings.ReplaceAll(body, `"`, "'")
		}),
		broken(inJSON, "sdm-body-behind", "with text behind its end", input, func(body string) string { return body + " x" }),
		broken(inJSON, "sdm-body-behind", "with a second object behind its end", input, func(body string) string {
			return body + body
		}),
		broken(inJSON, "sdm-body-not-utf-8", "that is not UTF-8", input, notUTF8)),
	ofNobody("log in with an empty body", inXML, whole(inXML, "sdm-body-empty", "with an empty body", "", invalid)),
	ofNobody("log in with an empty body", inJSON, whole(inJSON, "sdm-body-empty", "with an empty body", "", invalid)),
	ofNobody("log in with a body that is no object", inJSON,
		whole(inJSON, "sdm-body-wrong-root", "with a list of texts for its body", `["userName", "password"]`, invalid),
		whole(inJSON, "sdm-body-wrong-root", "with an empty list for its body", `[]`, invalid),
		whole(inJSON, "sdm-body-wrong-root", "with null for its body", `null`, invalid),
		whole(inJSON, "sdm-body-wrong-root", "with a text for its body", `"session"`, invalid)),
)

// broken changes the body of nobody's login as it is written.
func broken(f *form, clause, text string, statuses []int, change func(body string) string) *refusal {
	return refused(f, clause, text, statuses, written(func(t *Caller, _ session.Fields) Body {
		body := f.Write(credentials(vary.Word(), t.Secret("invented password", vary.UUID()))).(Raw)
		body.Text = change(body.Text)
		return body
	}))
}

// whole is a body as it stands.
func whole(f *form, clause, text, body string, statuses []int) *refusal {
	return refused(f, clause, text, statuses,
		written(func(*Caller, session.Fields) Body { return Raw{ContentType: f.mediaType, Text: body} }))
}

// notUTF8 puts a byte of ISO-8859-1 into the userName.
func notUTF8(body string) string {
	body = strings.Replace(body, "nobody", "nob\xf6dy", 1)
	if utf8.ValidString(body) {
		panic("no name to change")
	}
	return body
}
