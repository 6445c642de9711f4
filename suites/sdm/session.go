package sdm

import (
	"bytes"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Session", func(ev *suite.Evidence) {
	for _, f := range forms {
		Context("of a login with "+f.Name, func() {
			It("authenticates the next call", clause("sdm-session-authenticates", LogIn, Sessionless), func() {
				use := used(ev, f)
				if use.Succeeded() { // which says nothing where nobody needs a session
					ev.Requires("sdm-session-needed")
				}
				Expect(use).To(BeSuccess())
			})
			It("authenticates one call after another", clause("sdm-session-lasts", LogIn, Sessionless), func() {
				live(ev, f)
				ev.Requires("sdm-session-needed")
				Expect(ev.Of(f.again)).To(BeSuccess())
			})
			It("authenticates every call", clause("sdm-session-lasts", LogIn, Sessionless, UseAgain), func() {
				live(ev, f)
				ev.Requires("sdm-session-needed")
				for _, step := range f.last.uses[:f.idle()-1] {
					Expect(ev.Of(step)).To(BeSuccess())
				}
			})
			It("authenticates after a call without a session", clause("sdm-session-lasts", LogIn, Sessionless, UseAgain),
				func() {
					live(ev, f)
					ev.Requires("sdm-session-needed", ev.Of(f.last.without))
					ev.Requires("sdm-session-lasts", ev.Of(f.last.uses[f.idle()-2]))
					Expect(ev.Of(f.last.uses[f.idle()-1])).To(BeSuccess())
				})
			It("is not that of the connection that carried it", clause("sdm-session-needed", LogIn, Sessionless, UseAgain),
				func() {
					live(ev, f)
					ev.Requires("sdm-session-needed")
					Expect(ev.Of(f.last.without)).To(BeRefused())
				})
			It("authenticates after it lay idle", clause("sdm-session-idle", LogIn, Sessionless, UseAgain), func() {
				live(ev, f)
				ev.Requires("sdm-session-needed")
				ev.Requires("sdm-session-lasts", ev.Of(f.last.uses[f.idle()-1]))
				Expect(ev.Of(f.last.uses[f.idle()])).To(BeSuccess())
			})
		})
	}
})

var _ = sdm.Describe("Session of a login", func(ev *suite.Evidence) {
	It("authenticates where its cookie comes among others",
		clause("sdm-session-among-cookies", LogIn, Sessionless), func() {
			requireNeeded(ev)
			ev.Requires("sdm-session-lasts", ev.Of(anyForm(ev).again))
			Expect(ev.Of(amongOthers)).To(BeSuccess())
		})
	It("authenticates where it is that of the curl sample's login",
		clause("sdm-session-authenticates", LogIn, Sessionless, ByTurns), func() {
			requireChoosy(ev, inXML)
			requireNeeded(ev)
			ev.RequiresPart("sdm-login-as-curl", ev.Of(curlLogin.login), openSession())
			ev.Requires("sdm-session-cookie", ev.Of(curlLogin.login))
			requireBeside(ev)
			Expect(ev.Of(useOfCurl)).To(BeSuccess())
		})
	It("authenticates where others came before it", clause("sdm-session-authenticates", LogIn, Sessionless, LogOut),
		func() {
			requireNeeded(ev)
			ev.Requires("sdm-session-cookie", ev.Of(lastLogin))
			Expect(ev.Of(lastUse)).To(BeSuccess())
		})
	It("authenticates where it is another user's", clause("sdm-session-authenticates", LogIn, Sessionless, LogOut),
		func() {
			Expect(othersUsed(ev)).To(BeSuccess())
		})
	It("authenticates after the login of another user", clause("sdm-login-ends-this-only", LogIn, Sessionless, LogOut),
		func() {
			othersUsed(ev)
			ev.Requires("sdm-session-lasts", ev.Of(anyForm(ev).again))
			ev.Requires("sdm-session-authenticates", ev.Of(lastUse))
			Expect(ev.Of(useBeside)).To(BeSuccess())
		})
	It("authenticates where the login carried a cookie, or asked for the other form",
		clause("sdm-session-authenticates", LogIn, Sessionless, LogInMixed, AtOnce, LogInWithCookie, LogOut), func() {
			requireNeeded(ev)
			requireKnownBeside(ev)
			uses := append([]*Step{useOwnAgain, useStrangers, useWithID}, mixedUses...)
			suite.ExpectEach(ev.All(uses...), BeSuccess())
		})
	It("authenticates where another login came at the same moment",
		clause("sdm-logins-at-once", LogIn, Sessionless, AtOnce, LogOut), func() {
			requireNeeded(ev)
			requireKnownBeside(ev)
			suite.ExpectEach(ev.All(atOnceUses...), BeSuccess())
		})
	for _, step := range useAfterRefused {
		It("authenticates after a refused login of the same user: "+step.Name,
			clause("sdm-session-lasts", LogIn, Sessionless, ByTurns), func() {
				requireNeeded(ev)
				requireBeside(ev)
				Expect(ev.Of(step)).To(BeSuccess())
			})
	}
})

var _ = sdm.Describe("Call that needs a session", func(ev *suite.Evidence) {
	It("is refused without one", clause("sdm-session-needed", LogIn, Sessionless), func() {
		requireAnyLive(ev)
		Expect(ev.Of(withoutSession)).To(BeRefused())
	})
	for _, step := range append(oddBasics, basicOfNobody, bearerOfNobody, namedInQuery) {
		It("is refused "+step.Name, clause("sdm-session-needed", LogIn, Sessionless), func() {
			requireAnyLive(ev)
			Expect(ev.Of(step)).To(BeRefused())
		})
	}
	It("is refused "+proxyFields.Name, clause("sdm-session-proxy-fields", LogIn, Sessionless), func() {
		requireNeeded(ev)
		Expect(ev.Of(proxyFields)).To(BeRefused())
	})
	for _, p := range paths {
		It("is refused without one "+p.Name, clause("sdm-session-any-path", LogIn, Sessionless), func() {
			requireNeeded(ev)
			answer := used(ev, anyForm(ev)).Body()
			Expect(ev.Of(p.Step)).To(Meet("another answer than with a session", func(e *exchange.Exchange) bool {
				return !e.Succeeded() || !bytes.Equal(e.Body(), answer)
			}, Outline))
		})
	}
	for _, d := range doors {
		id := "sdm-session-invented"
		if d.call == behindZeroByte {
			id = "sdm-session-zero-byte"
		}
		It("is refused "+d.call.Name, clause(id, LogIn, Sessionless), func() {
			requireNeeded(ev)
			Expect(ev.Of(d.call)).To(BeRefused())
		})
	}
	It("is answered 401 without a session and with an invented one", clause("sdm-session-refusal-401", LogIn, Sessionless),
		func() {
			requireInventedRefused(ev)
			Expect(ev.Of(withoutSession)).To(HaveStatus(401))
			for _, e := range withInvented(ev) {
				Expect(e).To(HaveStatus(401))
			}
		})
})

var _ = sdm.Describe("Call that needs a session", func(ev *suite.Evidence) {
	It("is answered without a server error whatever comes in place of one",
		clause("sdm-session-refusal-401", LogIn, Sessionless, UseAgain, LogOut), func() {
			requireNeeded(ev)
			steps := append(slices.Clone(oddBasics), basicOfNobody, bearerOfNobody, proxyFields, namedInQuery)
			steps = append(steps, useAfter, useAtLast)
			for _, d := range doors {
				steps = append(steps, d.call)
			}
			for _, f := range forms {
				steps = append(steps, f.last.without)
			}
			suite.ExpectEach(ev.All(steps...), NotBeServerError())
		})
})

// othersUsed is the first call with another user's session, where the user is permitted to make it.
func othersUsed(ev *suite.Evidence) *exchange.Exchange {
	requireNeeded(ev)
	login := ev.Of(othersLogin)
	ev.Requires(anyForm(ev).Clause, login)
	ev.Requires("sdm-session-cookie", login)
	use := ev.Of(othersFirstUse)
	if use.Status() == 403 {
		suite.Skip(report.NotApplicable,
			"the call is answered "+use.StatusLine()+": the other user seems not to be permitted")
	}
	return use
}

// requireBeside ends the spec where another user's login ends the user's sessions: one may have come between. What no
// document forbids makes no target inconclusive.
func requireBeside(ev *suite.Evidence) {
	if e := ev.Optional(useBeside); e != nil && !e.Succeeded() {
		suite.Skip(report.NotApplicable, "another user's login ends the session, which is the matter of "+
			"sdm-login-ends-this-only: one may have come between")
	}
}

// requireKnownBeside is requireBeside for sessions beside which the other user logs in: where there is no logout
// nothing tells whether that ends them.
func requireKnownBeside(ev *suite.Evidence) {
	requireBeside(ev)
	if t := ev.Target(); t.OtherUser != nil && ev.Optional(useBeside) == nil {
		suite.Skip(report.NotApplicable, "whether another user's login ends the session is not known")
	}
}

// requireNeeded ends the spec where a call without a session is answered like one with a session.
func requireNeeded(ev *suite.Evidence) {
	requireAnyLive(ev)
	ev.Requires("sdm-session-needed")
}

// requireInventedRefused ends the spec where invented sessions are as good as live ones.
func requireInventedRefused(ev *suite.Evidence) {
	requireNeeded(ev)
	ev.Requires("sdm-session-invented", withInvented(ev)...)
}

// withInvented are the calls with invented sessions: the one that nobody was given and, where it was sent, the one that
// differs at its end.
func withInvented(ev *suite.Evidence) []*exchange.Exchange {
	return append([]*exchange.Exchange{ev.Of(inventedCookie)}, ev.All(alteredCookie)...)
}
