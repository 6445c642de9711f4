package sdm

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Refuse a login", func(ev *suite.Evidence) {
	for _, f := range forms {
		It("with a wrong password in "+f.name+" by the status 401", clause("sdm-wrong-password", LogIn, WrongPasswords), func() {
			opened(ev, f)
			Expect(ev.Of(WrongPasswords, wrongStep(f))).To(HaveStatus(401))
		})
		inForm := func(text, id string, codes ...int) {
			s := refusalOf(id, f)
			It(text, clause(id, LogIn, s), func() {
				opened(ev, f)
				Expect(ev.Of(s, "log in")).To(HaveStatus(codes...))
			})
		}
		inForm("of an unknown user in "+f.name+" by the status 401", "sdm-unknown-user", 401)
		inForm("that is malformed "+f.name+" by the status 400", "sdm-body-malformed", 400)
		inForm("with an empty body labelled "+f.name+" by the status 400", "sdm-body-empty", 400)
		inForm("with a wrong root in "+f.name+" by the status 400", "sdm-body-wrong-root", 400)
		inForm("without a userName in "+f.name+" by the status 400 or 401", "sdm-user-name-missing", 400, 401)
		It("without a userName in "+f.name+" by the status 400 exactly", clause("sdm-missing-field-400", LogIn, refusalOf("sdm-user-name-missing", f)), func() {
			opened(ev, f)
			e := ev.Of(refusalOf("sdm-user-name-missing", f), "log in")
			ev.Given("sdm-user-name-missing", e, HaveStatus(400, 401))
			Expect(e).To(HaveStatus(400))
		})
	}
	It("without a password by the status 400 or 401", clause("sdm-password-missing", LogIn, PasswordMissing), func() {
		givenAnyLogin(ev)
		Expect(ev.Of(PasswordMissing, missingStep)).To(HaveStatus(400, 401))
	})
	It("without a password by the status 400 exactly", clause("sdm-missing-field-400", LogIn, PasswordMissing), func() {
		givenAnyLogin(ev)
		e := ev.Of(PasswordMissing, missingStep)
		ev.Given("sdm-password-missing", e, HaveStatus(400, 401))
		Expect(e).To(HaveStatus(400))
	})
	It("with an empty password by the status 400 or 401", clause("sdm-password-empty", LogIn, PasswordMissing), func() {
		givenAnyLogin(ev)
		Expect(ev.Of(PasswordMissing, emptyStep)).To(HaveStatus(400, 401))
	})
	version := func(text, id string) {
		s := refusalOf(id, nil)
		It(text, clause(id, LogIn, s), func() {
			givenAnyLogin(ev)
			Expect(ev.Of(s, "log in")).To(HaveStatus(404))
		})
	}
	version("that names an unknown version by the status 404", "sdm-version-unknown")
	version("that names a version which only begins like an existing one by the status 404", "sdm-version-in-full")

	almost := func(step, id string) {
		It(step, clause(id, LogIn, WrongPasswords), func() {
			givenAnyLogin(ev)
			ev.Given("sdm-wrong-password", ev.Of(WrongPasswords, wrongStep(anyForm(ev))), BeRefused())
			Expect(ev.Of(WrongPasswords, step)).To(BeRefused())
		})
	}
	almost(caseStep, "sdm-password-case")
	almost(endStep, "sdm-password-to-the-end")

	It("without leaving a live session", clause("sdm-refusal-opens-nothing", append(refusing(), LogIn, Sessionless)...), func() {
		givenInvented(ev)
		suite.ExpectEach("no live session in the answer to a refused login", left(ev), func(e *exchange.Exchange) bool {
			return !isTry(e) || !e.Succeeded()
		}, Outline)
	})
})

var _ = sdm.Describe("Answer to a login", func(ev *suite.Evidence) {
	It("repeats no password", clause("sdm-password-not-repeated", append(refusing(), LogIn, LogInMixed)...), func() {
		givenAnyLogin(ev)
		var all []*exchange.Exchange
		for _, s := range append(refusing(), LogIn, LogInMixed) {
			all = append(all, ev.All(s, "")...)
		}
		suite.ExpectEach("no password in the answer to a login", all, func(e *exchange.Exchange) bool { return e.Notes[repeatedNote] == "" },
			func(e *exchange.Exchange) string { return "the password in " + e.Notes[repeatedNote] })
	})
})

// refusing are the scenarios whose logins must not succeed.
func refusing() []*Scenario {
	list := []*Scenario{PasswordMissing, WrongPasswords}
	for _, r := range refusals {
		list = append(list, r.scenario)
	}
	return list
}

// left are the logins that were refused and the calls with what they left. What was wrongly accepted is the matter of other
// clauses.
func left(ev *suite.Evidence) []*exchange.Exchange {
	var tries, logins []*exchange.Exchange
	for _, s := range refusing() {
		for _, e := range ev.All(s, "") {
			switch {
			case isTry(e):
				tries = append(tries, e)
			case !e.Succeeded():
				logins = append(logins, e)
			}
		}
	}
	if len(logins) == 0 {
		suite.Skip(report.NotApplicable, "no login was refused")
	}
	return append(tries, logins...)
}

// isTry says that an exchange is a call with what a refusal left.
func isTry(e *exchange.Exchange) bool {
	return strings.HasSuffix(e.Step, cookieTry) || strings.HasSuffix(e.Step, bodyTry)
}
