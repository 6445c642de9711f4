package sdm

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Log out", func(ev *suite.Evidence) {
	// ending is the logout of a session that was live.
	ending := func() *exchange.Exchange {
		GinkgoHelper()
		f := anyForm(ev)
		cookied(ev, f)
		out := ev.Of(LogOut, logoutStep)
		t := ev.Target()
		if !t.Lacks("probe") {
			live(ev, f)
			givenNeeded(ev)
			ev.Given("sdm-session-lasts", ev.Of(LogIn, againStep(f)), BeSuccess())
		}
		return out
	}
	over := func() {
		GinkgoHelper()
		ev.Given("sdm-logout", ending(), HaveStatus(200, 204))
	}
	It("succeeds", clause("sdm-logout", LogIn, Sessionless, LogOut), func() {
		Expect(ending()).To(HaveStatus(204, 200))
	})
	It("ends the session", clause("sdm-logout-ends-session", LogIn, Sessionless, LogOut), func() {
		over()
		live(ev, anyForm(ev))
		ev.Given("sdm-session-authenticates", ev.Of(LogOut, liveStep), BeSuccess())
		Expect(ev.Of(LogOut, deadStep)).To(BeRefused())
	})
	It("is refused without a session by the status 401", clause("sdm-logout-needs-session", LogIn, Sessionless, LogOut), func() {
		over()
		Expect(ev.Of(LogOut, nothingToEnd)).To(HaveStatus(401))
	})
})
