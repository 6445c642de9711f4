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
		login := ev.Of(lastLogin)
		ev.Requires("sessions-login-opens", login)
		ev.RequiresPart("sessions-login-opens", login, answerOneOf(usesOf(ev, lastUser, lastDetails)))
	}
	accepted := func() {
		GinkgoHelper()
		opened()
		ev.Requires("sessions-logout-status-201")
	}
	It("is answered with the status 201", clause("sessions-logout-status-201", LogOut), func() {
		opened()
		Expect(ev.Of(loggedOut)).To(HaveStatus(201))
	})
	It("is answered without content", clause("sessions-logout-no-content", LogOut), func() {
		accepted()
		Expect(ev.Of(loggedOut)).To(HaveNoContent())
	})

	It("ends the session for the call about the user", clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless), func() {
		accepted()
		ev.Requires("sessions-user-status-200", ev.Of(lastUser))
		ev.Requires("sessions-user-invented-session")
		Expect(ev.Of(userAfter)).To(BeRefused())
	})
	It("ends the session for the details of the user", clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless), func() {
		accepted()
		ev.Requires("sessions-details-status-200", ev.Of(lastDetails))
		ev.Requires("sessions-details-invented-session")
		Expect(ev.Of(detailsAfter)).To(BeRefused())
	})

	It("is refused with the status 401 without a session", clause("sessions-logout-without-session", LogOut, Sessionless), func() {
		accepted()
		Expect(ev.Of(logoutWithout)).To(HaveStatus(401))
	})
})
