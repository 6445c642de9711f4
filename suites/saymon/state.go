package saymon

import (
	"fmt"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// judgeLives declares what must be true of a session from request to request.
func judgeLives(ev *suite.Evidence) {
	lasts := func(name, opens string, login, first *Step, later ...*Step) {
		scenario := login.Scenario()
		It(fmt.Sprintf("opens a session %s that lasts for %d requests", name, 1+len(later)),
			clause("saymon-session-lasts", scenario), func() {
				ev.Requires(opens, ev.Of(login))
				ev.Requires("saymon-session-authenticates", ev.Of(first))
				for _, use := range later {
					Expect(ev.Of(use)).To(BeSuccess())
				}
			})
		It("opens a session "+name+" that stays the user's", clause("saymon-session-of-user", scenario), func() {
			ev.Requires(opens, ev.Of(login))
			ev.Requires("saymon-session-authenticates", ev.Of(first))
			named(ev.Of(first))
			for _, use := range later {
				if ev.Of(use).Succeeded() {
					Expect(ev.Of(use)).To(nameSameUser(ev.Of(first)))
				}
			}
		})
	}
	lasts("with the login", "saymon-session-by-login", lastLogin, lastUser,
		append(slices.Clone(lastUserLater), userAfterPause)...)
	for _, w := range []*session.Way{byEmail, byToken, byKeycloak, byOthersLogin} {
		lasts(w.Name, w.Clause, w.Login, w.Use, lives[w].uses...)
	}
	It("opens a session that no answer takes for another user's",
		clause("saymon-session-of-user", append(allSamples(), LogIn, LogInBeside, LogOut)...), func() {
			ev.Requires("saymon-session-of-user")
			user, other := ev.Target().User, ev.Target().OtherUser
			suite.ExpectEach(naming(ev.All(usesOfUser()...)), beUser(user, other))
			if of := naming(ev.All(usesOfOther...)); len(of) > 0 {
				suite.ExpectEach(of, beUser(other, user))
			}
		})
	It("opens a session that authenticates the next request, whoever logs in and whatever else the body says",
		clause("saymon-session-authenticates", LogIn, LogInWithMore, TokenForOther), func() {
			ev.Requires("saymon-session-authenticates")
			suite.ExpectEach(ev.All(othersUser, otherUser, moreUser, doubledUser, tokenMoreUser), BeSuccess())
		})
	It("opens a session that outlives a login of another user",
		clause("saymon-session-lasts", LogInBeside, LogIn), func() {
			ev.Requires("saymon-session-lasts")
			ev.Requires("saymon-session-by-login", ev.Of(besideLogin))
			ev.Requires("saymon-session-by-login", ev.Of(besideOther))
			Expect(ev.Of(besideUser)).To(BeSuccess())
		})
	It("opens a session that outlives requests that must be refused",
		clause("saymon-session-lasts", LogOut, LogIn, Sessionless), func() {
			ev.Requires("saymon-session-by-login", ev.Of(lastLogin))
			ev.Requires("saymon-session-lasts", ev.Of(userAfterPause))
			ev.Requires("saymon-refuses-no-session")
			Expect(ev.Of(userAfterNobody)).To(BeSuccess())
			if others := ev.Optional(bystanderBefore); others != nil {
				Expect(others).To(BeSuccess())
			}
		})
	It("opens a session that outlives a wrong password of its user",
		clause("saymon-session-lasts", RefusedLogins, LogIn), func() {
			ev.Requires("saymon-session-lasts")
			ev.Requires("saymon-session-by-login", ev.Of(goodAfter[wrongPassword]))
			Expect(ev.Of(userAfterWrong)).To(BeSuccess())
		})
	beside := func(text, by string, login, user *Step) {
		It(text, clause("saymon-session-of-user", LogInWithMore, LogIn, Tokens), func() {
			ev.Requires(by)
			if e := ev.Of(login); IsClientError(e) || e.NoAnswer != "" { // a good login right after it was answered
				suite.Skip(report.NotApplicable, "more fields than the documented ones are refused")
			}
			ev.Requires(by, ev.Of(login))
			ev.Requires("saymon-session-authenticates", ev.Of(user))
			named(ev.Of(user))
			Expect(ev.Of(user)).To(beUser(ev.Target().User, ev.Target().OtherUser))
		})
	}
	beside("opens a session of the user who logged in, whomever else the body names", "saymon-session-by-login",
		moreLogin, moreUser)
	beside("opens a session of the user whose password came, whoever's login stands before it",
		"saymon-session-by-login", doubledLogin, doubledUser)
	beside("opens a session of the token's user, whoever's login stands beside it", "saymon-session-by-token",
		tokenWithLogin, tokenMoreUser)
	It("gives a session an ID that has little in common with the earlier one",
		clause("saymon-session-id-random", LogIn, Sessionless), func() {
			ev.Requires("saymon-refuses-invented-session")
			ev.Requires("saymon-session-by-login", ev.Of(firstLogin))
			second := ev.Of(secondLogin)
			ev.Requires("saymon-session-id-not-empty", second)
			Expect(second).To(HaveNoNote(session.AlikeNote,
				"an ID that differs from the earlier login's in twelve characters or more", "one that differs in "))
		})
	It("makes a new session whatever session ID was invented for it",
		clause("saymon-session-not-fixed", LogInWithCookie, LogIn, Sessionless), func() {
			ev.Requires("saymon-session-by-login")
			ev.Requires("saymon-refuses-invented-session")
			Expect(ev.Of(inventedCookieLogin)).To(makeOwnSession(ev.Of(inventedCookieUser)))
			Expect(ev.Of(inventedCookieUser)).To(BeRefused())
		})
	renews := func(step *Step, id string) {
		It("makes a new session for who "+strings.Replace(step.Name, "log in", "logs in", 1),
			clause(id, LogInWithCookie, LogIn, Sessionless), func() {
				ev.Requires("saymon-session-by-login")
				ev.Requires("saymon-refuses-invented-session")
				Expect(ev.Of(step)).To(makeOwnSession(ev.Of(step)))
			})
	}
	renews(ownCookieLogin, "saymon-login-renews-session")
	renews(strangersLogin, "saymon-session-not-fixed")
	It("makes a new session for who logs in with the cookie of a session that was logged out",
		clause("saymon-session-not-fixed", LogOut, LogIn, Sessionless), func() {
			ev.Requires("saymon-session-by-login")
			ev.Requires("saymon-refuses-invented-session")
			if ev.Of(userAfterwards).Succeeded() {
				suite.Skip(report.NotApplicable, "the logout ends no session")
			}
			Expect(ev.Of(loginAfter)).To(makeOwnSession(ev.Of(loginAfter)))
		})
	It("makes a new session beside the one of another user",
		clause("saymon-session-not-fixed", LogInWithCookie, LogIn, Sessionless), func() {
			ev.Requires("saymon-session-of-user")
			ev.Requires("saymon-refuses-invented-session")
			login, victim := ev.Of(liveCookieLogin), ev.Of(victimUser)
			ev.Requires("saymon-session-by-login", ev.Of(victimLogin))
			Expect(login).To(makeOwnSession(victim))
			if victim.Succeeded() && ev.Target().OtherUser != nil && text(victim, "id")+text(victim, "login") != "" {
				Expect(victim).To(beUser(ev.Target().OtherUser, ev.Target().User))
			}
		})
	It("makes a new session for each of two logins at once",
		clause("saymon-sessions-at-once", LogInAtOnce, LogIn, Sessionless), func() {
			ev.Requires("saymon-refuses-invented-session")
			first, second := ev.Of(atOnce[0].Login), ev.Of(atOnce[1].Login)
			ev.Requires("saymon-session-by-login", first)
			ev.Requires("saymon-session-by-login", second)
			Expect(second).To(Meet("another session ID than the login at the same time", func(e *exchange.Exchange) bool {
				return SessionID(e) != SessionID(first)
			}, func(e *exchange.Exchange) string { return "the same one: " + SessionID(e) }))
			// Where a login ends the earlier session each may have ended the other.
			if used := ev.All(atOnce[0].Use, atOnce[1].Use); len(used) == 2 && !used[0].Succeeded() &&
				ev.Optional(userOfFirst).Succeeded() {
				ev.Requires("saymon-session-authenticates")
				Expect(used[1]).To(BeSuccess())
			}
		})
	It("opens the session of its user when two users log in at once",
		clause("saymon-sessions-at-once", LogInAtOnce, LogIn), func() {
			ev.Requires("saymon-session-of-user")
			user, other := ev.Target().User, ev.Target().OtherUser
			for i, w := range atOnce {
				login := ev.Optional(w.Login)
				if !login.Answered() {
					continue
				}
				ev.Requires("saymon-session-by-login", login)
				current := ev.Of(w.Use)
				if !current.Succeeded() {
					continue // a login beside it may have ended it
				}
				named(current)
				if i < 2 {
					Expect(current).To(beUser(user, other))
				} else {
					Expect(current).To(beUser(other, user))
				}
			}
		})
}

// usesOfUser are the requests for the current user of which nothing else is judged; usesOfOther are the other user's.
// Scenarios that send wrong passwords are read if they ran, but a filter does not ask for them.
func usesOfUser() []*Step {
	all := []*Step{userOfFirst, userAgain, userAfterWrong, besideUser, userAmongOthers, userBesideToken, quotedUser,
		userAfterNobody, userBeforeLogout, userStillThere}
	for _, s := range samples {
		all = append(all, s.use)
	}
	return all
}

var usesOfOther = []*Step{othersUser, bystanderBefore, bystanderUser}

func allSamples() (all []*Scenario) {
	for _, s := range samples {
		all = append(all, s.scenario)
	}
	return all
}

// naming are the answers that name somebody.
func naming(all []*exchange.Exchange) []*exchange.Exchange {
	return slices.DeleteFunc(all, func(e *exchange.Exchange) bool {
		return !e.Succeeded() || text(e, "id")+text(e, "login") == ""
	})
}

// nameSameUser is met by an answer about the current user that names the one of another answer with the same session.
func nameSameUser(first *exchange.Exchange) types.GomegaMatcher {
	return Meet("the user of the first answer: "+whose(first), func(e *exchange.Exchange) bool {
		return text(e, "id") == text(first, "id") && text(e, "login") == text(first, "login")
	}, whose)
}

// makeOwnSession is met by a login whose session ID is not the one that came with it, which another request sent as
// well.
func makeOwnSession(with *exchange.Exchange) types.GomegaMatcher {
	return Meet("a session ID other than the one that came with the login", func(e *exchange.Exchange) bool {
		return SessionID(e) == "" || "sid="+SessionID(e) != with.Request.Header.Get("Cookie")
	}, func(e *exchange.Exchange) string { return "the same one: " + SessionID(e) })
}
