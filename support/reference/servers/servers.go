// Package servers makes the reference server of any API, with the settings of a target for it.
package servers

import (
	"fmt"
	"net/http"

	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
)

// Made is a reference server that does not listen yet.
type Made struct {
	Handler http.Handler
	Base    string // the path before its calls, without a slash at its end; may be empty
	// Settings are the accounts of a target for it, as targets.yaml has them: user and so on. Name, api and url are missing.
	Settings map[string]any
}

// New makes the reference server of the API (saymon, sdm or sessions) with the named faults and variants. The error names an
// unknown API, fault or variant.
func New(api string, with []string) (*Made, error) {
	switch api {
	case "saymon":
		c := saymon.Default()
		c.With = with
		return SAYMON(c, nil)
	case "sdm":
		c := sdm.Default()
		c.With = with
		server, err := sdm.New(c)
		return &Made{server, "", map[string]any{"user": user(c.User.UserName, c.User.Password),
			"other_user": user(c.OtherUser.UserName, c.OtherUser.Password)}}, err
	case "sessions":
		c := sessions.Default()
		c.With = with
		server, err := sessions.New(c)
		return &Made{server, sessions.BasePath, map[string]any{"user": user(c.User.Login, c.User.Password),
			"other_user": user(c.OtherUser.Login, c.OtherUser.Password), "token": c.Token, "node": c.Node}}, err
	}
	return nil, fmt.Errorf("there is no reference server of the API %q", api)
}

// SAYMON makes a SAYMON server as configured. keycloak is the target's key of that name; nil: a token that the server takes.
func SAYMON(c saymon.Config, keycloak map[string]string) (*Made, error) {
	server, err := saymon.New(c)
	if err != nil {
		return nil, err
	}
	if keycloak == nil {
		keycloak = map[string]string{"token": server.KeycloakToken(c.User)}
	}
	account := func(a saymon.Account) map[string]any {
		return map[string]any{"login": a.Login, "password": a.Password, "email": a.Email, "id": a.ID}
	}
	return &Made{server, "", map[string]any{"user": account(c.User), "other_user": account(c.OtherUser), "keycloak": keycloak}}, nil
}

func user(login, password string) map[string]any {
	return map[string]any{"login": login, "password": password}
}
