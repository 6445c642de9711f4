package saymon

import (
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// expectRefused expects a login to be answered with anything but 2xx, and to leave no live session behind.
func expectRefused(ev *suite.Evidence, s *Scenario, step string) {
	GinkgoHelper()
	Expect(ev.Of(s, step)).To(BeRefused())
	for _, try := range ev.Tries(s, step) {
		ev.Given("saymon-refuses-invented-session", ev.Of(Sessionless, "invented"), BeRefused())
		Expect(try).To(That("no live session in the answer to the refused login", func(e *exchange.Exchange) (bool, string) {
			return !e.Succeeded(), "a live session: it is answered " + Outline(e)
		}))
	}
}

// dead says that a refused login left nothing live.
func dead(ev *suite.Evidence, s *Scenario, step string) bool {
	for _, try := range ev.All(s, step+", is ") {
		if try.Succeeded() {
			return false
		}
	}
	return true
}

// givenRefused ends the spec as inconclusive where a refusal that it builds on is none.
func givenRefused(ev *suite.Evidence, id string, s *Scenario, step string) {
	GinkgoHelper()
	ev.Given(id, ev.Of(s, step), BeRefused())
	ev.Given(id, ev.Of(s, step), That("no live session", func(*exchange.Exchange) (bool, string) {
		return dead(ev, s, step), "a live session in the answer to the refused login"
	}))
}

// givenRight ends the spec as inconclusive where the same request made right is not accepted either: being refused by a
// server that refuses everything proves nothing.
func givenRight(ev *suite.Evidence, right string) {
	GinkgoHelper()
	for _, w := range ways {
		if w.clause == right {
			ev.Given(right, ev.Of(w.scenario, w.step), openSession())
			return
		}
	}
	Fail("no way in is declared for " + right)
}

// rightOf is the scenario that sends the same request made right.
func rightOf(right string) *Scenario {
	for _, w := range ways {
		if w.clause == right {
			return w.scenario
		}
	}
	return nil
}

var _ = saymon.Describe("Refuse a login", func(ev *suite.Evidence) {
	refuses := func(text, id string, name ...string) {
		r := refusalOf(id, name...)
		It(text, clause(id, r.scenario, rightOf(r.right), Sessionless, refusalOf("saymon-refuses-unknown-keycloak-token").scenario), func() {
			givenRight(ev, r.right)
			if id == "saymon-refuses-forged-keycloak-token" {
				givenRefused(ev, "saymon-refuses-unknown-keycloak-token", refusalOf("saymon-refuses-unknown-keycloak-token").scenario, "log in")
			}
			expectRefused(ev, r.scenario, "log in")
		})
	}
	refuses("refuses a login that no user has", "saymon-refuses-unknown-login")
	refuses("refuses a password without a login", "saymon-refuses-missing-login")
	refuses("refuses a login without a password", "saymon-refuses-missing-password", "log in without a password")
	refuses("refuses null for a password", "saymon-refuses-missing-password", "log in with null for a password")
	refuses("refuses an empty password", "saymon-refuses-empty-password")
	refuses("refuses an unknown authentication token", "saymon-refuses-unknown-auth-token", "log in with an unknown token")
	refuses("refuses an empty authentication token", "saymon-refuses-unknown-auth-token", "log in with an empty token")
	It("refuses an authentication token that differs in one character", clause("saymon-refuses-unknown-auth-token", Tokens, Sessionless), func() {
		givenRight(ev, "saymon-session-by-token")
		expectRefused(ev, Tokens, "try an altered token")
	})
	refuses("refuses an unknown Keycloak token", "saymon-refuses-unknown-keycloak-token")
	refuses("refuses Keycloak without parameters", "saymon-refuses-keycloak-without-params")
	refuses("refuses another authentication service", "saymon-refuses-other-auth-service")
	refuses("refuses a Keycloak token with an altered signature", "saymon-refuses-forged-keycloak-token")

	wrong := func(text, id, step string) {
		It(text, clause(id, RefusedLogins, LogIn, Sessionless), func() {
			givenRight(ev, "saymon-session-by-login")
			if step != "wrong password" {
				givenRefused(ev, "saymon-refuses-wrong-password", RefusedLogins, "wrong password")
			}
			expectRefused(ev, RefusedLogins, step)
		})
	}
	wrong("refuses a wrong password", "saymon-refuses-wrong-password", "wrong password")
	wrong("refuses a password that lacks its last character", "saymon-password-last-character", "last character")
	wrong("refuses a password in the other case", "saymon-password-case", "other case")
	It("refuses a wrong password for the email", clause("saymon-refuses-wrong-password", RefusedLogins, LogInWithEmail, Sessionless), func() {
		givenRight(ev, "saymon-session-by-email")
		expectRefused(ev, RefusedLogins, "wrong password for the email")
	})

	unreadable := func(text, id string) {
		r := refusalOf(id)
		nobody := refusalOf("saymon-refuses-unknown-login").scenario
		It(text, clause(id, r.scenario, LogIn, nobody), func() {
			givenRight(ev, r.right)
			if e := ev.Of(nobody); !e.Succeeded() {
				ev.Given("saymon-refusal-4xx", e, BeClientError())
			}
			Expect(ev.Of(r.scenario)).To(BeClientError())
		})
	}
	unreadable("answers malformed JSON with a status 4xx", "saymon-malformed-json")
	unreadable("answers an empty body with a status 4xx", "saymon-empty-body")
	unreadable("answers fields of wrong types with a status 4xx", "saymon-wrong-types")

	looks(ev)
})

// stated are the refusals that must not succeed by the documents, each with its exchange.
func stated(ev *suite.Evidence) []*exchange.Exchange {
	var found []*exchange.Exchange
	for _, r := range refusals {
		if strings.HasPrefix(r.clause, "saymon-refuses-") {
			found = append(found, ev.All(r.scenario, "log in")...)
		}
	}
	for _, odd := range oddTokens {
		// One of 100 KiB may be refused by whatever stands before the product.
		if odd.clause != "saymon-refuses-long-keycloak-token" {
			found = append(found, ev.All(OddKeycloakTokens, odd.step)...)
		}
	}
	found = append(found, ev.All(RefusedLogins, "wrong password")...)
	found = append(found, ev.All(RefusedLogins, "create a token")...)
	found = append(found, ev.All(Tokens, "without credentials")...)
	found = append(found, ev.All(Tokens, "for an unknown user")...)
	found = append(found, ev.All(Sessionless, "")...)
	found = append(found, ev.All(UnknownAPIToken, "")...)
	return refused(found)
}

// refused leaves out what was wrongly accepted or left something live, the matter of other clauses, and tries of what a
// refusal left.
func refused(all []*exchange.Exchange) []*exchange.Exchange {
	var found []*exchange.Exchange
	for _, e := range all {
		live := slices.ContainsFunc(all, func(try *exchange.Exchange) bool {
			return try.Scenario == e.Scenario && strings.HasPrefix(try.Step, e.Step+", is ") && try.Succeeded()
		})
		if !e.Succeeded() && !live && !strings.Contains(e.Step, ", is ") {
			found = append(found, e)
		}
	}
	return found
}

// allRefusals are the scenarios of all refusals.
func allRefusals() []*Scenario {
	list := []*Scenario{LogIn, RefusedLogins, Tokens, Sessionless, UnknownAPIToken, OddKeycloakTokens}
	for _, r := range refusals {
		list = append(list, r.scenario)
	}
	return list
}

// looks declares how refusals look: all of it extra.
func looks(ev *suite.Evidence) {
	It("answers refusals with a status 4xx", clause("saymon-refusal-4xx", allRefusals()...), func() {
		givenRight(ev, "saymon-session-by-login")
		suite.ExpectEach("a status 4xx", stated(ev), func(e *exchange.Exchange) bool { return e.Status() >= 400 && e.Status() < 500 })
	})
	It("answers wrong credentials with the status 401", clause("saymon-refusal-401", allRefusals()...), func() {
		givenRight(ev, "saymon-session-by-login")
		var all []*exchange.Exchange
		for _, r := range refusals {
			if r.name == "log in as nobody" || strings.HasPrefix(r.name, "log in with an unknown") {
				all = append(all, ev.All(r.scenario, "log in")...)
			}
		}
		all = append(all, ev.All(RefusedLogins, "wrong password")...)
		all = append(all, ev.All(Sessionless, "")...)
		all = append(all, ev.All(UnknownAPIToken, "")...)
		suite.ExpectEach("the status 401", clientErrors(refused(all)), func(e *exchange.Exchange) bool { return e.Status() == 401 })
	})
	It("answers broken JSON and absent parameters with the status 400", clause("saymon-refusal-400", allRefusals()...), func() {
		givenRight(ev, "saymon-session-by-login")
		var all []*exchange.Exchange
		for _, r := range refusals {
			if r.missing || r.clause == "saymon-malformed-json" {
				all = append(all, ev.All(r.scenario, "log in")...)
			}
		}
		suite.ExpectEach("the status 400", clientErrors(refused(all)), func(e *exchange.Exchange) bool { return e.Status() == 400 })
	})
	It("answers refusals with a JSON object of code and message", clause("saymon-error-shape", allRefusals()...), func() {
		givenRight(ev, "saymon-session-by-login")
		suite.ExpectEach(`a JSON object with the strings code and message`, stated(ev), func(e *exchange.Exchange) bool {
			return Member(e, "code").Type.String() == "String" && Member(e, "message").Type.String() == "String"
		})
	})
	It("answers a wrong password and an unknown login alike", clause("saymon-login-not-revealed", LogIn, RefusedLogins, refusalOf("saymon-refuses-unknown-login").scenario), func() {
		givenRight(ev, "saymon-session-by-login")
		wrong, nobody := ev.Of(RefusedLogins, "wrong password"), ev.Of(refusalOf("saymon-refuses-unknown-login").scenario)
		givenRefused(ev, "saymon-refuses-wrong-password", RefusedLogins, "wrong password")
		givenRefused(ev, "saymon-refuses-unknown-login", refusalOf("saymon-refuses-unknown-login").scenario, "log in")
		Expect(nobody).To(That("the answer to a wrong password: "+Outline(wrong), func(e *exchange.Exchange) (bool, string) {
			return e.Status() == wrong.Status() && Member(e, "code").Raw == Member(wrong, "code").Raw &&
				Member(e, "message").Raw == Member(wrong, "message").Raw, Outline(e)
		}))
	})
}

// clientErrors leaves out refusals that are no 4xx: these are the matter of another clause.
func clientErrors(all []*exchange.Exchange) []*exchange.Exchange {
	var found []*exchange.Exchange
	for _, e := range all {
		if e.Status() >= 400 && e.Status() < 500 {
			found = append(found, e)
		}
	}
	return found
}
