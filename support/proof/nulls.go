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
	{"saymon", "any-session", "It answers every call with a new session ID and cookie, which is what these clauses ask " +
		"of a good request. " +
		"That it refuses nothing and gives no other answer is what fails it.", []string{
		"saymon-session-by-login", "saymon-session-by-email", "saymon-session-by-token", "saymon-session-by-keycloak",
		"saymon-request-framing", "saymon-request-encoding", "saymon-request-white-space",
		"saymon-session-id-quoted", "saymon-session-id-not-empty", "saymon-session-id-uuid", "saymon-session-new",
		"saymon-cookie-set", "saymon-cookie-is-session-id", "saymon-cookie-path", "saymon-session-authenticates",
		"saymon-session-lasts",
		"saymon-token-by-basic", "saymon-token-quoted", "saymon-token-not-empty", "saymon-token-uuid", "saymon-token-new",
		"saymon-token-authenticates", "saymon-token-lasts", "saymon-current-by-basic", "saymon-logout-accepted",
		"saymon-token-deletion-accepted",
	}},
	{"sdm", "any-session", "It answers every call with 200, a JSON string and a new cookie, which is what these " +
		"clauses ask of a good request. " +
		"That it refuses nothing and gives none of the fields is what fails it.", []string{
		"sdm-session-cookie", "sdm-cookie-reaches-calls", "sdm-login-xml", "sdm-login-json", "sdm-login-200",
		"sdm-two-logins-two-sessions", "sdm-json-media-type", "sdm-password-not-repeated",
	}},
	{"sessions", "any-session", "It answers every call with 200, a JSON string and a new cookie, which is what these " +
		"clauses ask of a good request. " +
		"That it refuses nothing and gives none of the fields is what fails it.", []string{
		"sessions-details-status-200", "sessions-user-status-200", "sessions-login-own-session",
		"sessions-login-json-escapes",
		"sessions-login-secret-not-repeated", "sessions-info-json", "sessions-details-json",
		"sessions-cookie-reaches-calls", "sessions-login-sets-cookie",
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

// listed are the clauses that pass against a null target, by the list.
func listed(api, null string) []string {
	for _, p := range passes {
		if p.api == api && p.null == null {
			return p.clauses
		}
	}
	return nil
}
