//go:build unit

package report

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

func TestJudgeOfWaivers(t *testing.T) {
	for name, test := range map[string]struct {
		until    string
		verdicts []Verdict
		filtered bool
		stale    string
	}{
		"holds on its last day":         {"2026-11-22", []Verdict{Waived}, false, ""},
		"is over":                       {"2026-11-21", []Verdict{Fail}, false, "it is over since 2026-11-21"},
		"is over, under a filter":       {"2026-11-21", []Verdict{Pass}, true, "it is over since 2026-11-21"},
		"passes":                        {"2027-01-01", []Verdict{Pass, Pass}, false, "its clause passes now"},
		"passes where it can":           {"2027-01-01", []Verdict{Pass, Unconfigured}, false, "its clause passes now"},
		"fails in one spec of two":      {"2027-01-01", []Verdict{Pass, Waived}, false, ""},
		"may fail in a spec not run":    {"2027-01-01", []Verdict{Pass}, true, ""},
		"may fail in a spec not judged": {"2027-01-01", []Verdict{Pass, Inconclusive}, false, ""},
		"fails in the suite's own way":  {"2027-01-01", []Verdict{Fail}, false, ""},
		"has nothing to judge":          {"2027-01-01", []Verdict{NotApplicable}, false, ""},
		"names nothing":                 {"2027-01-01", nil, false, "no spec judges a clause of that name"},
		"names nothing that was chosen": {"2027-01-01", nil, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			judged := &Target{Waivers: []Waiver{{Waiver: target.Waiver{Clause: "a", Until: test.until}}},
				Results: []Result{{Clause: "b", Tier: "stated", Verdict: Pass}}}
			for _, v := range test.verdicts {
				judged.Results = append(judged.Results, Result{Clause: "a", Tier: "stated", Verdict: v})
			}
			judged.Judge(now, test.filtered)
			NewWithT(t).Expect(judged.Waivers[0].Stale).To(Equal(test.stale))
		})
	}
}

func TestNoAnswerIsNeverWaived(t *testing.T) {
	judged := &Target{Waivers: []Waiver{{Waiver: target.Waiver{Clause: "a", Until: "2027-01-01"}}},
		Results: []Result{{Clause: "a", Tier: "stated", Verdict: Inconclusive}}}
	judged.Judge(now, false)
	NewWithT(t).Expect(judged.Verdict).To(Equal(Inconclusive))
}

func TestWhyInconclusiveNamesTheCause(t *testing.T) {
	g := NewWithT(t)
	extra, stated := result(Inconclusive, "extra"), result(Inconclusive, "stated")
	open := judged(extra, result(Pass, "stated"), stated)
	g.Expect(open.WhyInconclusive()).To(And(ContainSubstring("lab is inconclusive: 2 specs could not be judged"),
		ContainSubstring("c-inconclusive-stated: because")))
	open.Stopped = "it was down"
	g.Expect(open.WhyInconclusive()).To(Equal("lab is inconclusive: it was down"))
	g.Expect((&Target{Name: "lab"}).WhyInconclusive()).To(Equal("lab is inconclusive"))
}
