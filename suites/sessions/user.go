package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// aboutUser declares what holds for both calls about the user: the status, and refusals without a live session. prefix is
// that of their clauses, step that of the control's exchange.
func aboutUser(ev *suite.Evidence, prefix, step string) {
	accepted := func() {
		GinkgoHelper()
		live(ev)
		ev.Given(prefix+"-status-200", ev.Of(LogIn, step), BeSuccess())
	}
	It("is answered with the status 200", clause(prefix+"-status-200", LogIn), func() {
		live(ev)
		Expect(ev.Of(LogIn, step)).To(HaveStatus(200))
	})
	It("refuses a request without a session", clause(prefix+"-without-session", LogIn, Sessionless), func() {
		accepted()
		Expect(ev.Of(Sessionless, step+" without")).To(BeRefused())
	})
	It("refuses an invented session", clause(prefix+"-invented-session", LogIn, Sessionless), func() {
		accepted()
		ev.Given(prefix+"-without-session", ev.Of(Sessionless, step+" without"), BeRefused())
		Expect(ev.Of(Sessionless, step+" invented")).To(BeRefused())
	})
}

var _ = sessions.Describe("Get the user of the session", func(ev *suite.Evidence) {
	aboutUser(ev, "sessions-user", "user")
	It("refuses a session that differs in one character", clause("sessions-user-invented-session", LogIn, Sessionless), func() {
		live(ev)
		ev.Given("sessions-user-without-session", ev.Of(Sessionless, "user without"), BeRefused())
		Expect(ev.Of(Sessionless, "user altered")).To(BeRefused())
	})
})
