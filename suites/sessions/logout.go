package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Log out", func(ev *suite.Evidence) {
	opened := func() {
		login := ev.Of(lastLogin)
		ev.Requires("sessions-login-sets-cookie", login)
		ev.RequiresPart("sessions-login-opens", login, answerOneOf(usesOf(ev, lastUser, lastDetails)))
	}
	accepted := func() {
		opened()
		ev.Requires("sessions-logout-status-201")
	}
	It("is answered with the status 201", clause("sessions-logout-status-201", LogOut), func() {
		opened()
		suite.ExpectEach(logouts(ev), HaveStatus(201))
	})
	It("is answered without content", clause("sessions-logout-no-content", LogOut), func() {
		accepted()
		suite.ExpectEach(logouts(ev), HaveNoContent())
	})

	// Whatever the logout is answered: a session that has ended has ended.
	ends := func(text string, use, after, logout *Step, needs ...*Scenario) {
		It(text, clause("sessions-logout-ends-session", append(needs, LogIn, Sessionless, after.Scenario())...), func() {
			live(ev)
			switch use {
			case lastTokenUser:
				secondOfToken(ev)
			case restedUser:
				ev.Of(after) // says why no two sessions lived
			}
			ev.Requires("sessions-user-status-200", ev.Of(use))
			ev.Requires("sessions-user-invented-session")
			if ev.Of(after).Succeeded() {
				ev.Requires("sessions-logout-status-201", ev.Of(logout))
			}
			Expect(ev.Of(after)).To(BeRefused())
		})
	}
	ends("ends the session for the call about the user", lastUser, userAfter, loggedOut)
	ends("ends a session that the token opened", lastTokenUser, tokenUserAfter, tokenLoggedOut)
	ends("ends a session that the token opened, for the details", lastTokenUser, tokenDetailsAfter, tokenLoggedOut)
	ends("ends the session that asks for it, and not the user's latest one", restedUser, elderUserAfter, elderLoggedOut)
	It("hands out no further session", clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless), func() {
		opened()
		for _, e := range append([]*exchange.Exchange{ev.Of(loggedOut)}, ev.All(append(handsOutNone, tokenLoggedOut)...)...) {
			if !ev.LeftNothing(e) {
				ev.Requires("sessions-user-invented-session")
			}
			Expect(e).To(leaveNoLive(ev))
		}
	})
	It("ends a session of another user", clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless), func() {
		live(ev)
		ev.Of(lastOther) // says why nobody else logged in
		ev.Requires("sessions-details-status-200", ev.Of(otherUserAfter))
		ev.Requires("sessions-details-invented-session")
		if ev.Of(otherEnded).Succeeded() {
			ev.Requires("sessions-logout-status-201", ev.Of(otherLoggedOut))
		}
		Expect(ev.Of(otherEnded)).To(BeRefused())
	})
	It("ends the session for good: the user's next login does not bring it back",
		clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless), func() {
			opened()
			ev.Requires("sessions-user-status-200", ev.Of(lastUser))
			ev.Requires("sessions-user-invented-session")
			ev.Accepted("sessions-login-opens", ev.Of(loginAfter))
			ev.RequiresPart("sessions-logout-ends-session", ev.Of(userAfter), BeRefused())
			Expect(ev.Of(userAtLast)).To(BeRefused())
		})
	It("ends the session for the details of the user", clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless),
		func() {
			opened()
			ev.Requires("sessions-details-status-200", ev.Of(lastDetails))
			ev.Requires("sessions-details-invented-session")
			if ev.Of(detailsAfter).Succeeded() {
				ev.Requires("sessions-logout-status-201")
			}
			Expect(ev.Of(detailsAfter)).To(BeRefused())
		})
	It("ends the session for the connection status", clause("sessions-logout-ends-session", LogOut, LogIn, Sessionless),
		func() {
			live(ev)
			opened()
			if ev.Of(statusWithout).Succeeded() || !ev.Of(status).Succeeded() {
				suite.Skip(report.NotApplicable, "GET /session does not need a session")
			}
			if ev.Of(statusAfter).Succeeded() {
				ev.Requires("sessions-logout-status-201")
			}
			Expect(ev.Of(statusAfter)).To(BeRefused())
		})
	It("ends a session of the node", clause("sessions-logout-ends-session", LogOutOfNode, LogIn, Sessionless), func() {
		live(ev)
		skipUnlessUsersCall(ev.Of(lastNodeUser))
		ev.Requires("sessions-user-invented-session")
		if ev.Of(nodeUserAfter).Succeeded() {
			ev.Requires("sessions-logout-status-201", ev.Of(nodeLoggedOut))
		}
		Expect(ev.Of(nodeUserAfter)).To(BeRefused())
	})

	It("is refused with the status 401 without a session", clause("sessions-logout-without-session", LogOut, Sessionless),
		func() {
			accepted()
			Expect(ev.Of(logoutWithout)).To(HaveStatus(401))
		})
	It("without a session, or with an invented one, ends no session",
		clause("sessions-logout-of-others", LogOut, Sessionless), func() {
			opened()
			ev.Requires("sessions-user-without-session")
			ev.Requires("sessions-user-status-200", ev.Of(lastUser))
			Expect(ev.Of(userBefore)).To(BeSuccess())
		})
	It("ends no session of another user", clause("sessions-logout-of-others", LogIn, LogOut, Sessionless), func() {
		accepted()
		ev.Requires("sessions-user-without-session")
		ev.Requires("sessions-login-sets-cookie", ev.Of(lastOther))
		ev.Requires("sessions-details-status-200", append(cutShort(ev, detailsTwice), ev.Of(lastOtherDetails))...)
		Expect(ev.Of(otherUserAfter)).To(BeSuccess())
	})
	It("of another user ends no session of the user", clause("sessions-logout-of-others", LogIn, LogOut, Sessionless),
		func() {
			accepted()
			ev.Requires("sessions-user-without-session")
			ev.Of(lastOther) // says why nobody else logged in
			ev.Requires("sessions-details-status-200", ev.Of(otherUserAfter))
			ev.Requires("sessions-login-sets-cookie", ev.Of(loginAfter))
			Expect(ev.Of(userBeside)).To(BeSuccess())
		})
	It("is refused or harmless where the session has ended", clause("sessions-logout-twice", LogOut, Sessionless), func() {
		accepted()
		ev.Requires("sessions-user-without-session")
		Expect(ev.Of(loggedOutAgain)).To(NotBeServerError())
	})
	It("ends no other session where its own has ended", clause("sessions-logout-twice", LogOut, Sessionless), func() {
		accepted()
		ev.Requires("sessions-user-without-session")
		if e := ev.Optional(otherSessionAfter); e == nil || !e.Succeeded() {
			suite.Skip(report.NotApplicable, "the user has no other session by then")
		}
		Expect(ev.Of(otherSessionAtLast)).To(BeSuccess())
	})
})

// logouts are those of sessions that were live right before, and those of a token's that were accepted: it may be good
// for less.
func logouts(ev *suite.Evidence) []*exchange.Exchange {
	all := []*exchange.Exchange{ev.Of(loggedOut)}
	for _, of := range [][]*Step{{restedUser, elderLoggedOut}, {otherUserAfter, otherLoggedOut}} {
		if ev.Optional(of[0]).Succeeded() {
			all = append(all, ev.All(of[1])...)
		}
	}
	return append(all, succeeded(ev, tokenLoggedOut)...)
}
