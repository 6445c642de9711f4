package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// right says of each door which scenarios send it a login made right, and ends the spec where that is not accepted: being
// refused by a server that refuses everything proves nothing.
var right = map[door]struct {
	scenarios []*Scenario
	given     func(*suite.Evidence)
}{
	byPassword: {[]*Scenario{LogIn}, func(ev *suite.Evidence) { GinkgoHelper(); live(ev) }},
	byToken:    {[]*Scenario{LogInByToken}, func(ev *suite.Evidence) { GinkgoHelper(); withToken(ev) }},
	asNode: {[]*Scenario{LogInAsNode}, func(ev *suite.Evidence) {
		GinkgoHelper()
		ev.Given("sessions-node-opens", latest(ev, LogInAsNode), BeSuccess())
	}},
}

// refuses declares the specs of the logins that a door must refuse.
func refuses(ev *suite.Evidence, d door) {
	for _, r := range refusals {
		if r.door != d {
			continue
		}
		reads := append([]*Scenario{r.scenario, Sessionless}, right[d].scenarios...)
		It(r.text, clause(r.clause, reads...), func() {
			right[d].given(ev)
			if r.kind == unreadable {
				Expect(ev.Of(r.scenario)).To(BeClientError())
				return
			}
			expectRefused(ev, r.scenario, "log in")
		})
	}
}

// refusesOften declares the specs of wrong passwords.
func refusesOften(ev *suite.Evidence) {
	It("refuses a wrong password", clause("sessions-login-wrong-password", LogIn, RefusedLogins, Sessionless), func() {
		live(ev)
		expectRefused(ev, RefusedLogins, "wrong password")
	})
	almost := func(text, id, step string) {
		It(text, clause(id, LogIn, RefusedLogins, Sessionless), func() {
			live(ev)
			login, tries := refusedWith(ev, RefusedLogins, "wrong password")
			ev.Given("sessions-login-wrong-password", login, leaveNothing(tries))
			expectRefused(ev, RefusedLogins, step)
		})
	}
	almost("refuses a password that lacks its last character", "sessions-login-password-whole", "last character")
	almost("refuses a password in the other case", "sessions-login-password-case", "other case")

	It("refuses a wrong password and an unknown login alike", clause("sessions-login-refusals-alike", LogIn, RefusedLogins, unknownLogin().scenario), func() {
		live(ev)
		known, nobody := ev.Of(RefusedLogins, "wrong password"), ev.Of(unknownLogin().scenario)
		ev.Given("sessions-login-wrong-password", known, BeRefused())
		ev.Given("sessions-login-unknown-login", nobody, BeRefused())
		Expect(nobody).To(beRefusedLike(known))
	})
}

// unknownLogin is the refusal of a login that no user has.
func unknownLogin() *refusal {
	for _, r := range refusals {
		if r.clause == "sessions-login-unknown-login" {
			return r
		}
	}
	panic("no refusal has an unknown login")
}
