package saymon

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// expectRefused expects a login to be answered with anything but 2xx, and to leave no live session behind.
func expectRefused(ev *suite.Evidence, step *Step) {
	Expect(ev.Of(step)).To(BeRefused())
	for _, attempt := range ev.Attempts(step) {
		ev.Requires("saymon-refuses-invented-session")
		Expect(attempt).To(notBeLive("session", "login"))
	}
}

// unknownLogin is the login that no user has.
var unknownLogin = refusals.Of("saymon-refuses-unknown-login")[0].Step

// A refusal is judged only where the same login made right is accepted: being refused by a server that refuses
// everything proves nothing.
var _ = saymon.Describe("Refuse a login", func(ev *suite.Evidence) {
	for _, r := range refusals {
		reads := append(refusals.Of("saymon-refuses-unknown-keycloak-token").Scenarios(), r.Step.Scenario(), r.Way.Scenario(),
			Sessionless, unknownLogin.Scenario())
		It(r.Text, clause(r.Clause, reads...), func() {
			ev.Requires(r.Way.Clause)
			if r.Kind == session.Unreadable {
				if e := ev.Of(unknownLogin); !e.Succeeded() {
					ev.Requires("saymon-refusal-4xx", e)
				}
				Expect(ev.Of(r.Step)).To(BeClientError())
				return
			}
			if r.Clause == "saymon-refuses-forged-keycloak-token" {
				ev.Requires("saymon-refuses-unknown-keycloak-token")
			}
			expectRefused(ev, r.Step)
		})
	}
	unreadable := refusals.Where(func(r *session.Refusal) bool { return r.Kind == session.Unreadable })
	It("opens no session for a body that cannot be read, or names nobody",
		clause("saymon-refuses-missing-login", append(unreadable.Scenarios(), LogIn, Sessionless)...), func() {
			ev.Requires("saymon-session-by-login")
			ev.Requires("saymon-refuses-invented-session")
			if len(ev.All(unreadable.Steps()...)) == 0 {
				ev.Of(unreadable.Steps()[0]) // says why
			}
			var left []*exchange.Exchange
			for _, step := range unreadable.Steps() {
				left = append(left, ev.Attempts(step)...)
			}
			if len(left) > 0 {
				suite.ExpectEach(left, notBeLive("session", "login"))
			}
		})
	It("refuses an authentication token that differs in one character",
		clause("saymon-refuses-unknown-auth-token", Tokens, Sessionless), func() {
			ev.Requires("saymon-session-by-token")
			expectRefused(ev, alteredTokenLogin)
		})
	for _, a := range attempts {
		reads := []*Scenario{RefusedLogins, RefusedOther, a.rightScenario(), LogIn, Sessionless, UnknownAPIToken}
		It(a.text, clause(a.clause, reads...), func() { expectAttemptRefused(ev, a) })
	}

	It("does not put another user into the user's session with a wrong password",
		clause("saymon-refuses-wrong-password", RefusedOther, LogIn, Sessionless), func() {
			ev.Requires("saymon-session-of-user")
			ev.Requires("saymon-session-by-login", ev.Of(usersLogin))
			if ev.Of(inUsers.steps[theOther]).Succeeded() {
				suite.Skip(report.NotApplicable, "the product takes that password for the right one")
			}
			if after := ev.Of(usersAfter); after.Succeeded() {
				named(after)
				Expect(after).To(beUser(ev.Target().User, ev.Target().OtherUser))
			}
		})
	for _, r := range oddOfOther {
		It(r.Text, clause(r.Clause, RefusedOther, LogIn, Sessionless), func() {
			ev.Requires(r.Way.Clause, ev.Of(r.Way.Login))
			expectRefused(ev, r.Step)
		})
	}
	looks(ev)
})

// stated are the refusals that the documents demand: logins, calls without a session, and the creation of tokens.
func stated() []*Step {
	steps := refusals.Where(func(r *session.Refusal) bool {
		return r.Kind != session.Unreadable && r.Kind != session.Mistyped
	}).Steps()
	for _, odd := range oddTokens {
		// One of 100 KiB may be refused by whatever stands before the product.
		if odd.clause != "saymon-refuses-long-keycloak-token" {
			steps = append(steps, odd.step)
		}
	}
	return append(steps, wrongPassword, wrongForTokenBasic, wrongForCurrentBasic, tokenWithoutCredentials, tokenOfUnknown,
		noSession, inventedSession, alteredSession, unknownToken, emptyToken)
}

// refused are the answers to the steps without what was wrongly accepted, or left something live, which other clauses
// are about.
func refused(ev *suite.Evidence, steps ...*Step) []*exchange.Exchange {
	return slices.DeleteFunc(ev.All(steps...),
		func(e *exchange.Exchange) bool { return e.Succeeded() || !ev.LeftNothing(e) })
}

// clientErrors are those of the refused that are a 4xx: another clause is about that.
func clientErrors(ev *suite.Evidence, steps ...*Step) []*exchange.Exchange {
	return slices.DeleteFunc(refused(ev, steps...), func(e *exchange.Exchange) bool { return !IsClientError(e) })
}

// allRefusals are the scenarios of all refusals.
func allRefusals() []*Scenario {
	return append(refusals.Scenarios(), LogIn, RefusedLogins, Tokens, Sessionless, UnknownAPIToken, OddKeycloakTokens)
}

// looks declares how refusals look: all of it extra.
func looks(ev *suite.Evidence) {
	It("answers refusals with a status 4xx", clause("saymon-refusal-4xx", append(allRefusals(), OddSessions,
		OddAPITokens)...), func() {
		ev.Requires("saymon-session-by-login")
		var odd []*Step
		for _, o := range append(oddSessions, oddAPITokens...) {
			odd = append(odd, o.step)
		}
		// What looks like an attack may have been cut off by somebody on the way.
		answered := slices.DeleteFunc(refused(ev, odd...), func(e *exchange.Exchange) bool { return e.Status() == 0 })
		suite.ExpectEach(append(refused(ev, stated()...), answered...), BeClientError())
	})
	mistyped := refusals.Where(func(r *session.Refusal) bool { return r.Kind == session.Mistyped })
	It("answers a field of another type with a status 4xx",
		clause("saymon-wrong-types", append(mistyped.Scenarios(), LogIn)...), func() {
			ev.Requires("saymon-session-by-login")
			suite.ExpectEach(refused(ev, mistyped.Steps()...), BeClientError())
		})
	It("answers wrong credentials with the status 401", clause("saymon-refusal-401", allRefusals()...), func() {
		ev.Requires("saymon-session-by-login")
		steps := refusals.Where(func(r *session.Refusal) bool { return r.Kind == session.Unknown }).Steps()
		steps = append(steps, wrongPassword, noSession, inventedSession, alteredSession, unknownToken, emptyToken)
		if ev.Optional(loggedOut).Succeeded() {
			steps = append(steps, userAfterwards)
		}
		suite.ExpectEach(clientErrors(ev, steps...), HaveStatus(401))
	})
	It("answers broken JSON and absent parameters with the status 400",
		clause("saymon-refusal-400", allRefusals()...), func() {
			ev.Requires("saymon-session-by-login")
			steps := refusals.Where(func(r *session.Refusal) bool {
				// Most readers put another character for what is no UTF-8, and then read a login that nobody has.
				return r.Kind == session.Incomplete || r.Clause == "saymon-malformed-json" && r.Name != "log in with "+notUTF8
			}).Steps()
			suite.ExpectEach(clientErrors(ev, steps...), HaveStatus(400))
		})
	It("answers refusals with a JSON object of code and message",
		clause("saymon-error-shape", allRefusals()...), func() {
			ev.Requires("saymon-session-by-login")
			suite.ExpectEach(refused(ev, stated()...), Meet("a JSON object with the strings code and message",
				func(e *exchange.Exchange) bool {
					return Member(e, "code").Type == gjson.String && Member(e, "message").Type == gjson.String
				}, Outline))
		})
	It("answers a wrong password and an unknown login alike",
		clause("saymon-login-not-revealed", LogIn, RefusedLogins, unknownLogin.Scenario()), func() {
			ev.Requires("saymon-session-by-login")
			wrong, nobody := ev.Of(wrongPassword), ev.Of(unknownLogin)
			ev.Requires("saymon-refuses-wrong-password")
			ev.Requires("saymon-refuses-unknown-login")
			Expect(nobody).To(Meet("the answer to a wrong password: "+Outline(wrong), func(e *exchange.Exchange) bool {
				return e.Status() == wrong.Status() && Member(e, "code").Raw == Member(wrong, "code").Raw &&
					Member(e, "message").Raw == Member(wrong, "message").Raw
			}, Outline))
		})
}
