package proof

import "slices"

// pass lists the clauses that may pass against a null target, with the reason.
type pass struct {
	api, null string
	why       string
	clauses   []string
}

// passes are all of them. Whatever else passes is a failure of this project.
var passes = []pass{
	{"saymon", "any-session", "It answers every call with a new session ID and cookie, which is what these clauses ask of a good request. " +
		"That it refuses nothing and knows no user is what fails it.", []string{
		"saymon-session-by-login", "saymon-session-by-email", "saymon-session-by-token", "saymon-session-by-keycloak",
		"saymon-request-framing", "saymon-request-encoding", "saymon-request-white-space",
		"saymon-session-id-quoted", "saymon-session-id-not-empty", "saymon-session-id-uuid", "saymon-session-new",
		"saymon-cookie-set", "saymon-cookie-is-session-id", "saymon-cookie-path", "saymon-session-authenticates", "saymon-session-lasts",
		"saymon-token-by-basic", "saymon-token-quoted", "saymon-token-not-empty", "saymon-token-uuid", "saymon-token-new",
		"saymon-token-authenticates", "saymon-token-lasts", "saymon-current-by-basic", "saymon-logout-accepted", "saymon-token-deletion-accepted",
	}},
}

// mayPass gives the reason why a clause may pass against a null target, or nothing.
func mayPass(api, null, clause string) string {
	for _, p := range passes {
		if p.api == api && p.null == null && slices.Contains(p.clauses, clause) {
			return p.why
		}
	}
	return ""
}
