package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Get the user of the session", func(ev *suite.Evidence) {
	It("is answered with the status 200", clause("sessions-user-status-200", LogIn), func() {
		live(ev)
		Expect(ev.Of(currentUser)).To(HaveStatus(200))
	})
	It("refuses a request without a session", clause("sessions-user-without-session", LogIn, Sessionless), func() {
		live(ev)
		ev.Requires("sessions-user-status-200")
		Expect(ev.Of(userWithout)).To(BeRefused())
	})
	It("refuses an invented session", clause("sessions-user-invented-session", LogIn, Sessionless), func() {
		live(ev)
		ev.Requires("sessions-user-status-200")
		ev.Requires("sessions-user-without-session")
		Expect(ev.Of(userInvented)).To(BeRefused())
	})
})
