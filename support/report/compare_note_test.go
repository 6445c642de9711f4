//go:build unit

package report

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// compared is a run that has one failure that was accepted and one that is new.
func compared(t *testing.T) *Results {
	t.Helper()
	g := NewWithT(t)
	before, now := sample(), whole()
	now.Filter = ""
	for i := range before.Targets[0].Results {
		before.Targets[0].Results[i].Verdict = Pass
	}
	before.Targets[0].Judge(now.Started, false)
	accepted, err := Accept([]*Results{before})
	g.Expect(err).NotTo(HaveOccurred())
	comparison, err := Compare(accepted, []*Results{now}, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(comparison.Worse()).To(BeTrue())
	comparison.Note("accepted.json", []*Results{now})
	return now
}

func TestEveryReportShowsWhatChanged(t *testing.T) {
	g := NewWithT(t)
	run := compared(t)
	g.Expect(run.Targets[0].Changes[0]).
		To(Equal(Change{Kind: NewlyFailing, Subject: "c-fail-stated: spec b", Spec: "spec b", Clause: "c-fail-stated",
			Before: "pass", Now: "fail", Worse: true}))
	root, _ := shown(t, run)
	g.Expect(wordsOf(elements(root, "main")[0])).To(ContainSubstring("What changed lab since accepted.json ↓ worse " +
		"newly failing c-fail-stated: spec b: was pass, now fail"))
	page, _ := shownTarget(t, run, 0)
	g.Expect(wordsOf(elements(page, "main")[0])).To(ContainSubstring("What changed since accepted.json ↓ worse newly " +
		"failing c-fail-stated: spec b: was pass, now fail"))
	g.Expect(Summary([]*Results{run})).To(ContainSubstring("- **worse:** newly failing c-fail-stated&#58; spec b&#58; " +
		"was pass, now fail\n"))
	text, err := json.Marshal(run)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(ContainSubstring(`"changes":[{"kind":"newly failing","subject":"c-fail-stated: spec b"`))
}

// JUnit is red where something became worse, and only there.
func TestJUnitOfAnAcceptedRunIsNotRed(t *testing.T) {
	g := NewWithT(t)
	run := compared(t)
	text := run.JUnit("")
	g.Expect(checkJUnit(text, run)).To(BeEmpty())
	var read junitSuites
	g.Expect(xml.Unmarshal(text, &read)).To(Succeed())
	g.Expect(read.Failures).To(Equal(1))
	g.Expect(read.Suites[0].Cases[1].Failure).NotTo(BeNil())
	g.Expect(read.Suites[1].Cases[1].Skipped.Message).To(HavePrefix("accepted: "))
	g.Expect(read.Suites[0].Properties).
		To(ContainElements(junitProperty{"since", "accepted.json"},
			junitProperty{"newly failing", "c-fail-stated: spec b: was pass, now fail"}))

	run.Targets[0].Changes = append(run.Targets[0].Changes, Change{Kind: Gone, Subject: "c-x: spec x", Spec: "spec x",
		Worse: true})
	text = run.JUnit("")
	g.Expect(checkJUnit(text, run)).To(BeEmpty())
	g.Expect(string(text)).To(ContainSubstring(`name="gone: c-x: spec x"`))

	same := whole()
	(&Comparison{}).Note("accepted.json", []*Results{same})
	g.Expect(checkJUnit(same.JUnit(""), same)).To(BeEmpty())
	g.Expect(same.red()).To(BeFalse())
}

// A target that was judged and is not any more is missed in every report.
func TestATargetThatIsGoneIsShown(t *testing.T) {
	g := NewWithT(t)
	run := whole()
	c := &Comparison{Targets: []TargetChanges{{API: "saymon", Name: "lab"},
		{API: "saymon", Name: "lost", Changes: []Change{{Kind: Gone, Subject: "the target", Worse: true}}},
		{API: "sdm", Name: "lost", Changes: []Change{{Kind: Gone, Subject: "the target", Worse: true}}}}}
	c.Note("accepted.json", []*Results{run})
	g.Expect(run.Gone).To(Equal([]string{"saymon lost", "sdm lost"}))
	g.Expect(annotated([]*Results{run})).
		To(ContainElement(annotation{"saymon lost", Gone, "the target stands in accepted.json and has no results"}))
	g.Expect(checkJUnit(run.JUnit(""), run)).To(BeEmpty())
	g.Expect(string(run.JUnit(""))).To(ContainSubstring(`<testsuite name="sdm.lost" tests="1" failures="1"`))
	root, _ := shown(t, run)
	g.Expect(wordsOf(elements(root, "main")[0])).To(ContainSubstring("worse saymon lost is gone"))
	g.Expect(Summary([]*Results{run})).To(ContainSubstring("**worse:** sdm lost is gone"))
}

func TestAnnotations(t *testing.T) {
	g := NewWithT(t)
	run := compared(t)
	run.Targets[0].Changes[0].Subject = "c\n::stop-commands::x ##vso[task.complete]100%"
	github := Annotations([]*Results{run},
		func(name string) string { return map[string]string{"GITHUB_ACTIONS": "true"}[name] })
	g.Expect(github).To(Equal("::error title=lab%3A c-fail-stated::newly failing: c%0A:\\x3astop-commands::x " +
		"##vso\\x5btask.complete]100%25: was pass, now fail\n"))
	azure := Annotations([]*Results{run}, func(name string) string { return map[string]string{"TF_BUILD": "True"}[name] })
	g.Expect(azure).To(HavePrefix("##vso[task.logissue type=error]lab: c-fail-stated: newly failing: c%0A"))
	g.Expect(strings.Count(azure, "##vso[")).To(Equal(1))
	g.Expect(Annotations([]*Results{run}, func(string) string { return "" })).To(BeEmpty())

	var issues []map[string]any
	g.Expect(json.Unmarshal(CodeQuality([]*Results{run}, "targets.yaml"), &issues)).To(Succeed())
	g.Expect(issues).To(HaveLen(1))
	g.Expect(issues[0]["location"]).
		To(Equal(map[string]any{"path": "targets.yaml", "lines": map[string]any{"begin": 1.0}}))
	first := issues[0]["fingerprint"]
	g.Expect(json.Unmarshal(CodeQuality([]*Results{compared(t)}, "targets.yaml"), &issues)).To(Succeed())
	g.Expect(issues[0]["fingerprint"]).To(Equal(first), "it stays the same from run to run")

	all := whole()
	g.Expect(annotated([]*Results{all})).To(HaveLen(2), "where nothing was compared, each clause that failed")
}
