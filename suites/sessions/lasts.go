package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// What holds for a session as time passes, and as others log in.
var _ = sessions.Describe("A session", func(ev *suite.Evidence) {
	lasts := func(text string, first *Step, opened func(*suite.Evidence) *exchange.Exchange, later ...*Step) {
		It(text, clause("sessions-session-lasts", LogIn, first.Scenario(), Sessionless), func() {
			live(ev)
			opened(ev)
			ev.Requires("sessions-user-without-session")
			ev.Requires("sessions-user-status-200", ev.Of(first))
			for _, use := range later {
				Expect(ev.Of(use)).To(BeSuccess())
			}
		})
	}
	lasts("opened with the password answers again and again", currentUser, loggedIn,
		append([]*Step{userAgain}, userLater...)...)
	lasts("opened with the token answers again and again", tokenUser, withToken,
		append([]*Step{tokenUserAgain}, tokenUserLater...)...)
	lasts("answers after a wrong password of its user", movesUser, loggedIn, movesAfter)
	It("opened as the node answers again and again", clause("sessions-session-lasts", LogIn, LogInAsNode, Sessionless),
		func() {
			live(ev)
			ev.Requires("sessions-user-without-session")
			skipUnlessUsersCall(ev.Of(nodeUser))
			for _, step := range nodeUses {
				Expect(ev.Of(step)).To(BeSuccess())
			}
		})
	It("answers after a rest", clause("sessions-session-lasts", LogIn, Moves, Sessionless), func() {
		live(ev)
		ev.Requires("sessions-user-without-session")
		ev.Requires("sessions-user-status-200", ev.Of(movesUser))
		if after := ev.Optional(movesAfter); after.Answered() && !after.Succeeded() {
			ev.WaitFor("sessions-session-lasts", "it had ended before")
		}
		Expect(ev.Of(restedUser)).To(BeSuccess())
	})
	zoned := func(login *exchange.Exchange, uses ...*exchange.Exchange) {
		ev.Requires("sessions-info-ui-time-zone", login)
		for _, use := range uses {
			ev.Requires("sessions-user-status-200", use)
			ev.Requires("sessions-info-ui-time-zone", use)
			Expect(use).To(haveZoneOf(login))
		}
	}
	It("shows one zone each time", clause("sessions-session-same-user", LogIn), func() {
		zoned(live(ev), ev.Of(currentUser), ev.Of(userAgain))
		zoned(loggedIn(ev), succeeded(ev, movesAfter, restedUser)...)
		for _, login := range goodLogins(ev) {
			ev.Requires("sessions-info-ui-time-zone", login)
			Expect(login).To(haveZoneOf(loggedIn(ev)))
		}
		for _, v := range [][]*Step{{anyAccepted, anyAcceptedUser}, {noAccept, noAcceptUser}, {lastLogin, lastUser},
			{movesLogin, movesUser}} {
			if all := succeeded(ev, v...); len(all) == 2 {
				zoned(all[0], all[1])
			}
		}
	})
	It("shows one zone each time where the token opened it", clause("sessions-session-same-user", LogIn, LogInByToken),
		func() {
			zoned(withToken(ev), append(succeeded(ev, lastTokenUser), ev.Of(tokenUser), ev.Of(tokenUserAgain))...)
		})

	It("belongs to who logged in", clause("sessions-login-whose-session", LogIn, OtherUser), func() {
		Expect(ownDetails(ev, otherDetails)).To(haveAnotherGUID(ownDetails(ev, details)))
	})
	It("belongs to the user where another one logs in at once", clause("sessions-login-whose-session", LogIn, OtherUser,
		AtOnce), func() {
		live(ev)
		ev.Requires("sessions-login-whose-session")
		Expect(ownDetails(ev, userAtOnceDetails)).To(haveGUIDOf(ownDetails(ev, details)))
	})
	It("belongs to the other user where one logs in at once", clause("sessions-login-whose-session", LogIn, OtherUser,
		AtOnce), func() {
		live(ev)
		ev.Requires("sessions-login-whose-session")
		Expect(ownDetails(ev, otherAtOnceDetails)).To(haveGUIDOf(ownDetails(ev, otherDetails)))
	})

	beside := func(text string, login, use *Step) {
		It(text, clause("sessions-login-other-fields", LogIn, OtherUser, OtherFields), func() {
			live(ev)
			ev.Requires("sessions-login-whose-session")
			if e := ev.Of(login); !e.Succeeded() {
				suite.Skip(report.NotApplicable, "a login with further fields is refused: "+Outline(e))
			}
			Expect(ownDetails(ev, use)).To(haveGUIDOf(ownDetails(ev, details)))
		})
	}
	beside("belongs to the user whatever name stands beside", otherNamed, otherNamedDetails)
	beside("belongs to the user whatever guid stands beside", otherID, otherIDDetails)
	beside("belongs to the user whose password came, whoever's login stands before it", doubled, doubledDetails)

	asked := func(text string, use *Step) {
		It(text, clause("sessions-details-own", LogIn, OtherUser, OtherFields), func() {
			live(ev)
			ev.Requires("sessions-login-whose-session")
			ev.RequiresPart("sessions-login-other-fields", ev.Of(otherNamedDetails), haveGUIDOf(ownDetails(ev, details)))
			if e := ev.Of(use); !e.Succeeded() {
				suite.Skip(report.NotApplicable, "such a request is refused: "+Outline(e))
			}
			Expect(ev.Of(use)).To(haveGUIDOf(ownDetails(ev, details)))
		})
	}
	asked("shows its user's details whatever a query names", queryOfOther)
	asked("shows its user's details whatever headers name", headersOfOther)

	It("is not the one that an invented cookie names", clause("sessions-login-new-id", LogIn, NewID, Sessionless), func() {
		live(ev)
		ev.Accepted("sessions-login-opens", ev.Of(inventedBeside))
		ev.Requires("sessions-details-invented-session")
		Expect(ev.Of(inventedAfterwards)).To(BeRefused())
	})
	It("is not the one that a refused call hands out", clause("sessions-login-new-id", LogIn, NewID, Sessionless), func() {
		live(ev)
		ev.Accepted("sessions-login-opens", ev.Of(handedOutBeside))
		ev.Requires("sessions-details-without-session")
		Expect(ev.Of(handedOutAfter)).To(BeRefused())
	})
	It("belongs to who logged in with another user's session", clause("sessions-login-whose-session", LogIn, OtherUser,
		NewID), func() {
		live(ev)
		ev.Requires("sessions-login-whose-session")
		for _, step := range []*Step{liveBeside, liveNow} { // both may be refused to who has cookies of both
			if e := ev.Of(step); !e.Succeeded() {
				suite.Skip(report.NotApplicable, "with cookies of another user's session nobody is let in: "+Outline(e))
			}
		}
		Expect(ownDetails(ev, liveNow)).To(haveGUIDOf(ownDetails(ev, details)))
	})
	It("is not the one that another user has", clause("sessions-login-new-id", LogIn, OtherUser, NewID), func() {
		live(ev)
		ev.Requires("sessions-login-whose-session")
		ev.Accepted("sessions-login-opens", ev.Of(liveBeside))
		Expect(ev.Of(liveAfterwards)).To(haveAnotherGUID(ownDetails(ev, details)))
	})
})

// skipUnlessUsersCall ends the spec where a session of the node is not good for the call about the user.
func skipUnlessUsersCall(e *exchange.Exchange) {
	if !e.Succeeded() {
		suite.Skip(report.NotApplicable, "a session of the node does not answer GET /session/user: "+e.StatusLine())
	}
}

// ownDetails are details of a session, with a guid that tells whose it is.
func ownDetails(ev *suite.Evidence, step *Step) *exchange.Exchange {
	live(ev)
	if again := ev.Optional(detailsAgain); again.Succeeded() {
		if first := ev.Of(details); Member(again, guidField).String() != Member(first, guidField).String() {
			suite.Skip(report.NotApplicable, "one session shows one guid and then another, which so tells nobody's name")
		}
	}
	e := ev.Of(step)
	ev.Requires("sessions-details-status-200", e)
	ev.Requires("sessions-details-guid", e)
	return e
}

// haveAnotherGUID is met by an answer that shows no guid, or another one than other details.
func haveAnotherGUID(other *exchange.Exchange) types.GomegaMatcher {
	guid := Member(other, guidField).String()
	return Meet("a guid other than "+guid, func(e *exchange.Exchange) bool {
		return Member(e, guidField).
			String() != guid
	}, Shown)
}

// haveZoneOf is met by an answer with the zone of another one.
func haveZoneOf(other *exchange.Exchange) types.GomegaMatcher {
	zone := Member(other, zoneField).String()
	return HaveMember(zoneField, "that of the earlier answer, "+zone,
		func(v gjson.Result) bool { return v.String() == zone })
}
