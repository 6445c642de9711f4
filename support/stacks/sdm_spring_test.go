//go:build stacks

package stacks

var sdmSpring = stack{
	api: "sdm", folder: "sdm-spring", base: "",
	prepare: []string{"mvn", "-q", "-B", "package"},
	start:   []string{"java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-jar", "target/server.jar"},
	habits:  []string{"gzip", "lockout", "cap", "error-pages", "remember-me", "without-a-route"},
	mistakes: []mistake{
		{name: "session-before-the-password", clause: "sdm-refuses-wrong-password"},
		{name: "user-before-the-password", clause: "sdm-refuses-wrong-password"},
		{name: "session-taken-over", clause: "sdm-session-new"},
		{name: "null-equals-null", clause: "sdm-refuses-unknown-user"},
		{name: "password-without-case", clause: "sdm-password-case"},
		{name: "password-by-beginning", clause: "sdm-password-last-character"},
		{name: "password-trimmed", clause: "sdm-refuses-wrong-password"},
		{name: "user-name-trimmed", why: "no document says that blanks around a user name count"},
		{name: "forbidden-for-unauthorized", clause: "sdm-wrong-password"},
		{name: "session-of-a-second", clause: "sdm-session-lasts"},
		{name: "session-id-of-the-user", clause: "sdm-session-id-is-cookie"},
		{name: "no-session-id", clause: "sdm-field-session-id"},
		{name: "other-root-element", clause: "sdm-xml-root"},
		{name: "wrapped-in-the-root", clause: "sdm-json-root"},
		{name: "logout-forgets-nothing", clause: "sdm-logout-ends-session"},
		{name: "any-version", clause: "sdm-unknown-version"},
		{name: "versions-by-beginning", clause: "sdm-unknown-version"},
		{name: "every-error-500", clause: "sdm-malformed-xml"},
		{name: "malformed-is-unauthorized", clause: "sdm-malformed-xml"},
		{name: "cookie-for-the-console", clause: "sdm-cookie-path"},
	},
}
