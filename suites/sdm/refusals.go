package sdm

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/repro"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Refuse a login", func(ev *suite.Evidence) {
	for _, r := range refusals {
		It(r.Text, clause(r.Clause, r.reads()...), func() {
			requireDoor(ev, r)
			if r.Clause == "sdm-version-spelling" {
				Expect(ev.Of(r.Step)).To(HaveStatus(ev.Of(nobodysVersions[0].Step).Status()))
			}
			if held := ev.Of(r.Step).MaybeHeldBack(); r.Statuses != nil && held != "" {
				suite.Skip(report.Inconclusive, held)
			}
			if r.Statuses == nil {
				Expect(ev.Of(r.Step)).To(BeRefused())
			} else {
				Expect(ev.Of(r.Step)).To(HaveStatus(r.Statuses...))
			}
		})
	}
	It("by the status 400 or 401 however little is wrong with the password",
		clause("sdm-wrong-password", LogIn, ByTurns, OtherByTurns), func() {
			requireAnyLogin(ev)
			var refused []*exchange.Exchange
			for _, r := range concat(byUser, byOther) {
				// Where one is taken for the right one that is the matter of a clause of its own.
				if e := ev.Optional(r.Step); r.wrong != nil && r.Statuses == nil && e != nil && !e.Succeeded() &&
					e.MaybeHeldBack() == "" {
					refused = append(refused, e)
				}
			}
			for _, r := range byUser {
				if len(refused) == 0 && r.wrong != nil && r.Statuses == nil {
					ev.Of(r.Step) // says why none was sent
				}
			}
			suite.ExpectEach(refused, HaveStatus(invalid...))
		})
	for _, r := range concat(refusalsOf("sdm-user-name-missing"), refusalsOf("sdm-password-missing"),
		refusalsOf("sdm-credentials-missing"), refusalsOf("sdm-body-empty"), refusalsOf("sdm-body-wrong-root")) {
		It(r.Name+" by the status 400 exactly", clause("sdm-missing-field-400", r.reads()...), func() {
			opened(ev, r.form)
			ev.Requires(r.Clause, ev.Of(r.Step))
			Expect(ev.Of(r.Step)).To(HaveStatus(400))
		})
	}
	It("without leaving a live session", clause("sdm-refusal-opens-nothing", append(leaving(), LogIn)...),
		func() {
			requireInventedRefused(ev)
			suite.ExpectEach(leftBy(ev), InShell("refused", Meet("no live session in the answer to a refused login",
				func(e *exchange.Exchange) bool { return e.TryOf == "" || !e.Succeeded() }, Outline)))
		})
})

// reads are the scenarios that tell of a refusal: its own, that of the right login, and that of the plainest wrong one.
func (r *refusal) reads() []*Scenario {
	list := []*Scenario{LogIn, r.Step.Scenario()}
	if p := r.plainest(); p != nil && p.Step.Scenario() != list[1] {
		list = append(list, p.Step.Scenario())
	}
	return list
}

// plainest is the refusal that a server must refuse before this one says anything: a clearly wrong password, nobody's
// name.
func (r *refusal) plainest() *refusal {
	clause := ""
	switch {
	case r.wrong != nil && r.Clause != "sdm-wrong-password":
		clause = "sdm-wrong-password"
	case r.Clause == "sdm-user-name-in-full", r.Clause == "sdm-user-name-empty":
		clause = "sdm-unknown-user"
	default:
		return nil
	}
	for _, plain := range refusalsOf(clause) {
		if plain.form == r.form {
			return plain
		}
	}
	panic("no refusal is declared for " + clause + " in each form")
}

// requireDoor ends the spec where the same login made right is refused too, or everything is let in.
func requireDoor(ev *suite.Evidence, r *refusal) {
	if r.form == nil {
		requireAnyLogin(ev)
	} else {
		opened(ev, r.form)
	}
	if p := r.plainest(); p != nil {
		ev.Requires(p.Clause, ev.Of(p.Step))
	}
}

var _ = sdm.Describe("Answer to a login", func(ev *suite.Evidence) {
	all := append(refusing(), LogIn, LogInMixed, AtOnce, UseAgain, LogOut)
	It("repeats no password", clause("sdm-password-not-repeated", all...), func() {
		requireAnyLogin(ev)
		suite.ExpectEach(ev.AllOf(all...),
			InShell(repro.NoSecret, HaveNoNote(repeatedNote, "no password in an answer, in clear or hashed", "")))
	})
})

// refusing are the scenarios with requests that must not succeed.
func refusing() (list []*Scenario) {
	seen := map[*Scenario]bool{Sessionless: true}
	for _, r := range refusals {
		if s := r.Step.Scenario(); !seen[s] {
			seen[s] = true
			list = append(list, s)
		}
	}
	return append(list, Sessionless)
}

// leaving are the scenarios in which what a refused request left is tried.
func leaving() []*Scenario { return append(refusing(), Entities, UseAgain, LogOut) }

// leftBy are the logins that were refused and the attempts to use what they left. What was wrongly accepted is the
// matter of other clauses.
func leftBy(ev *suite.Evidence) []*exchange.Exchange {
	var attempts, logins []*exchange.Exchange
	for _, e := range ev.AllOf(leaving()...) {
		if e.TryOf != "" && !(e.Scenario == LogOut.Name && e.TryOf == loggedOut.Name) {
			attempts = append(attempts, e)
		}
	}
	for _, r := range refusals {
		if e := ev.Optional(r.Step); e != nil && !e.Succeeded() {
			logins = append(logins, e)
		}
	}
	if len(logins) == 0 {
		suite.Skip(report.NotApplicable, "no login was refused")
	}
	return append(attempts, logins...)
}
