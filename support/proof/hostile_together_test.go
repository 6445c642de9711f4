//go:build e2e

package proof

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/reference/hostile"
	"session-conformance/support/report"
)

// The largest resident set of a suite's process: see the README. 200 MiB for itself, and 25 MiB for each target that
// sends as much as it can.
const (
	ownMemory     = 200 << 20
	hostileMemory = 25 << 20
	togetherWork  = 3 * time.Minute
)

// All hostile servers at once, beside three healthy ones, which must be judged as if alone.
func TestEveryHostileServerAtOnce(t *testing.T) {
	for _, a := range apis() {
		t.Run(a.API, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			alone := newSiege(t, a, togetherTimeout)
			alone.healthy(t, "healthy")
			alone.judge(t)
			g.Expect(alone.target(t, "healthy").Verdict).To(BeElementOf(sound))

			s := newSiege(t, a, togetherTimeout)
			s.healthy(t, "healthy.first")
			var cases []hostile.Case
			for _, c := range hostile.Cases() {
				if c.Shows(a.API) {
					cases = append(cases, c)
					s.attack(t, c)
				}
				if len(cases) == 50 {
					s.healthy(t, "healthy.middle")
				}
			}
			s.healthy(t, "healthy.last")
			s.judge(t)
			t.Logf("%d hostile servers at once: %s, %s of the processor, %d MiB", len(cases), s.took, s.work, s.memory>>20)
			g.Expect(s.took).To(BeNumerically("<", timeouts*s.timeout+10*slack))
			g.Expect(s.work).To(BeNumerically("<", togetherWork))
			g.Expect(s.memory).To(BeNumerically("<", ownMemory+hostileMemory*len(cases)))
			s.checkReports(t)
			for _, c := range cases {
				s.checkSays(t, c, tooSlow) // a hundred at once are slower than one
			}
			for _, name := range []string{"healthy.first", "healthy.middle", "healthy.last"} {
				g.Expect(s.verdicts(t, name)).To(Equal(alone.verdicts(t, "healthy")), name)
				g.Expect(s.exchanges(t, name)).To(Equal(alone.exchanges(t, "healthy")), name)
			}
		})
	}
}

// verdicts are those of a target's specs.
func (s *siege) verdicts(t *testing.T, name string) map[string]report.Verdict {
	t.Helper()
	all := map[string]report.Verdict{}
	for _, r := range s.target(t, name).Results {
		all[r.Spec] = r.Verdict
	}
	return all
}

// exchanges are what a target's scenarios asked and how it answered. How many sessions are left to be ended depends on
// whether a good login had to be made between two refused ones.
func (s *siege) exchanges(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(s.reports().Evidence(name))
	if err != nil {
		t.Fatal(err)
	}
	ev, err := evidence.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range ev.Exchanges {
		if evidence.IsOwn(e.Scenario) {
			continue
		}
		all = append(all, fmt.Sprintf("%s: %s → %s%s", e.Scenario, e.Step, e.StatusLine(), e.NoAnswer))
	}
	slices.Sort(all) // what is asked at the same moment is answered in any order
	return all
}
