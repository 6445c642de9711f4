//go:build unit

package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

// runs are results of each kind: green, red for each reason, nothing judged.
func runs() map[string]*Results {
	run := func(verdicts ...Result) *Results {
		return &Results{Format: Format, API: "saymon", Started: now, Targets: []Target{*judged(verdicts...)}}
	}
	stale := run(result(Pass, "stated"))
	stale.Targets[0].Waivers = []Waiver{{Waiver: target.Waiver{Clause: "c-x", Reason: "r"}, Stale: "it is over"}}
	return map[string]*Results{
		"green":        run(result(Pass, "stated"), result(Warn, "extra"), result(NotApplicable, "shown")),
		"fail":         run(result(Pass, "stated"), result(Fail, "stated"), result(Fail, "shown")),
		"inconclusive": run(result(Pass, "stated"), result(Inconclusive, "stated")),
		"stale waiver": stale,
		"problem":      {Format: Format, API: "saymon", Started: now, Problems: []string{"no\ngood"}, Targets: []Target{}},
		"interrupted": {Format: Format, API: "saymon", Started: now,
			Targets: []Target{{Name: "lab", Verdict: Inconclusive, Stopped: "no evidence was gathered"}}},
		"nothing": run(result(Unsupported, "stated")),
		"whole":   sample(),
	}
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	for name, r := range runs() {
		d := Dir{t.TempDir()}
		NewWithT(t).Expect(d.Write(r)).To(Succeed())
		NewWithT(t).Expect(d.ReadBack(r)).To(BeEmpty(), name)
	}
}

// A red run leaves no green file: JUnit has a failing case for every reason.
func TestARedRunHasARedJUnit(t *testing.T) {
	for name, r := range runs() {
		failing := strings.Contains(string(r.JUnit("")), "<failure")
		NewWithT(t).Expect(failing).To(Equal(r.red()), name)
		NewWithT(t).Expect(r.red()).To(Equal(name != "green" && name != "nothing"), name)
	}
}

// Broken files, each by one change of a sound one: the sentence that names the file and what is wrong.
func TestReadBackNamesTheBrokenFile(t *testing.T) {
	for _, test := range []struct{ run, file, old, new, says string }{
		{"fail", "TEST-saymon.xml", "</testsuites>", "", "does not parse"},
		{"fail", "TEST-saymon.xml", "<testsuites", "<report", "does not parse"},
		{"fail", "TEST-saymon.xml", `tests="3" failures="2"`, `tests="3" failures="0"`, "says 3 tests, 0 failures"},
		{"fail", "TEST-saymon.xml", "<failure", "<system-err", "shows no failure, and the run is red"},
		{"fail", "TEST-saymon.xml", `name="spec b"`, `name="spec a"`, `has the case "spec a"`},
		{"fail", "TEST-saymon.xml", `name="spec b"`, `name=""`, `has the case ""`},
		{"fail", "TEST-saymon.xml", `classname="saymon.lab"`, `classname="lab"`, `of class "lab"`},
		{"fail", "TEST-saymon.xml", `<testsuite name="saymon.lab"`, `<testsuite name="saymon.other"`,
			"lacks the testsuite saymon.lab"},
		{"green", "TEST-saymon.xml", "<skipped", "<failure", "shows 2 failures, and the run is not red"},
		{"green", "TEST-saymon.xml", "", "", "cannot be read back"},
		{"green", "saymon.json", "", "", "cannot be read back"},
		{"green", "saymon.json", `"verdict": "pass"`, `"verdict": "fail"`, "does not hold the results of this run"},
		{"green", "saymon.json", `"targets": [`, `"targets": `, "cannot be read back"},
		{"green", "saymon.json", Format, "other/1", "cannot be read back"},
	} {
		t.Run(test.file+" "+test.says, func(t *testing.T) {
			g := NewWithT(t)
			d, r := Dir{t.TempDir()}, runs()[test.run]
			g.Expect(d.Write(r)).To(Succeed())
			path := filepath.Join(d.Path, test.file)
			text, err := os.ReadFile(path)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(text)).To(ContainSubstring(test.old))
			g.Expect(os.Remove(path)).To(Succeed())
			if test.old != "" {
				broken := strings.ReplaceAll(string(text), test.old, test.new)
				if test.old == "<failure" || test.old == "<skipped" {
					broken = strings.ReplaceAll(broken, strings.Replace(test.old, "<", "</", 1),
						strings.Replace(test.new, "<", "</", 1))
				}
				g.Expect(os.WriteFile(path, []byte(broken), 0o600)).To(Succeed())
			}
			g.Expect(d.ReadBack(r)).To(ContainElement(And(ContainSubstring(path), ContainSubstring(test.says))))
		})
	}
}

// Results that JUnit cannot show as they are: a target twice, a spec twice.
func TestReadBackRefusesDoubledNames(t *testing.T) {
	g := NewWithT(t)
	twice := runs()["green"]
	twice.Targets = append(twice.Targets, twice.Targets[0])
	doubled := runs()["green"]
	doubled.Targets[0].Results[1].Spec = doubled.Targets[0].Results[0].Spec
	for _, r := range []*Results{twice, doubled} {
		d := Dir{t.TempDir()}
		g.Expect(d.Write(r)).To(Succeed())
		g.Expect(d.ReadBack(r)).NotTo(BeEmpty())
	}
}

// A failing report takes the place of results that are withheld; where even that does not hold, none stays.
func TestWithheldResultsLeaveNothingGreen(t *testing.T) {
	g := NewWithT(t)
	folder := Dir{Path: t.TempDir()}
	whole := sample()
	g.Expect(folder.Write(whole)).To(Succeed())
	all, held := folder.Withhold(whole, []string{"first"})
	g.Expect(held).To(BeTrue())
	g.Expect(all).To(Equal([]string{"first"}))
	withheld, err := folder.Read(whole.API)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(withheld.Problems).To(Equal([]string{"the results are withheld", "first"}))
	g.Expect(withheld.Targets).To(BeEmpty())
	g.Expect(folder.target(whole.Targets[0].Name)).NotTo(BeAnExistingFile())

	all, held = folder.Withhold(&Results{Format: "other/1", API: "saymon", Started: time.Now().UTC()}, []string{"first"})
	g.Expect(held).To(BeFalse())
	g.Expect(all).To(HaveExactElements(Equal("first"), ContainSubstring("cannot be read back")))
	g.Expect(folder.Files("saymon")).To(BeEmpty())
}
