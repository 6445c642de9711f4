package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Log in with the token", func(ev *suite.Evidence) {
	It("opens a session", clause("sessions-token-opens", LogIn, LogInByToken, Sessionless), func() {
		login := latest(ev, tokenLogin, tokenLoginAgain)
		if ofToken.carry(ev, login) {
			return
		}
		Expect(login).To(openSession())
		use := ev.Of(tokenUser)
		if !use.Succeeded() {
			ev.Requires("sessions-user-status-200")
		}
		ev.Requires("sessions-user-without-session")
		Expect(use).To(BeSuccess())
	})
	It("is answered with the status 201", clause("sessions-login-status-201", LogInByToken), func() {
		Expect(withToken(ev)).To(HaveStatus(201))
	})
	It("does not repeat the token", clause("sessions-login-secret-not-repeated", LogInByToken), func() {
		expectNotRepeated(withToken(ev))
	})

	refuses(ev, byToken)
})
