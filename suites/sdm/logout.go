package sdm

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Log out", func(ev *suite.Evidence) {
	judges := func(id string) Labels { return clause(id, LogIn, Sessionless, LogOut) }
	// ending is the logout of a session that was live.
	ending := func() *exchange.Exchange {
		f := anyForm(ev)
		cookied(ev, f)
		out := ev.Of(loggedOut)
		t := ev.Target()
		if !t.Lacks("probe") {
			live(ev, f)
			requireNeeded(ev)
			ev.Requires("sdm-session-lasts", ev.Of(f.again))
			ev.Requires("sdm-session-authenticates", ev.Of(lastUse))
			requireBeside(ev)
		}
		return out
	}
	over := func() { ev.Requires("sdm-logout", ending()) }
	It("succeeds", judges("sdm-logout"), func() {
		Expect(ending()).To(HaveStatus(204, 200))
	})
	It("ends the session", judges("sdm-logout-ends-session"), func() {
		over()
		live(ev, anyForm(ev))
		Expect(ev.Of(useAfter)).To(BeRefused())
	})
	It("hands out no further session", judges("sdm-logout-ends-session"), func() {
		over()
		if len(ev.Attempts(loggedOut)) > 0 {
			requireInventedRefused(ev)
		}
		Expect(ev.Of(loggedOut)).To(Meet("no cookie of a live session", ev.LeftNothing, Outline))
	})
	It("ends the session for good: the user's next login does not bring it back",
		judges("sdm-logout-ends-session"), func() {
			over()
			live(ev, anyForm(ev))
			ev.RequiresPart("sdm-logout-ends-session", ev.Of(useAfter), BeRefused())
			ev.Requires(anyForm(ev).Clause, ev.Of(loginAfter))
			Expect(ev.Of(useAtLast)).To(BeRefused())
		})
	for _, f := range forms {
		It("lets the user log in again with "+f.Name, clause(f.Clause, LogIn, Sessionless, LogOut), func() {
			if anyForm(ev) != f {
				suite.Skip(report.NotApplicable, "the login after it is in another form")
			}
			if out := ev.Of(loggedOut); !out.Succeeded() {
				suite.Skip(report.NotApplicable, "the logout does not succeed, which is the matter of sdm-logout")
			}
			Expect(ev.Of(loginAfter)).To(openSession())
		})
	}
	It("is refused without a session by the status 401", judges("sdm-logout-needs-session"), func() {
		over()
		Expect(ev.Of(nothingToEnd)).To(HaveStatus(401))
	})
	It("is refused with an invented cookie by the status 401", judges("sdm-logout-needs-session"), func() {
		over()
		Expect(ev.Of(outByInvented)).To(HaveStatus(401))
	})
	It("ends nothing without a session or with an invented cookie", judges("sdm-logout-invented"), func() {
		live(ev, anyForm(ev))
		requireNeeded(ev)
		ev.Requires("sdm-session-authenticates", ev.Of(lastUse))
		requireBeside(ev)
		Expect(ev.Of(useAfterOut)).To(BeSuccess())
	})
	It("ends no other user's session", judges("sdm-logout-ends-this-only"), func() {
		over()
		ev.Requires("sdm-session-authenticates", othersUsed(ev))
		Expect(ev.Of(othersUse)).To(BeSuccess())
	})
	It("once more is refused or does no harm", judges("sdm-logout-twice"), func() {
		over()
		Expect(ev.Of(loggedOutTwice)).To(NotBeServerError())
	})
})
