package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Log out", func(ev *suite.Evidence) {
	opened := func() {
		GinkgoHelper()
		login := ev.Of(LogOut, "log in")
		ev.Given("sessions-login-opens", login, openSession())
		ev.Given("sessions-login-opens", login, answerOneOf(uses(ev, LogOut)))
	}
	accepted := func() {
		GinkgoHelper()
		opened()
		ev.Given("sessions-logout-status-201", ev.Of(LogOut, "log out"), BeSuccess())
	}
	It("is answered with the status 201", clause("sessions-logout-status-201", LogOut), func() {
		opened()
		Expect(ev.Of(LogOut, "log out")).To(HaveStatus(201))
	})
	It("is answered without content", clause("sessions-logout-no-content", LogOut), func() {
		accepted()
		Expect(ev.Of(LogOut, "log out")).To(HaveNoContent())
	})

	ends := func(text, prefix, step string) {
		It(text, clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless), func() {
			accepted()
			ev.Given(prefix+"-status-200", ev.Of(LogOut, step), BeSuccess())
			ev.Given(prefix+"-invented-session", ev.Of(Sessionless, step+" invented"), BeRefused())
			Expect(ev.Of(LogOut, step+" after it")).To(BeRefused())
		})
	}
	ends("ends the session for the call about the user", "sessions-user", "user")
	ends("ends the session for the details of the user", "sessions-details", "details")

	It("is refused with the status 401 without a session", clause("sessions-logout-without-session", LogOut, Sessionless), func() {
		accepted()
		Expect(ev.Of(Sessionless, "log out")).To(HaveStatus(401))
	})
})
