//go:build e2e

package proof

import (
	"fmt"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/hostile"
	"session-conformance/support/report"
)

// What a run may take. Longest are three requests that are put off, each for three timeouts; the rest is work: the
// suite's start, hiding, judging and reports. Up to a dozen programs may work at once, so work may take that much
// longer than the processor's time for it, which has a bound of its own.
const (
	timeouts  = 12
	slack     = 30 * time.Second
	aloneWork = 20 * time.Second
	atOnce    = 12
)

// Each hostile server alone: the run ends in time, its reports can be opened, and they say what happened. It is asked
// in the first API at which it shows; TestEveryHostileServerAtOnce asks it in each.
func TestEachHostileServerAlone(t *testing.T) {
	for _, c := range hostile.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			for _, a := range apis() {
				if c.Shows(a.API) {
					s := newSiege(t, a, aloneTimeout)
					s.attack(t, c)
					s.judge(t)
					g := NewWithT(t)
					g.Expect(s.took).To(BeNumerically("<", timeouts*s.timeout+slack+atOnce*s.work))
					g.Expect(s.work).To(BeNumerically("<", aloneWork))
					g.Expect(s.memory).To(BeNumerically("<", ownMemory+hostileMemory))
					s.checkReports(t)
					s.checkSays(t, c)
					s.checkVerdict(t, c)
					return
				}
			}
		})
	}
}

func TestEveryHostileCaseIsExpected(t *testing.T) {
	g := NewWithT(t)
	known := map[string]bool{}
	for _, c := range hostile.Cases() {
		known[c.Name] = true
		g.Expect(expectations).To(HaveKey(c.Name))
	}
	for name := range expectations {
		g.Expect(known).To(HaveKey(name))
	}
}

// checkSays checks that the results of a target say what happened, or one of the other things.
func (s *siege) checkSays(t *testing.T, c hostile.Case, or ...string) {
	t.Helper()
	g := NewWithT(t)
	target := s.target(t, c.Name)
	said := everything(target)
	where := s.api.API + ", " + c.Name + ": " + c.Says + "\n" + tail(said, 3000)
	g.Expect(said).To(MatchRegexp(strings.Join(append(or, expectations[c.Name].says), "|")), where)
	for _, r := range target.Results {
		g.Expect(len(r.Message)).To(BeNumerically("<", 6<<10), where)
		g.Expect(r.Message).NotTo(ContainSubstring("the suite's own"), where)
	}
}

// sound are the verdicts of a target that nothing is wrong with: partial where tokens are not configured that only a
// realm makes.
var sound = []report.Verdict{report.Conformant, report.Partial}

// checkVerdict checks the verdict, and that all else was judged.
func (s *siege) checkVerdict(t *testing.T, c hostile.Case) {
	t.Helper()
	g := NewWithT(t)
	want, target := expectations[c.Name], s.target(t, c.Name)
	where := s.api.API + ", " + c.Name + ": " + c.Says + "\n" + tail(everything(target), 3000)
	switch want.verdict {
	case "":
	case report.Conformant:
		g.Expect(target.Verdict).To(BeElementOf(sound), where)
	default:
		g.Expect(target.Verdict).To(Equal(want.verdict), where)
	}
	if want.most {
		counts := target.Count()
		g.Expect(counts[report.Pass]).To(BeNumerically(">=", len(target.Results)/2), where)
		g.Expect(target.Stopped).To(BeEmpty(), where)
	}
}

// target gives the results of a target.
func (s *siege) target(t *testing.T, name string) *report.Target {
	t.Helper()
	for i := range s.results.Targets {
		if s.results.Targets[i].Name == name {
			return &s.results.Targets[i]
		}
	}
	t.Fatalf("the results hold no target %s", name)
	return nil
}

// everything is all that the results say of a target.
func everything(target *report.Target) string {
	var b strings.Builder
	fmt.Fprintln(&b, target.Stopped)
	for _, o := range target.Observations {
		fmt.Fprintf(&b, "%s: %s\n", o.Name, o.Value)
	}
	for _, r := range target.Results {
		if r.Verdict != report.Pass {
			fmt.Fprintf(&b, "%s %s: %s\n", r.Verdict, r.Clause, r.Message)
		}
	}
	return b.String()
}
