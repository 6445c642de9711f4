// Package settings declares what targets.yaml may say of SDM and of no other API.
package settings

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"session-conformance/support/target"
)

// Own are the settings that only an SDM target has.
type Own struct {
	Version string `json:"version,omitempty" secret:"no" jsonschema_description:"sdm: the version in the path, such as v1.3 (the default)."`
	// Probe is a path below /rest/{version}, with its slash first.
	Probe string `json:"probe,omitempty" secret:"no" jsonschema_description:"sdm: a call that needs a session, below /rest/{version}; /admin/serverInfo by default."`
}

// API is what targets.yaml may say of an SDM target.
var API = target.API{
	Name: "sdm", Product: "Oracle Session Delivery Manager",
	Features: []string{"xml", "json", "probe", "logout"}, Either: []string{"xml", "json"},
	Own: Own{Version: "v1.3", Probe: "/admin/serverInfo"},
	Forms: map[string]target.Form{"version": {Pattern: version.String(), Wrong: badVersion},
		"probe": {Pattern: "^/", Wrong: badProbe}},
	Paths: regexp.MustCompile(`(?i)/rest(/v[0-9][^/]*(/.*)?|/admin(/.*)?)?/?$`), Follows: "/rest/{version}",
	Address: "/rest/{version} follows url by itself, where version is v1.3 unless targets.yaml says otherwise; the port " +
		"is 8443 by TLS and 8080 without mostly",
}

var version = regexp.MustCompile(`^v[0-9][A-Za-z0-9._-]*$`)

func badVersion(s string) string {
	if !version.MatchString(s) {
		return "must begin with v and a digit and be one part of the path, such as v1.3"
	}
	return ""
}

func badProbe(s string) string {
	_, err := url.Parse(s)
	switch {
	case !strings.HasPrefix(s, "/"):
		return "must begin with /, such as /admin/serverInfo"
	case strings.HasPrefix(s, "/rest/"):
		return "lies below /rest/{version} already; write what follows it, such as /admin/serverInfo"
	case err != nil || strings.Contains(s, "#") || strings.ContainsFunc(s, unicode.IsSpace):
		return "is not a path such as /admin/serverInfo"
	}
	return ""
}
