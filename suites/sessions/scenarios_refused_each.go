package sessions

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// refusals are the logins that must not succeed though they carry no wrong password of an account. Each is sent once.
var refusals = slicesOf(unnamedRefusals, passwordRefusals, nodeRefusals)

// unnamedRefusals name no configured account.
var unnamedRefusals = slicesOf(session.Refusals{
	{Name: "log in as nobody", Text: "refuses a login that no user has", Clause: "sessions-login-unknown-login",
		Way: byPassword, Kind: session.Unknown,
		Change: session.Put("login", func(t *Caller) any { return vary.Nobody(t.User.Login) })},
	{Name: "log in as nobody without a password", Text: "refuses a login that no user has, without a password",
		Clause: "sessions-login-unknown-login", Way: byPassword, Kind: session.Incomplete,
		Change: func(t *Caller, _ session.Fields) session.Fields {
			return session.Fields{{Name: "login", Value: vary.Nobody(t.User.Login)}}
		}},
	{Name: "log in with the guid for a login", Text: "refuses the user's guid for the login, with an invented password",
		Clause: "sessions-login-unknown-login", Way: byPassword, Kind: session.Invalid,
		Change: func(t *Caller, _ session.Fields) session.Fields {
			return credentials(match.Member(t.Of(details), guidField).String(), vary.UUID())
		}},
	{Name: "log in without a login", Text: "refuses a password without a login", Clause: "sessions-login-without-login",
		Way: byPassword, Kind: session.Incomplete, Change: session.Put("login", session.Absent)},
	{Name: "log in with an empty object", Text: "refuses an empty object", Clause: "sessions-login-without-credentials",
		Way: byPassword, Kind: session.Incomplete, Raw: text("{}")},
	{Name: "log in with malformed JSON", Text: "answers malformed JSON with a status 4xx",
		Clause: "sessions-malformed-json-4xx",
		Way:    byPassword, Kind: session.Unreadable, Raw: text(`{"login": "` + vary.Word() + `", "password"`)},
	{Name: "log in with an empty body", Text: "answers an empty body with a status 4xx", Clause: "sessions-empty-body-4xx",
		Way: byPassword, Kind: session.Unreadable, Raw: text("")},
	{Name: "log in with a number for a login", Text: "answers fields of wrong types with a status 4xx",
		Clause: "sessions-wrong-types-4xx",
		Way:    byPassword, Kind: session.Unreadable, Raw: text(`{"login":12345,"password":["a","list"]}`)},

	{Name: "log in with an unknown token", Text: "refuses an unknown token", Clause: "sessions-token-unknown",
		Way: byToken, Kind: session.Unknown,
		Change: session.Put("token", func(t *Caller) any { return t.Secret("invented token", vary.Another(own(t).Token)) })},
	{Name: "log in with an altered token", Text: "refuses a token that differs in its last character",
		Clause: "sessions-token-unknown", Way: byToken, Kind: session.Unknown,
		Change: session.Put("token", func(t *Caller) any {
			return t.Altered("altered token", vary.AlteredSession(own(t).Token), own(t).Token)
		})},
	{Name: "log in with no token", Text: "refuses an empty object", Clause: "sessions-token-missing",
		Way: byToken, Kind: session.Incomplete, Raw: text("{}")},
	{Name: "log in with an empty token", Text: "refuses an empty token", Clause: "sessions-token-empty",
		Way: byToken, Kind: session.Invalid, Change: session.Put("token", session.Empty)},
	{Name: "log in with malformed JSON for a token", Text: "answers malformed JSON with a status 4xx",
		Clause: "sessions-malformed-json-4xx",
		Way:    byToken, Kind: session.Unreadable, Raw: text(`{"token": "` + vary.Word())},
	{Name: "log in with an empty body for a token", Text: "answers an empty body with a status 4xx",
		Clause: "sessions-empty-body-4xx", Way: byToken, Kind: session.Unreadable, Raw: text("")},
	{Name: "log in with a list for a token", Text: "answers fields of wrong types with a status 4xx",
		Clause: "sessions-wrong-types-4xx", Way: byToken, Kind: session.Unreadable, Raw: text(`{"token":[1,2,3]}`)},

	{Name: "log in as no node", Text: "refuses an empty object", Clause: "sessions-node-empty",
		Way: asNode, Kind: session.Incomplete, Raw: text("{}")},
	{Name: "log in as a node with malformed JSON", Text: "answers malformed JSON with a status 4xx",
		Clause: "sessions-malformed-json-4xx",
		Way:    asNode, Kind: session.Unreadable, Raw: text(`{"login": "` + vary.Word())},
	{Name: "log in as a node with an empty body", Text: "answers an empty body with a status 4xx",
		Clause: "sessions-empty-body-4xx", Way: asNode, Kind: session.Unreadable, Raw: text("")},
}, valueRefusals, bodyRefusals).Declare(func(r *session.Refusal, steps *Steps) {
	sessions.Scenario(r.Name, steps, func(t *Caller) {
		if r.Unchanged(t) {
			t.Omit(r.Step, NotApplicable, "the right value is the same")
			return
		}
		if r.Kind == session.Unreadable {
			logIn(t, r.Way, r.Step, r.Body(t), Refused())
			return
		}
		if e := refuse(t, r.Way, r.Step, r.Body(t), Refused()); e.Succeeded() && likeTheSample(r) {
			tryLeft(t, r.Step, e)
		}
	}, Needs(r.Way.Needs...), After(LogIn))
})

// text is a body as it stands.
func text(body string) func(*Caller) Body { return func(*Caller) Body { return JSONText(body) } }
