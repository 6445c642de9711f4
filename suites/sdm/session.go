package sdm

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Session", func(ev *suite.Evidence) {
	for _, f := range forms {
		Context("of a login with "+f.name, func() {
			It("authenticates the next call", clause("sdm-session-authenticates", LogIn, Sessionless), func() {
				use := used(ev, f)
				if use.Succeeded() { // which says nothing where nobody needs a session
					ev.Given("sdm-session-needed", ev.Of(Sessionless, withoutStep), BeRefused())
				}
				Expect(use).To(BeSuccess())
			})
			It("authenticates one call after another", clause("sdm-session-lasts", LogIn, Sessionless), func() {
				live(ev, f)
				ev.Given("sdm-session-needed", ev.Of(Sessionless, withoutStep), BeRefused())
				Expect(ev.Of(LogIn, againStep(f))).To(BeSuccess())
			})
		})
	}
})

var _ = sdm.Describe("Call that needs a session", func(ev *suite.Evidence) {
	It("is refused without one", clause("sdm-session-needed", LogIn, Sessionless), func() {
		givenAnyLive(ev)
		Expect(ev.Of(Sessionless, withoutStep)).To(BeRefused())
	})
	for _, step := range []string{inventedStep, alteredStep} {
		It("is refused "+step, clause("sdm-session-invented", LogIn, Sessionless), func() {
			givenNeeded(ev)
			Expect(ev.Of(Sessionless, step)).To(BeRefused())
		})
	}
	It("is answered 401 without a session and with an invented one", clause("sdm-session-refusal-401", LogIn, Sessionless), func() {
		givenInvented(ev)
		Expect(ev.Of(Sessionless, withoutStep)).To(HaveStatus(401))
		for _, e := range withInvented(ev) {
			Expect(e).To(HaveStatus(401))
		}
	})
})

// givenNeeded ends the spec where a call without a session is answered like one with a session.
func givenNeeded(ev *suite.Evidence) {
	GinkgoHelper()
	givenAnyLive(ev)
	ev.Given("sdm-session-needed", ev.Of(Sessionless, withoutStep), BeRefused())
}

// givenInvented ends the spec where invented sessions are as good as live ones.
func givenInvented(ev *suite.Evidence) {
	GinkgoHelper()
	givenNeeded(ev)
	for _, e := range withInvented(ev) {
		ev.Given("sdm-session-invented", e, BeRefused())
	}
}

// withInvented are the calls with invented sessions: the one that nobody was given and, where it was sent, the one that differs
// at its end.
func withInvented(ev *suite.Evidence) []*exchange.Exchange {
	GinkgoHelper()
	return append([]*exchange.Exchange{ev.Of(Sessionless, inventedStep)}, ev.All(Sessionless, alteredStep)...)
}
