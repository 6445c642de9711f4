//go:build stacks

package stacks

var sdmSpring = stack{
	api: "sdm", folder: "sdm-spring", base: "",
	prepare: []string{"mvn", "-q", "-B", "package"},
	start:   []string{"java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-jar", "target/server.jar"},
	habits:  []string{"gzip", "lockout", "cap", "error-pages", "remember-me", "without-a-route"},
	mistakes: []mistake{
		{name: "session-before-the-password", clause: "sdm-refusal-opens-nothing"},
		{name: "user-before-the-password", clause: "sdm-refusal-opens-nothing"},
		{name: "session-taken-over", clause: "sdm-login-new-id"},
		{name: "null-equals-null", clause: "sdm-credentials-missing"},
		{name: "password-without-case", clause: "sdm-password-case"},
		{name: "password-by-beginning", clause: "sdm-password-to-the-end"},
		{name: "password-trimmed", clause: "sdm-password-exact"},
		{name: "user-name-trimmed", why: "no document says that blanks around a user name count"},
		{name: "forbidden-for-unauthorized", clause: "sdm-wrong-password"},
		{name: "session-of-a-second", clause: "sdm-session-idle"},
		{name: "session-id-of-the-user", clause: "sdm-session-id-is-cookie"},
		{name: "no-session-id", clause: "sdm-session-id-not-empty"},
		{name: "other-root-element", clause: "sdm-xml-root"},
		{name: "wrapped-in-the-root", clause: "sdm-json-unwrapped"},
		{name: "logout-forgets-nothing", clause: "sdm-logout-ends-session"},
		{name: "any-version", clause: "sdm-version-unknown"},
		{name: "versions-by-beginning", clause: "sdm-version-in-full"},
		{name: "every-error-500", clause: "sdm-body-malformed"},
		{name: "malformed-is-unauthorized", clause: "sdm-body-malformed"},
		{name: "cookie-for-the-console", clause: "sdm-cookie-reaches-calls"},
	},
}
