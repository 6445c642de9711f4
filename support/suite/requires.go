package suite

import (
	"fmt"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/report"
)

// ground is what others build on of a clause.
type ground struct {
	subjects []*evidence.Step
	of       func(*Evidence) types.GomegaMatcher
}

// Holds declares when a clause holds for the specs that build on it: where its own spec passes, or already where less
// is met, as a call that is answered 202 in place of 200 still worked. subjects are the steps that it is about, where
// these are the same for all.
func (s *Suite) Holds(clause string, matcher types.GomegaMatcher, subjects ...*evidence.Step) bool {
	return s.HoldsBy(clause, func(*Evidence) types.GomegaMatcher { return matcher }, subjects...)
}

// HoldsBy is Holds where that depends on the target, or on other answers of it.
func (s *Suite) HoldsBy(clause string, of func(*Evidence) types.GomegaMatcher, subjects ...*evidence.Step) bool {
	if _, twice := s.grounds[clause]; twice {
		s.problem("suites/%s: when the clause %s holds is declared twice", s.api.Name, clause)
	}
	s.grounds[clause] = ground{subjects, of}
	return true
}

// Requires ends the spec as inconclusive unless the named clause holds for the exchange, or without one for the
// clause's own steps. Each is looked at once for a target.
func (ev *Evidence) Requires(clause string, of ...*exchange.Exchange) {
	g, known := ev.suite.grounds[clause]
	if !known || len(of) == 0 && len(g.subjects) == 0 {
		mistaken("it requires %s, and no Holds says when that holds: write it in grounds.go", clause)
	}
	if len(of) == 0 {
		for _, step := range g.subjects {
			of = append(of, ev.Of(step))
		}
	}
	for _, e := range of {
		at := requirement{ev.run, clause, e.Number}
		why, known := ev.suite.required[at]
		if !known {
			why = unmet(g.of(ev), e)
			ev.suite.required[at] = why
		}
		ev.waitWhere(clause, why)
	}
}

// RequiresPart ends the spec as inconclusive unless a clause that is about several things holds for the one that the
// spec builds on.
func (ev *Evidence) RequiresPart(clause string, e *exchange.Exchange, part types.GomegaMatcher) {
	ev.waitWhere(clause, unmet(part, e))
}

// Accepted gives the exchange where it was answered 2xx; else it ends the spec, which waits for the clause that says it
// must be.
func (ev *Evidence) Accepted(clause string, e *exchange.Exchange) *exchange.Exchange {
	ev.waitWhere(clause, unmet(match.BeSuccess(), e))
	return e
}

// WaitFor ends the spec as inconclusive, because another clause does not hold. why says in words what came.
func (ev *Evidence) WaitFor(clause, why string) {
	if _, known := ev.suite.catalogue.Get(clause); !known {
		mistaken("it waits for the clause %s, which is in no catalogue", clause)
	}
	Skip(report.Inconclusive, fmt.Sprintf("waits for %s: %s", clause, why))
}

func (ev *Evidence) waitWhere(clause, unmet string) {
	if unmet != "" {
		ev.WaitFor(clause, unmet)
	}
}

// requirement is one clause looked at for one exchange of a run.
type requirement struct {
	run    *evidence.Evidence
	clause string
	number int
}

// unmet says why an exchange does not meet a matcher, or is empty.
func unmet(matcher types.GomegaMatcher, e *exchange.Exchange) string {
	met, err := matcher.Match(e)
	match.Forget()
	switch {
	case err != nil:
		return err.Error()
	case met:
		return ""
	}
	_, got, _ := strings.Cut(matcher.FailureMessage(e), "got ")
	return "got " + strings.Join(strings.Fields(got), " ")
}

// ExpectEach expects each exchange to meet a matcher of this house, and shows those that do not. Where there is none
// the spec is not applicable.
func ExpectEach(all []*exchange.Exchange, matcher types.GomegaMatcher) {
	if len(all) == 0 {
		Skip(report.NotApplicable, "there was nothing of which this could be judged")
	}
	judged, each := match.Each(all, matcher)
	gomega.Expect(judged).To(each)
}
