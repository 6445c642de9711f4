// Package sdm judges the login of Oracle's Session Delivery Manager by what its document says.
package sdm

import (
	_ "embed"

	_ "session-conformance/suites/apis"
	"session-conformance/suites/sdm/settings"
	"session-conformance/support/evidence"
	reference "session-conformance/support/reference/sdm"
	"session-conformance/support/session"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

//go:embed clauses.yaml
var clauses []byte

//go:embed asked.txt
var asked string

var sdm = suite.New(suite.API{Title: "SDM", Clauses: clauses, Embed: embed, Reference: reference.Reference,
	API: evidence.API{Name: settings.API.Name, Asked: evidence.ReadAsked(asked), Probe: probePath,
		LogOut: logOut, Session: sessionOfLogin, Words: append(words, session.Words()...)}})

// Suite is the suite of this API, with all its scenarios and specs.
func Suite() *suite.Suite { return sdm }

// clause labels a spec with the clause that it judges and the scenarios that it reads.
var clause = sdm.Clause

// words are what the document calls things, and its samples' values.
var words = []string{"session", "userName", "password", "idleTimeout", "serverInfo", "sessionId", "userGroup",
	"validUntil",
	"valid until logout", "administrators", "admin", "login", "logout", "rest", "application", "JSESSIONID"}

// embed makes a reference server with the target's account.
func embed(t *target.Target) (*suite.Embedded, error) {
	c := reference.Default()
	t.User = suite.Merged(t.User, target.User{Login: c.User.UserName, Password: c.User.Password})
	t.OtherUser = suite.Merged(t.OtherUser, target.User{Login: c.OtherUser.UserName, Password: c.OtherUser.Password})
	c.User.UserName, c.User.Password = t.User.Login, t.User.Password
	c.OtherUser.UserName, c.OtherUser.Password = t.OtherUser.Login, t.OtherUser.Password
	server, err := reference.New(c)
	return &suite.Embedded{Handler: server}, err
}
