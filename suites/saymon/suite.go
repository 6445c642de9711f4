// Package saymon judges SAYMON (Central Pult) by what its documents say of sessions and authentication tokens.
package saymon

import (
	_ "embed"

	_ "session-conformance/suites/apis"
	"session-conformance/suites/saymon/settings"
	"session-conformance/support/evidence"
	server "session-conformance/support/reference/saymon"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

//go:embed clauses.yaml
var clauses []byte

//go:embed asked.txt
var asked string

var saymon = suite.New(suite.API{Title: "SAYMON", Clauses: clauses, Embed: embed, Reference: server.Reference,
	API: evidence.API{Name: settings.API.Name, Asked: evidence.ReadAsked(asked), TokenQuery: "api-token",
		LogOut: logOut, Session: sessionOfLogin, Words: append(words, session.Words()...)}})

// words are what the documents call things.
var words = []string{"login", "password", "auth-token", "auth-service", "auth-service-params", "token", "keycloak",
	"api-token", "sid", "session", "users", "current", "code", "message", "application", "Authorization"}

// Suite is the suite of this API, with all its scenarios and specs.
func Suite() *suite.Suite { return saymon }

// clause labels a spec with the clause that it judges and the scenarios that it reads.
var clause = saymon.Clause
