// Package settings declares what targets.yaml may say of SAYMON and of no other API.
package settings

import (
	"regexp"

	"session-conformance/support/target"
)

// Own are the settings that only a SAYMON target has.
type Own struct {
	Keycloak *target.Keycloak `json:"keycloak,omitempty" jsonschema_description:"saymon: a Keycloak token, or where to get one."`
}

// API is what targets.yaml may say of a SAYMON target.
var API = target.API{
	Name: "saymon", Product: "SAYMON / Central Pult",
	Features: []string{"email", "auth-token", "keycloak"},
	Own:      Own{},
	Paths:    regexp.MustCompile(`(?i)/node/api(/.*)?$`), Follows: "/node/api",
	Address: "/node/api follows url by itself, and whatever stands before that in the product's address belongs in url",
}
