package sdm

import (
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// byUser are the logins that name the user and must not succeed: at most five wrong passwords and ten others, in the
// order in which they are sent, a good login after each.
var byUser = declared(&ofByTurns,
	refused(inXML, "sdm-wrong-password", "with a wrong password", denied, wrongly(clearly)),
	refused(inJSON, "sdm-password-null", "with a password that is null", invalid, with("password", session.Null),
		thenUsing(useOfCurl)),
	refused(inJSON, "sdm-wrong-password", "with a wrong password", denied, wrongly(clearly),
		thenUsing(useAfterRefused[0])),
	refused(inXML, "sdm-password-missing", "without a password", invalid, with("password", session.Absent)),
	refused(inXML, "sdm-password-case", "with the password in the other case", nil,
		wrongly(func(_ *Caller, right string) (string, bool) {
			return vary.Case(right)
		})),
	refused(inJSON, "sdm-password-empty", "with an empty password", invalid, with("password", session.Empty)),
	refused(inJSON, "sdm-password-to-the-end", "with the password without its last character", nil,
		wrongly(func(_ *Caller, right string) (string, bool) { return vary.Shortened(right), true })),
	refused(inJSON, "sdm-password-types", "with the user's name and an object for a password", invalid,
		with("password", map[string]any{"$ne": ""})),
	refused(inXML, "sdm-password-exact", "with a blank behind the password", nil,
		wrongly(func(_ *Caller, right string) (string, bool) { return right + " ", true }), thenUsing(useAfterRefused[1])),
	refused(inJSON, "sdm-password-types", "with the user's name and true for a password", invalid, with("password", true)),
	refused(inJSON, "sdm-password-missing", "without a password", invalid, with("password", session.Absent)),
	refused(inXML, "sdm-password-empty", "with an empty password", invalid, with("password", session.Empty),
		thenUsing(useAfterRefused[2])),
	refused(inJSON, "sdm-list-of-one", "with the user's name and a list of the password", invalid,
		changed(session.ListOf("password"))),
	refused(nil, "sdm-version-unknown", "that names an unknown version", notFound,
		to(func(*Caller) string { return "v97.31" }), thenUsing(useAfterRefused[3])),
	refused(nil, "sdm-version-in-full", "that names a version which only begins like an existing one", notFound,
		to(func(t *Caller) string { return version(t) + "beta" }), inLastForm),
)

// byOther are those that name the other user, where one is configured with a password.
var byOther = declared(&ofOtherByTurns,
	refused(inXML, "sdm-password-of-another", "of another user with the user's password", denied,
		wrongly(func(t *Caller, right string) (string, bool) { return t.User.Password, t.User.Password != right })),
	refused(inXML, "sdm-xml-root-needed", "with another root", invalid,
		written(func(_ *Caller, right session.Fields) Body {
			return Raw{ContentType: inXML.mediaType, Text: xmlBody("login", right)}
		})),
	refused(inJSON, "sdm-password-exact", "with one character more behind the password", nil,
		wrongly(func(_ *Caller, right string) (string, bool) { return right + vary.Beyond, true })),
	refused(inJSON, "sdm-body-wrong-root", "with its fields in an object called session", invalid,
		written(func(_ *Caller, right session.Fields) Body {
			return Raw{ContentType: inJSON.mediaType, Text: `{"session": ` + inMembers(right) + `}`}
		})),
	refused(inXML, "sdm-password-exact", "with a character that some mistake for one of the password", nil,
		wrongly(func(_ *Caller, right string) (string, bool) {
			if vary.IsASCII(right) {
				return vary.Mistaken(right, vary.LastCharacter(right)), true
			}
			return vary.Mistaken(right, vary.Middle(right)), true
		})),
	refused(inJSON, "sdm-password-types", "with the other user's name and a number for a password", invalid,
		with("password", 0)),
	refused(inJSON, "sdm-password-types", "with the other user's name and false for a password", invalid,
		with("password", false)),
	refused(inJSON, "sdm-password-types", "with the other user's name and an empty list for a password", invalid,
		with("password", []any{})),
	refused(inJSON, "sdm-wrong-password", "of another user with blanks for the password", invalid,
		wrongly(func(t *Caller, right string) (string, bool) {
			return "   ", !t.Of(basicRight).Succeeded() // else one went out as Basic credentials
		})),
	refused(inJSON, "sdm-wrong-password", "with a condition of SQL for a password beside the cookie of a live session",
		invalid, wrongly(func(_ *Caller, right string) (string, bool) { return vary.Condition(right), true }),
		besideLive),
	refused(inJSON, "sdm-list-of-one", "with a list of the userName", invalid, changed(session.ListOf("userName"))),
	refused(inXML, "sdm-xml-password-itself", "with the password in an element of its own", invalid,
		inside("</password>", "<value>", "</value>")),
	refused(inXML, "sdm-xml-comment", "of a userName that only begins like one before a comment", invalid,
		inside("</userName>", "", "<!-- --> or not")),
	refused(nil, "sdm-version-in-full", "that names a version with another letter for its dot", notFound,
		to(func(t *Caller) string { return strings.Replace(version(t), ".", "x", 1) })),
	refused(nil, "sdm-version-in-full", "that names a version with one digit more", notFound,
		to(func(t *Caller) string { return version(t) + "7" })), // a zero would leave the number as it is
)

var notFound = []int{404}

// wrongly puts a wrong password, made of the right one, into a login.
func wrongly(wrong func(t *Caller, right string) (password string, differs bool)) func(*refusal) {
	return func(r *refusal) { r.wrong = wrong }
}

// clearly makes a password that is clearly wrong, of the right one's shape: a product with rules for passwords may call
// any other invalid.
func clearly(_ *Caller, right string) (string, bool) { return vary.Another(right), true }

// to sends a login to another version.
func to(version func(*Caller) string) func(*refusal) { return func(r *refusal) { r.version = version } }

// inLastForm sends a login in the last form that works: each form may have a way of its own to its version.
func inLastForm(r *refusal) { r.last = true }

// besideLive sends the cookie of the account's live session with a login that must be refused all the same.
func besideLive(r *refusal) { r.Beside = true }

// thenUsing uses the session of the login before once more, which a refused login must not end.
func thenUsing(step *Step) func(*refusal) { return func(r *refusal) { r.thenUse = step } }

// inside writes XML in which something stands around the text before an end tag.
func inside(end, before, after string) func(*refusal) {
	return written(func(_ *Caller, right session.Fields) Body {
		text := inElements(right)
		start := "<" + strings.TrimPrefix(end, "</")
		text = strings.Replace(text, start, start+before, 1)
		return Raw{ContentType: inXML.mediaType, Text: strings.Replace(text, end, after+end, 1)}
	})
}
