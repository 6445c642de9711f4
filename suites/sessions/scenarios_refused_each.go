package sessions

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// kind says what is wrong with a login that must be refused.
type kind int

const (
	unknown    kind = iota // complete credentials that are nobody's
	empty                  // a secret that is there and empty
	incomplete             // a part is missing
	unreadable             // no object of texts at all
)

// refusal is a login that must not succeed, though it carries no wrong password of an account.
type refusal struct {
	name     string // of the scenario
	door     door
	kind     kind
	clause   string
	text     string // of the spec
	body     func(t *Caller) Body
	ofUser   bool // it names the user: some products count it like a wrong password, so it comes after these
	scenario *Scenario
}

// refusals are all of them. Each is sent once.
var refusals = declare([]*refusal{
	{name: "log in as nobody", door: byPassword, kind: unknown,
		clause: "sessions-login-unknown-login", text: "refuses a login that no user has",
		body: func(t *Caller) Body { return credentials(vary.Word(), t.User.Password) }},
	{name: "log in without a password", door: byPassword, kind: incomplete, ofUser: true,
		clause: "sessions-login-without-password", text: "refuses a login without a password",
		body: func(t *Caller) Body { return JSON{"login": t.User.Login} }},
	{name: "log in with null for a password", door: byPassword, kind: incomplete, ofUser: true,
		clause: "sessions-login-without-password", text: "refuses null for a password",
		body: func(t *Caller) Body { return JSON{"login": t.User.Login, "password": nil} }},
	{name: "log in with an empty password", door: byPassword, kind: empty, ofUser: true,
		clause: "sessions-login-empty-password", text: "refuses an empty password",
		body: func(t *Caller) Body { return credentials(t.User.Login, "") }},
	{name: "log in without a login", door: byPassword, kind: incomplete,
		clause: "sessions-login-without-login", text: "refuses a password without a login",
		body: func(t *Caller) Body { return JSON{"password": t.User.Password} }},
	{name: "log in with an empty object", door: byPassword, kind: incomplete,
		clause: "sessions-login-without-credentials", text: "refuses an empty object",
		body: func(*Caller) Body { return JSON{} }},
	malformed("log in with malformed JSON", byPassword, `{"login": "`+vary.Word()+`", "password"`),
	emptyBody("log in with an empty body", byPassword),
	wrongTypes("log in with a number for a login", byPassword, JSON{"login": 12345, "password": []string{"a", "list"}}),

	{name: "log in with an unknown token", door: byToken, kind: unknown,
		clause: "sessions-token-unknown", text: "refuses an unknown token",
		body: func(t *Caller) Body { return JSON{"token": t.Secret("invented token", vary.UUID())} }},
	{name: "log in with an altered token", door: byToken, kind: unknown,
		clause: "sessions-token-unknown", text: "refuses a token that differs in its last character",
		body: func(t *Caller) Body { return JSON{"token": t.Secret("altered token", vary.AlteredSession(t.Token))} }},
	{name: "log in with no token", door: byToken, kind: incomplete,
		clause: "sessions-token-missing", text: "refuses an empty object",
		body: func(*Caller) Body { return JSON{} }},
	{name: "log in with an empty token", door: byToken, kind: empty,
		clause: "sessions-token-empty", text: "refuses an empty token",
		body: func(*Caller) Body { return JSON{"token": ""} }},
	malformed("log in with malformed JSON for a token", byToken, `{"token": "`+vary.Word()),
	emptyBody("log in with an empty body for a token", byToken),
	wrongTypes("log in with a list for a token", byToken, JSON{"token": []int{1, 2, 3}}),

	{name: "log in as no node", door: asNode, kind: incomplete,
		clause: "sessions-node-empty", text: "refuses an empty object",
		body: func(*Caller) Body { return JSON{} }},
	malformed("log in as a node with malformed JSON", asNode, `{"login": "`+vary.Word()),
	emptyBody("log in as a node with an empty body", asNode),
})

func malformed(name string, d door, text string) *refusal {
	return &refusal{name: name, door: d, kind: unreadable, clause: "sessions-malformed-json-4xx",
		text: "answers malformed JSON with a status 4xx", body: func(*Caller) Body { return JSONText(text) }}
}

func emptyBody(name string, d door) *refusal {
	return &refusal{name: name, door: d, kind: unreadable, clause: "sessions-empty-body-4xx",
		text: "answers an empty body with a status 4xx", body: func(*Caller) Body { return JSONText("") }}
}

func wrongTypes(name string, d door, body JSON) *refusal {
	return &refusal{name: name, door: d, kind: unreadable, clause: "sessions-wrong-types-4xx",
		text: "answers fields of wrong types with a status 4xx", body: func(*Caller) Body { return body }}
}

// needed are the settings without which the same login made right cannot be sent.
var needed = map[door][]string{byToken: {"token"}, asNode: {"node"}}

func declare(list []*refusal) []*refusal {
	for _, r := range list {
		r.scenario = sessions.Scenario(r.name, func(ctx context.Context, t *Caller) {
			if r.ofUser {
				t.Await(RefusedLogins)
			}
			e := r.door.logIn(ctx, t, "log in", r.body(t), Refused()).login
			if r.kind != unreadable {
				tryOpened(ctx, t, e, "log in")
			}
		}, Needs(needed[r.door]...), After(LogIn))
	}
	return list
}
