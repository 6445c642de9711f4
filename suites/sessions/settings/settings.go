// Package settings declares what targets.yaml may say of Storware and of no other API.
package settings

import (
	"regexp"

	"session-conformance/support/target"
)

// Own are the settings that only a Storware target has.
type Own struct {
	Token string `json:"token,omitempty" secret:"yes" jsonschema_description:"sessions: the token for login-with-token."`
	// Node is posted as it stands. Its values are string, bool, nil, json.Number, []any and map[string]any.
	Node map[string]any `json:"node,omitempty" secret:"yes,but=login name id node nodeName host hostname version" jsonschema_description:"sessions: the body of a node's login, posted as it stands."`
}

// API is what targets.yaml may say of a Storware target.
var API = target.API{
	Name: "sessions", Product: "Storware Backup & Recovery",
	Features: []string{"token", "node"},
	Own:      Own{},
	Paths:    regexp.MustCompile(`(?i)/session(/(login|login-with-token|logout|user|node).*)?/?$`), Follows: "/session",
	Address: "url ends in /api mostly, as in https://HOST:8181/api",
}
