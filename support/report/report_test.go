//go:build unit

package report

import (
	"encoding/xml"
	"html"
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func judged(verdicts ...Result) *Target {
	t := &Target{Name: "lab", URL: "http://h", Results: verdicts, Observations: []Observation{},
		RefusedLogins: map[string]int{"user": 5}}
	for i := range t.Results {
		if t.Results[i].Spec == "" {
			t.Results[i].Spec = "spec " + string(rune('a'+i))
		}
	}
	t.Judge(now, false)
	return t
}

func result(v Verdict, tier string) Result {
	return Result{Clause: "c-" + string(v) + "-" + tier, Tier: tier, Verdict: v, Documented: Documented{Says: "It is so."},
		Message: "because\nof <that>", Exchanges: []int{}}
}

func TestJudgeOfATarget(t *testing.T) {
	for _, test := range []struct {
		results []Result
		want    Verdict
	}{
		{[]Result{result(Pass, "stated")}, Conformant},
		{[]Result{result(Pass, "stated"), result(Warn, "extra"), result(Unsupported, "stated"),
			result(NotApplicable, "shown")}, Conformant},
		{[]Result{result(Pass, "stated"), result(Inconclusive, "extra")}, Conformant},
		{[]Result{result(Pass, "stated"), result(Unconfigured, "stated")}, Partial},
		{[]Result{result(Waived, "stated")}, Partial},
		{[]Result{result(Unconfigured, "stated"), result(Inconclusive, "shown")}, Inconclusive},
		{[]Result{result(Inconclusive, "stated"), result(Fail, "shown")}, NonConformant},
	} {
		NewWithT(t).Expect(judged(test.results...).Verdict).To(Equal(test.want))
	}
}

func TestExitTakesTheFirstThatHolds(t *testing.T) {
	run := func(targets ...*Target) *Results {
		r := &Results{}
		for _, t := range targets {
			r.Targets = append(r.Targets, *t)
		}
		return r
	}
	fine, partial := judged(result(Pass, "stated")), judged(result(Unconfigured, "stated"))
	open, failed := judged(result(Inconclusive, "stated")), judged(result(Fail, "stated"))
	stale := judged(result(Pass, "stated"))
	stale.Waivers = []Waiver{{Stale: "over"}}
	for want, runs := range map[int][]*Results{
		0:            {run(fine, partial)},
		ExitWrongUse: {run(failed), {Problems: []string{"wrong"}}},
		ExitNothing: {run(judged(result(Unsupported, "stated"), result(NotApplicable, "stated"),
			result(Unconfigured, "stated")))},
		ExitNonConformant: {run(stale, open), run(failed)},
		ExitStaleWaiver:   {run(fine, stale, open)},
		ExitInconclusive:  {run(fine, open, partial)},
	} {
		NewWithT(t).Expect(Exit(runs)).To(Equal(want))
	}
	NewWithT(t).Expect(Exit(nil)).To(Equal(ExitNothing))
}

func sample() *Results {
	open := judged(result(Inconclusive, "stated"), result(Fail, "shown"))
	open.Name, open.Verdict = "open", Inconclusive
	open.Waivers = []Waiver{{Waiver: target.Waiver{Clause: "c-x"}, Stale: "its clause passes now"}}
	bad := judged(result(Pass, "stated"), result(Fail, "stated"), result(Warn, "extra"), result(Waived, "shown"))
	bad.Results[1].Message = "one\x1b[31m & ]]> <two>\x00\ufffe\nthree"
	return &Results{Format: Format, API: "saymon", SuiteVersion: "v0.1.0", Started: now, Seconds: 1.5,
		Targets: []Target{*bad, *open}}
}

func TestJUnitCountsAndStaysWellFormed(t *testing.T) {
	g := NewWithT(t)
	var read junitSuites
	g.Expect(xml.Unmarshal(sample().JUnit(""), &read)).To(Succeed())
	g.Expect([]int{read.Tests, read.Failures}).To(Equal([]int{8, 4}))
	bad, open := read.Suites[0], read.Suites[1]
	g.Expect([]int{bad.Tests, bad.Failures, bad.Skipped}).To(Equal([]int{4, 1, 2}))
	g.Expect(bad.Name).To(Equal("saymon.lab"))
	g.Expect(bad.Cases[1].Class).To(Equal("saymon.lab"))
	g.Expect(bad.Cases[1].Failure.Text).To(And(ContainSubstring("]]> <two>"), Not(ContainSubstring("\x1b"))))
	g.Expect(bad.Cases[1].SystemOut).To(ContainSubstring("[[ATTACHMENT|evidence/lab.har]]"))
	g.Expect(*bad.Cases[2].Skipped).To(Equal(junitMessage{Message: "warn: because", Text: "warn: because\nof <that>"}))
	g.Expect(open.Cases[3].SystemOut).To(Equal("[[ATTACHMENT|evidence/open.har]]"))
	names := []string{}
	for _, c := range open.Cases {
		names = append(names, c.Name)
	}
	g.Expect(names).To(Equal([]string{"spec a", "spec b", "the waiver of c-x still holds", "the target could be judged"}))
}

func TestJUnitOfAProblemFails(t *testing.T) {
	g := NewWithT(t)
	var read junitSuites
	g.Expect(xml.Unmarshal((&Results{API: "sdm", Problems: []string{"line 1\nline 2"}}).JUnit(""), &read)).To(Succeed())
	g.Expect([]int{read.Tests, read.Failures}).To(Equal([]int{1, 1}))
	g.Expect(read.Suites[0].Cases[0].Failure.Message).To(Equal("line 1"))
}

func TestFolderWritesReadsAndClears(t *testing.T) {
	g := NewWithT(t)
	d := Dir{filepath.Join(t.TempDir(), "deep", "reports")}
	g.Expect(d.Clear("saymon")).To(Succeed(), "there is nothing yet")
	g.Expect(d.WriteEvidence("lab", []byte("{}"))).To(Succeed())
	g.Expect(d.WriteEvidence("mine", []byte("{}"))).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(d.Path, "notes.txt"), nil, 0o600)).To(Succeed())
	g.Expect(d.Write(sample())).To(Succeed())
	read, err := d.Read("saymon")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(read).To(Equal(sample()))
	g.Expect(d.All()).To(HaveLen(1))
	info, err := os.Stat(d.Evidence("lab"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(info.Mode().Perm()).To(Equal(os.FileMode(0o600)))
	for _, folder := range []string{d.Path, filepath.Join(d.Path, "evidence"), filepath.Dir(d.Path)} {
		info, err := os.Stat(folder)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(info.Mode().Perm()).To(Equal(os.FileMode(0o700)), folder)
	}

	g.Expect(d.Clear("saymon")).To(Succeed())
	for path, there := range map[string]bool{"TEST-saymon.xml": false, "saymon.json": false, "evidence/lab.har": false,
		"evidence/mine.har": true, "notes.txt": true,
		"index.html": false, "summary.md": false} {
		_, err := os.Stat(filepath.Join(d.Path, path))
		g.Expect(err == nil).To(Equal(there), path)
	}
	g.Expect(os.WriteFile(d.json("sdm"), []byte(`{"format": "other/2"}`), 0o600)).To(Succeed())
	_, err = d.Read("sdm")
	g.Expect(err).To(MatchError(ContainSubstring("its format is")))
}

func TestSummaryAndTerminalSayWhatMatters(t *testing.T) {
	g := NewWithT(t)
	short := judged(result(Pass, "stated"), result(Unconfigured, "stated"))
	short.Full = true
	whole := &Results{API: "saymon", Targets: []Target{*short}}
	g.Expect(Exit([]*Results{whole})).To(Equal(ExitNonConformant))
	g.Expect(checkJUnit(whole.JUnit(""), whole)).To(BeEmpty())
	short.Waivers = []Waiver{{Waiver: target.Waiver{Clause: "saymon-x", Reason: "r"}, Stale: "its clause passes now"}}
	whole = &Results{API: "saymon", Targets: []Target{*short}}
	root, _ := shown(t, whole)
	for _, text := range []string{Terminal([]*Results{whole}), html.UnescapeString(Summary([]*Results{whole})),
		wordsOf(root)} {
		g.Expect(text).To(And(ContainSubstring("lab is partial, and full asks for all: 1 of 2 judged, 1 unconfigured, 0 "+
			"waived"), ContainSubstring("stale waiver of saymon-x: its clause passes now")))
	}
	r := sample()
	r.Targets[0].Results[1].Says = "A | b <script> *c*"
	r.Filter = `--focus "x"`
	summary := Summary([]*Results{r, {API: "sdm", Started: now, Problems: []string{"no good\nat all"}}})
	g.Expect(summary).To(And(ContainSubstring("| saymon | lab | **non-conformant** | 1 | 1 | 1 | 0 | 1 |"),
		ContainSubstring("some specs only"),
		ContainSubstring(`fail **c-fail-stated** (stated): A &#124; b &#60;script&#62; &#42;c&#42;`),
		ContainSubstring("**not judged**: no good")))
	shown := Terminal([]*Results{r})
	g.Expect(shown).To(And(ContainSubstring("lab (saymon): NON-CONFORMANT"),
		ContainSubstring("1 fail, 1 waived, 1 warn, 1 pass"),
		ContainSubstring("5 of them refused logins"), ContainSubstring("fail  c-fail-stated"),
		ContainSubstring("open  c-inconclusive-stated"),
		ContainSubstring("stale waiver of c-x")))
	g.Expect(Brief([]*Results{r, whole})).NotTo(ContainSubstring("\n"))
	g.Expect(Brief([]*Results{r, whole})).To(ContainSubstring(" NON-CONFORMANT, "), "the weightiest come first")
	g.Expect(Terminal(nil)).To(BeEmpty())
}
