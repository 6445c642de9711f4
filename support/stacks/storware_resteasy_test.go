//go:build stacks

package stacks

var storwareRESTEasy = stack{
	api: "sessions", folder: "storware-resteasy", base: "/api",
	prepare: []string{"mvn", "-q", "-B", "package"},
	start: []string{"java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", "target/server.jar:target/lib/*",
		"storware.Server"},
	habits: []string{"gzip", "lockout", "nulls-left-out", "times-in-whole-seconds"},
	mistakes: []mistake{
		{name: "status-200", clause: "sessions-status-204"},
		{name: "missing-token-is-the-first", clause: "sessions-token-missing"},
		{name: "logout-forgets-nothing", clause: "sessions-logout-ends-session"},
		{name: "logout-without-a-session-succeeds", why: "no document says what a logout without a session is answered"},
		{name: "guid-anew", clause: "sessions-details-guid-stable"},
		{name: "password-in-the-details", clause: "sessions-password-not-in-answers"},
		{name: "user-before-the-password", clause: "sessions-login-wrong-password"},
		{name: "anybody-is-a-guest", clause: "sessions-login-unknown-user"},
		{name: "missing-password-matches", clause: "sessions-login-without-password"},
		{name: "password-without-case", clause: "sessions-password-case"},
		{name: "password-by-beginning", clause: "sessions-login-wrong-password"},
		{name: "password-trimmed", clause: "sessions-login-wrong-password"},
		{name: "session-taken-over", clause: "sessions-login-new-session"},
		{name: "times-frozen", clause: "sessions-last-successful-login-moves"},
		{name: "failed-moves-with-good", clause: "sessions-last-failed-login"},
		{name: "login-200", clause: "sessions-login-201"},
		{name: "reads-make-sessions", clause: "sessions-user-without-session"},
		{name: "forbidden-for-unauthorized", clause: "sessions-refusal-401"},
		{name: "times-in-seconds", clause: "sessions-timestamps-milliseconds"},
		{name: "times-as-text", clause: "sessions-last-failed-login"},
		{name: "names-swapped", clause: "sessions-last-failed-login"},
		{name: "zone-of-the-server", clause: "sessions-ui-time-zone"},
		{name: "cookie-for-the-console", clause: "sessions-cookie-path"},
		{name: "session-of-a-second", clause: "sessions-session-lasts"},
		{name: "errors-as-500", clause: "sessions-malformed"},
	},
}
