// Package sessions judges Storware Backup & Recovery by what its document says of sessions.
package sessions

import (
	_ "embed"

	_ "session-conformance/suites/apis"
	"session-conformance/suites/sessions/settings"
	"session-conformance/support/evidence"
	server "session-conformance/support/reference/sessions"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

//go:embed clauses.yaml
var clauses []byte

//go:embed asked.txt
var asked string

var sessions = suite.New(suite.API{Title: "Storware", Clauses: clauses, Embed: embed, Reference: server.Reference,
	API: evidence.API{Name: settings.API.Name, Asked: evidence.ReadAsked(asked), LogOut: logOut, Session: sessionOfLogin,
		Words: append([]string{"login", "password", "token", "node", "session", "user", "details", "logout",
			"login-with-token", "guid", goodField, failedField, zoneField, "message", "application"}, session.Words()...)}})

// Suite is the suite of this API, with all its scenarios and specs.
func Suite() *suite.Suite { return sessions }

// clause labels a spec with the clause that it judges and the scenarios that it reads.
var clause = sessions.Clause
