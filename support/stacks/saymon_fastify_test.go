//go:build stacks

package stacks

var saymonFastify = stack{
	api: "saymon", folder: "saymon-fastify",
	prepare: []string{"npm", "ci", "--no-audit", "--no-fund"},
	start:   []string{"node", "server.mjs"},
	habits:  []string{"gzip", "csrf", "limit", "lockout", "cap", "error-pages"},
	mistakes: []mistake{
		{name: "password-compared-loosely", clause: "saymon-refuses-wrong-password"},
		{name: "promise-not-awaited", clause: "saymon-refuses-wrong-password"},
		{name: "password-trimmed", clause: "saymon-password-white-space"},
		{name: "password-in-one-case", clause: "saymon-password-case"},
		{name: "password-of-72-bytes", why: "the account's password is shorter"},
		{name: "login-as-a-pattern", clause: "saymon-refuses-unknown-login"},
		{name: "login-by-beginning", clause: "saymon-refuses-unknown-login"},
		{name: "query-objects", clause: "saymon-refuses-wrong-password"},
		{name: "null-token-matches-nobody-s", clause: "saymon-refuses-unknown-auth-token"},
		{name: "missing-password-is-no-password", clause: "saymon-refuses-missing-password"},
		{name: "basic-is-latin-1", why: "the documents' own samples encode characters beyond ASCII differently, so nothing is " +
			"judged of it; and this account has none"},
		{name: "basic-password-ends-at-a-colon", clause: "saymon-token-by-basic"},
		{name: "basic-by-login-alone", clause: "saymon-token-refuses-wrong-credentials"},
		{name: "session-by-beginning", clause: "saymon-refuses-invented-session"},
		{name: "session-in-a-plain-object", clause: "saymon-refuses-invented-session"},
		{name: "session-lives-a-second", clause: "saymon-session-lasts"},
		{name: "session-works-three-times", clause: "saymon-session-lasts"},
		{name: "session-by-user", clause: "saymon-session-new"},
		{name: "session-before-the-password", clause: "saymon-refuses-wrong-password"},
		{name: "cookie-without-a-path", clause: "saymon-cookie-path"},
		{name: "cookie-signed", clause: "saymon-cookie-is-session-id"},
		{name: "cookie-of-a-minute-ago", clause: "saymon-cookie-set"},
		{name: "cookie-connect-sid", clause: "saymon-cookie-set"},
		{name: "answers-an-object", clause: "saymon-session-id-quoted"},
		{name: "answers-without-quotation-marks", clause: "saymon-session-id-quoted"},
		{name: "user-of-the-body", clause: "saymon-session-of-user"},
		{name: "token-without-credentials", clause: "saymon-token-refuses-no-credentials"},
		{name: "token-for-anybody", clause: "saymon-token-refuses-unknown-user"},
		{name: "one-token-for-ever", clause: "saymon-token-new"},
		{name: "logout-takes-the-cookie-only", clause: "saymon-logout-ends-session"},
	},
}
