package sdm

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Refuse a login", func(ev *suite.Evidence) {
	for _, r := range refusals {
		It(r.Text, clause(r.Clause, LogIn, r.Step.Scenario()), func() {
			ev.Requires(r.Way.Clause)
			Expect(ev.Of(r.Step)).To(HaveStatus(r.Statuses...))
		})
	}
	for _, f := range forms {
		It("with a wrong password in "+f.Name+" by the status 401", clause("sdm-wrong-password", LogIn, WrongPasswords), func() {
			opened(ev, f)
			Expect(ev.Of(f.wrong)).To(HaveStatus(401))
		})
		nameless := inForm("sdm-user-name-missing", f).Step
		It("without a userName in "+f.Name+" by the status 400 exactly", clause("sdm-missing-field-400", LogIn, nameless.Scenario()), func() {
			opened(ev, f)
			ev.Requires("sdm-user-name-missing", ev.Of(nameless))
			Expect(ev.Of(nameless)).To(HaveStatus(400))
		})
	}
	It("without a password by the status 400 or 401", clause("sdm-password-missing", LogIn, PasswordMissing), func() {
		requireAnyLogin(ev)
		Expect(ev.Of(withoutPassword)).To(HaveStatus(400, 401))
	})
	It("without a password by the status 400 exactly", clause("sdm-missing-field-400", LogIn, PasswordMissing), func() {
		requireAnyLogin(ev)
		ev.Requires("sdm-password-missing")
		Expect(ev.Of(withoutPassword)).To(HaveStatus(400))
	})
	It("with an empty password by the status 400 or 401", clause("sdm-password-empty", LogIn, PasswordMissing), func() {
		requireAnyLogin(ev)
		Expect(ev.Of(emptyPassword)).To(HaveStatus(400, 401))
	})
	It("that names an unknown version by the status 404", clause("sdm-version-unknown", LogIn, unknownVersion.Scenario()), func() {
		requireAnyLogin(ev)
		Expect(ev.Of(unknownVersion)).To(HaveStatus(404))
	})
	It("that names a version which only begins like an existing one by the status 404",
		clause("sdm-version-in-full", LogIn, longerVersion.Scenario()), func() {
			requireAnyLogin(ev)
			Expect(ev.Of(longerVersion)).To(HaveStatus(404))
		})
	It("with the password in the other case", clause("sdm-password-case", LogIn, WrongPasswords), func() {
		requireAnyLogin(ev)
		ev.Requires("sdm-wrong-password", ev.Of(anyForm(ev).wrong))
		Expect(ev.Of(otherCase)).To(BeRefused())
	})
	It("with the password without its last character", clause("sdm-password-to-the-end", LogIn, WrongPasswords), func() {
		requireAnyLogin(ev)
		ev.Requires("sdm-wrong-password", ev.Of(anyForm(ev).wrong))
		Expect(ev.Of(withoutEnd)).To(BeRefused())
	})

	It("without leaving a live session", clause("sdm-refusal-opens-nothing", append(refusing(), LogIn, Sessionless)...), func() {
		requireInventedRefused(ev)
		suite.ExpectEach("no live session in the answer to a refused login", leftBy(ev), func(e *exchange.Exchange) bool {
			return e.TryOf == "" || !e.Succeeded()
		}, Outline)
	})
})

var _ = sdm.Describe("Answer to a login", func(ev *suite.Evidence) {
	all := append(refusing(), LogIn, LogInMixed)
	It("repeats no password", clause("sdm-password-not-repeated", all...), func() {
		requireAnyLogin(ev)
		suite.ExpectEach("no password in the answer to a login", ev.AllOf(all...),
			func(e *exchange.Exchange) bool { return e.Notes[repeatedNote] == "" },
			func(e *exchange.Exchange) string { return "the password in " + e.Notes[repeatedNote] })
	})
})

// inForm is the refusal that a clause is about, in a form.
func inForm(clause string, f *form) *session.Refusal {
	return refusals.Of(clause).Where(func(r *session.Refusal) bool { return r.Way == &f.Way })[0]
}

// refusing are the scenarios whose logins must not succeed.
func refusing() []*Scenario {
	return append(refusals.Scenarios(), PasswordMissing, WrongPasswords, unknownVersion.Scenario(), longerVersion.Scenario())
}

// leftBy are the logins that were refused and the attempts to use what they left. What was wrongly accepted is the matter of other
// clauses.
func leftBy(ev *suite.Evidence) []*exchange.Exchange {
	var attempts, logins []*exchange.Exchange
	for _, e := range ev.AllOf(refusing()...) {
		switch {
		case e.TryOf != "":
			attempts = append(attempts, e)
		case !e.Succeeded():
			logins = append(logins, e)
		}
	}
	if len(logins) == 0 {
		suite.Skip(report.NotApplicable, "no login was refused")
	}
	return append(attempts, logins...)
}
