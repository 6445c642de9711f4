package sessions

import (
	. "github.com/onsi/ginkgo/v2"

	. "session-conformance/support/evidence"
	"session-conformance/support/suite"
)

// The second account is sent the wrong passwords for which the first one has no room.
var _ = sessions.Describe("Log in as the other user", func(ev *suite.Evidence) {
	for _, near := range []struct {
		text, clause string
		step         *Step
	}{
		{"refuses a password of blanks", "sessions-login-empty-password", blankPassword},
		{"refuses the password with a letter more", "sessions-login-password-whole", longerPassword},
		{"refuses the password with another character amid", "sessions-login-password-whole", middlePassword},
		{"refuses a percent sign for the password in a live session of that user", "sessions-login-wrong-password",
			percentPassword},
		{"refuses a list of the right password", "sessions-login-password-no-text", listPassword},
		{"refuses a list of the right login", "sessions-login-no-text", listLogin},
		{"refuses a condition of SQL for the password", "sessions-login-wrong-password", conditionPassword},
	} {
		It(near.text, clause(near.clause, OtherUser, LogIn, RefusedLogins, Sessionless), func() {
			requireRight(ev, otherWay)
			if near.step != percentPassword {
				wrongRefused(ev)
			}
			expectRefused(ev, near.step)
		})
	}
})
