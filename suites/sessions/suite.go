// Package sessions judges Storware Backup & Recovery by what its document says of sessions.
package sessions

import (
	"cmp"
	_ "embed"

	_ "session-conformance/suites/apis"
	"session-conformance/suites/sessions/settings"
	"session-conformance/support/evidence"
	reference "session-conformance/support/reference/sessions"
	"session-conformance/support/session"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

//go:embed clauses.yaml
var clauses []byte

//go:embed asked.txt
var asked string

var sessions = suite.New(suite.API{Title: "Storware", Clauses: clauses, Embed: embed, Reference: reference.Reference,
	API: evidence.API{Name: settings.API.Name, Asked: evidence.ReadAsked(asked), LogOut: logOut, Session: sessionOfLogin,
		Words: append([]string{"login", "password", "token", "node", "session", "user", "details", "logout",
			"login-with-token", "guid", goodField, failedField, zoneField, "message", "application"}, session.Words()...)}})

// Suite is the suite of this API, with all its scenarios and specs.
func Suite() *suite.Suite { return sessions }

// clause labels a spec with the clause that it judges and the scenarios that it reads.
var clause = sessions.Clause

// embed makes a reference server with the target's accounts, token and node.
func embed(t *target.Target) (*suite.Embedded, error) {
	c := reference.Default()
	t.User = suite.Merged(t.User, target.User{Login: c.User.Login, Password: c.User.Password})
	t.OtherUser = suite.Merged(t.OtherUser, target.User{Login: c.OtherUser.Login, Password: c.OtherUser.Password})
	given := target.Own[settings.Own](*t)
	c.Token = cmp.Or(given.Token, c.Token)
	if given.Node != nil {
		c.Node = given.Node
	}
	t.Own = settings.Own{Token: c.Token, Node: c.Node}
	c.User.Login, c.User.Password = t.User.Login, t.User.Password
	c.OtherUser.Login, c.OtherUser.Password = t.OtherUser.Login, t.OtherUser.Password
	server, err := reference.New(c)
	return &suite.Embedded{Handler: server, Base: reference.BasePath}, err
}
