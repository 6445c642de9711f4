//go:build unit

package proof

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/support/clause"
	"session-conformance/support/report"
)

// judged makes the results of one target.
func judged(c Case, verdict report.Verdict, results ...report.Result) report.Target {
	return report.Target{Name: c.Target(), Verdict: verdict, Results: results}
}

func spec(id, tier string, v report.Verdict) report.Result {
	return report.Result{Clause: id, Tier: tier, Spec: "judges " + id, Verdict: v}
}

func TestMatrixFindsWhatIsWanting(t *testing.T) {
	g := NewWithT(t)
	reference := Case{API: "demo", Kind: Reference, Name: "reference"}
	caught := Case{API: "demo", Kind: Fault, Name: "caught", Clause: "demo-a"}
	warned := Case{API: "demo", Kind: Fault, Name: "warned", Clause: "demo-b"}
	survives := Case{API: "demo", Kind: Fault, Name: "survives", Clause: "demo-a"}
	elsewhere := Case{API: "demo", Kind: Fault, Name: "elsewhere", Clause: "demo-a"}
	missing := Case{API: "demo", Kind: Fault, Name: "missing", Clause: "demo-a"}
	fine := Case{API: "demo", Kind: Variant, Name: "fine"}
	wronged := Case{API: "demo", Kind: Variant, Name: "wronged"}
	left := Case{API: "demo", Kind: Variant, Name: "left", open: "demo-a"}
	wellJudged := Case{API: "demo", Kind: Variant, Name: "found", open: "demo-a"}
	further := Case{API: "demo", Kind: Variant, Name: "further", open: "demo-a"}
	waits := spec("demo-b", "stated", report.Inconclusive)
	waits.Message = "waits for demo-a: got 401"
	null := Case{API: "demo", Kind: Null, Name: "nothing"}
	idle := Case{API: "demo", Kind: Null, Name: "any-session", // passes nothing
		passes: []string{"demo-a", "demo-b"}}
	pass, fail := spec("demo-a", "stated", report.Pass), spec("demo-a", "stated", report.Fail)
	results := &report.Results{Targets: []report.Target{
		judged(reference, report.Conformant, pass, spec("demo-b", "extra", report.Warn)),
		judged(caught, report.NonConformant, fail, spec("demo-b", "extra", report.Warn)),
		judged(warned, report.Conformant, pass, spec("demo-b", "extra", report.Warn)),
		judged(survives, report.Conformant, pass),
		judged(elsewhere, report.Conformant, pass, spec("demo-b", "extra", report.Warn)),
		judged(fine, report.Conformant, pass, spec("demo-b", "extra", report.Inconclusive)),
		judged(wronged, report.Inconclusive, spec("demo-a", "stated", report.Inconclusive)),
		judged(left, report.Inconclusive, spec("demo-a", "stated", report.Inconclusive), waits),
		judged(wellJudged, report.Conformant, pass),
		judged(further, report.Inconclusive, spec("demo-a", "stated", report.Inconclusive),
			spec("demo-b", "stated", report.Inconclusive)),
		judged(null, report.Conformant, pass),
		judged(idle, report.Inconclusive),
	}, Notices: []string{"fine: the evidence held a secret"}}
	catalogue := &clause.Catalogue{API: "demo", Clauses: []clause.Clause{{ID: "demo-a"}, {ID: "demo-b"}, {ID: "demo-c"},
		{ID: "demo-d", Unjudged: "why"}}}
	m := &Matrix{}
	m.add([]Case{reference, caught, warned, survives, elsewhere, missing, fine, wronged, left, wellJudged, further, null,
		idle}, results, catalogue, true)
	wanting := []any{
		Equal("demo: fine: the evidence held a secret"),
		ContainSubstring("the reference is not conformant: demo-b is warn"),
		ContainSubstring("fault survives survives"),
		ContainSubstring("fault elsewhere breaks demo-a, but only others notice: [demo-b]"),
		ContainSubstring("fault missing was not judged"),
		ContainSubstring("variant wronged is within the documents, but demo-a is inconclusive"),
		ContainSubstring("of variant found demo-a cannot be judged, and it was"),
		ContainSubstring("variant further is within the documents, but demo-b is inconclusive"),
		ContainSubstring("null target nothing passes demo-a"),
		ContainSubstring("null target nothing is found conformant"),
		ContainSubstring("the clause demo-c has no fault"),
	}
	for _, id := range idle.passes {
		wanting = append(wanting, ContainSubstring("any-session is listed as passing "+id+", and does not"))
	}
	g.Expect(m.Wanting).To(ConsistOf(wanting...))
	g.Expect(m.Numbers).To(Equal(Numbers{Faults: 4, Caught: 2, Variants: 5, Accepted: 2, Nulls: 2, NullPasses: 1,
		Median: 1, Worst: 2, WorstFault: "demo caught"}))

	page, err := m.Page()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(And(ContainSubstring("2 of 4"), ContainSubstring("fault survives survives"),
		ContainSubstring("judges demo-a")))
	filled, found := m.FillIn("a <!-- proof -->old<!-- /proof --> b")
	g.Expect(found).To(BeTrue())
	g.Expect(filled).To(And(HavePrefix("a <!-- proof -->\n"), ContainSubstring("| 2 of 4 | 2 of 5 | 1 |"),
		HaveSuffix("<!-- /proof --> b")))
	_, found = m.FillIn("no place")
	g.Expect(found).To(BeFalse())
}

func TestReplayFindsVerdictsThatDiffer(t *testing.T) {
	g := NewWithT(t)
	run := func(verdicts ...report.Verdict) *report.Results {
		r := &report.Results{API: "demo", Targets: []report.Target{{Name: "a", Verdict: report.Conformant}}}
		for _, v := range verdicts {
			r.Targets[0].Results = append(r.Targets[0].Results, spec("demo-a", "stated", v))
		}
		return r
	}
	wanting := func(a, b *report.Results) []string {
		m := &Matrix{}
		m.replay(a, b)
		return m.Wanting
	}
	g.Expect(wanting(run(report.Pass), run(report.Pass))).To(BeEmpty())
	g.Expect(wanting(run(report.Pass), run(report.Fail))).To(ConsistOf(ContainSubstring("is fail")))
	g.Expect(wanting(run(report.Pass), run())).To(ConsistOf(ContainSubstring("does not give the verdict")))
	g.Expect(wanting(run(report.Pass), &report.Results{})).To(HaveLen(1))
}

func TestEveryListedPassNamesAClauseThatIsThere(t *testing.T) {
	for _, r := range suites.Servers() {
		for _, id := range r.AnySession {
			NewWithT(t).Expect(id).To(HavePrefix(r.API + "-"))
		}
	}
}
