// Package servers lists the reference servers of all APIs, each with the settings of a target for it.
package servers

import (
	"fmt"
	"net/http"
	"slices"

	"session-conformance/support/reference"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
	"session-conformance/support/reference/wire"
)

// Reference is the reference server of one API.
type Reference struct {
	API      string // as targets.yaml has it
	Faults   []reference.Fault
	Variants []reference.Variant
	// New makes the server with the named faults and variants. The error names an unknown one.
	New func(with []string) (*Made, error)
	Try string // a call to try it with, below Made.Base
}

// Made is a reference server that does not listen yet.
type Made struct {
	Handler http.Handler
	Base    string // the path before its calls, without a slash at its end; may be empty
	// Settings are the accounts of a target for it, as targets.yaml has them: user and so on. Name, api and url are
	// missing.
	Settings map[string]any
}

// All are the reference servers of all APIs.
func All() []Reference {
	return []Reference{
		{"saymon", saymon.Faults, saymon.Variants, newSAYMON, "/node/api/users/current"},
		{"sdm", sdm.Faults, sdm.Variants, newSDM, "/rest/v1.3/admin/serverInfo"},
		{"sessions", sessions.Faults, sessions.Variants, newSessions, "/session/user"},
	}
}

// New makes the reference server of the API with the named faults and variants. The error names an unknown API, fault
// or variant.
func New(api string, with []string) (*Made, error) {
	for _, r := range All() {
		if r.API == api {
			return r.New(with)
		}
	}
	return nil, fmt.Errorf("there is no reference server of the API %q", api)
}

// Names are those of all its faults and variants, and of the variants of how any server speaks.
func (r Reference) Names() []string {
	var names []string
	for _, f := range r.Faults {
		names = append(names, f.Name)
	}
	for _, v := range slices.Concat(r.Variants, wire.Variants) {
		names = append(names, v.Name)
	}
	return names
}

func newSAYMON(with []string) (*Made, error) {
	c := saymon.Default()
	c.With = with
	return SAYMON(c, nil)
}

// SAYMON makes a SAYMON server as configured. keycloak is the target's key of that name; nil: a token that the server
// takes.
func SAYMON(c saymon.Config, keycloak map[string]string) (*Made, error) {
	server, err := saymon.New(c)
	if err != nil {
		return nil, err
	}
	if keycloak == nil {
		keycloak = map[string]string{"token": server.KeycloakToken(saymon.KeycloakUser(c))}
	}
	account := func(a saymon.Account) map[string]any {
		return map[string]any{"login": a.Login, "password": a.Password, "email": a.Email, "id": a.ID}
	}
	return &Made{server, "", map[string]any{"user": account(c.User), "other_user": account(c.OtherUser),
		"keycloak": keycloak}}, nil
}

func newSDM(with []string) (*Made, error) {
	c := sdm.Default()
	c.With = with
	server, err := sdm.New(c)
	return &Made{server, "", map[string]any{"user": user(c.User.UserName, c.User.Password),
		"other_user": user(c.OtherUser.UserName, c.OtherUser.Password)}}, err
}

func newSessions(with []string) (*Made, error) {
	c := sessions.Default()
	c.With = with
	server, err := sessions.New(c)
	return &Made{server, sessions.BasePath, map[string]any{"user": user(c.User.Login, c.User.Password),
		"other_user": user(c.OtherUser.Login, c.OtherUser.Password), "token": c.Token, "node": c.Node}}, err
}

func user(login, password string) map[string]any {
	return map[string]any{"login": login, "password": password}
}
