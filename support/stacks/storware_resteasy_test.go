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
		{name: "logout-without-a-session-succeeds", clause: "sessions-logout-without-session"},
		{name: "guid-anew", clause: "sessions-details-guid-stable"},
		{name: "password-in-the-details", clause: "sessions-secret-in-no-answer"},
		{name: "user-before-the-password", clause: "sessions-login-wrong-password"},
		{name: "anybody-is-a-guest", clause: "sessions-login-unknown-login"},
		{name: "missing-password-matches", clause: "sessions-login-without-password"},
		{name: "password-without-case", clause: "sessions-login-password-case"},
		{name: "password-by-beginning", clause: "sessions-login-password-whole"},
		{name: "password-trimmed", clause: "sessions-login-password-whole"},
		{name: "session-taken-over", clause: "sessions-login-new-id"},
		{name: "times-frozen", clause: "sessions-timestamps-good-login"},
		{name: "failed-moves-with-good", clause: "sessions-timestamps-unmoved"},
		{name: "login-200", clause: "sessions-login-status-201"},
		{name: "reads-make-sessions", clause: "sessions-user-without-session"},
		{name: "forbidden-for-unauthorized", clause: "sessions-refusal-session-401"},
		{name: "times-in-seconds", clause: "sessions-timestamps-milliseconds"},
		{name: "times-as-text", clause: "sessions-info-last-failed-login"},
		{name: "names-swapped", clause: "sessions-timestamps-unmoved"},
		{name: "zone-of-the-server", clause: "sessions-info-ui-time-zone-form"},
		{name: "cookie-for-the-console", clause: "sessions-cookie-reaches-calls"},
		{name: "session-of-a-second", clause: "sessions-session-lasts"},
		{name: "errors-as-500", clause: "sessions-refusal-4xx"},
	},
}
