//go:build unit

package signing

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

func TestDifferences(t *testing.T) {
	g := NewWithT(t)
	of := func(verdicts ...report.Verdict) []*report.Results {
		t := report.Target{Name: "lab"}
		for i, v := range verdicts {
			t.Results = append(t.Results, report.Result{Spec: string(rune('a' + i)), Verdict: v})
		}
		t.Judge(time.Now(), false)
		return []*report.Results{{API: "saymon", Targets: []report.Target{t}}}
	}
	g.Expect(Differences(of(report.Pass, report.Waived, report.Warn), of(report.Pass, report.Fail, report.Warn))).
		To(BeEmpty())
	g.Expect(Differences(of(report.Waived), of(report.Warn))).To(BeEmpty(), "a waiver of an extra clause")
	g.Expect(Differences(of(report.Warn), of(report.Fail))).To(HaveLen(1))
	g.Expect(Differences(of(report.Waived), of(report.Pass))).To(HaveLen(1))
	g.Expect(Differences(of(report.Pass, report.Pass), of(report.Fail, report.Pass, report.Pass))).To(Equal([]string{
		"saymon.lab: a: pass was signed, and the evidence says fail",
		"saymon.lab: c: the evidence says pass, and nothing was signed"}))
	product, tier := of(report.Pass), of(report.Pass, report.Inconclusive)
	product[0].Targets[0].Product.Version = "9"
	g.Expect(Differences(product, of(report.Pass))).To(HaveLen(1))
	tier[0].Targets[0].Results[1].Tier, tier[0].Targets[0].Verdict = "extra", report.Conformant
	g.Expect(Differences(tier, of(report.Pass, report.Inconclusive))).To(Equal([]string{"saymon.lab: conformant was " +
		"signed, and the evidence says inconclusive"}))
	g.Expect(Differences(of(report.Pass), of())).To(Equal([]string{"saymon.lab: a: pass was signed, and the evidence " +
		"does not show it"}))
}
