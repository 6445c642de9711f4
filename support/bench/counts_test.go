//go:build unit

package bench_test

import (
	"context"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	_ "session-conformance/suites/saymon" // so that suite.Plan knows them
	_ "session-conformance/suites/sdm"
	_ "session-conformance/suites/sessions"
	"session-conformance/support/bench"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// What is asked of a target, and how much of it one after another, grows only where somebody means it to. Where a number is wrong
// because of a new clause, write the new one; where a chain became longer, ask whether its scenario has to be that long.
func TestWhatIsAskedOfATarget(t *testing.T) {
	for api, want := range map[string]struct{ requests, chain, byEight int }{
		target.SAYMON:   {87, 31, 32},
		target.SDM:      {48, 23, 23},
		target.Sessions: {62, 23, 23},
	} {
		t.Run(api, func(t *testing.T) {
			g := NewWithT(t)
			plan, err := suite.Plan(context.Background(), target.Target{Name: api, API: api, URL: "embedded",
				Timeout: time.Minute, Concurrency: 8, Version: target.DefaultVersion, Probe: target.DefaultProbe})
			g.Expect(err).NotTo(HaveOccurred())
			for i, p := range plan {
				for _, before := range p.After {
					g.Expect(before).To(BeNumerically("<", i), "%q of %q waits for a later one", p.Step, p.Scenario)
				}
			}
			_, byEight := bench.Best(plan, 8)
			g.Expect([]int{len(plan), bench.Longest(plan), byEight}).To(Equal([]int{want.requests, want.chain, want.byEight}),
				"requests, the longest chain of them, answers' times with 8 at once")
		})
	}
}
