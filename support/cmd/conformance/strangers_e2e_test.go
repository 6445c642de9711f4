//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// A judgement is of the evidence that it is given, and of nothing that an earlier one left.
func TestAJudgementLeavesNothingOfAnother(t *testing.T) {
	t.Parallel()
	g, folder := NewWithT(t), t.TempDir()
	const two = "targets:\n  - {name: one, api: sdm, url: embedded}\n  - {name: two, api: sessions, url: embedded}\n"
	live := call(t, two, nil, program, "run", "-q")
	g.Expect(live.exit).To(Equal(0), live.output)
	only := filepath.Join(folder, "only two")
	g.Expect(os.MkdirAll(only, 0o700)).To(Succeed())
	har, err := os.ReadFile(live.reports.Evidence("two"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.WriteFile(filepath.Join(only, "two.har"), har, 0o600)).To(Succeed())

	reports := "REPORTS_DIR=" + filepath.Join(folder, "reports")
	accepted := filepath.Join(folder, "accepted.json")
	g.Expect(call(t, "", []string{reports}, program, "judge", "-q", live.reports.Path).exit).To(Equal(0))
	g.Expect(call(t, "", []string{reports}, program, "accept", "-o", accepted, filepath.Join(folder, "reports")).exit).
		To(Equal(0))
	again := call(t, "", []string{reports}, program, "judge", "-q", only, "--against", accepted)
	g.Expect(again.exit).To(Equal(report.ExitNonConformant), again.output)
	g.Expect(again.output).To(ContainSubstring("gone"))
	for _, gone := range []string{"sdm.json", "TEST-sdm.xml", "certificate/one.html", "targets/one.html",
		"evidence/one.har"} {
		g.Expect(filepath.Join(folder, "reports", gone)).NotTo(BeAnExistingFile())
	}

	g.Expect(os.WriteFile(filepath.Join(live.reports.Path, "two.har"), har, 0o600)).To(Succeed())
	doubled := call(t, "", []string{reports}, program, "judge", "-q", live.reports.Path)
	g.Expect(doubled.exit).To(Equal(report.ExitWrongUse), doubled.output)
	g.Expect(doubled.output).To(ContainSubstring("name one of the two folders"))
	g.Expect(os.Remove(filepath.Join(live.reports.Path, "two.har"))).To(Succeed())

	inPlace := call(t, "", []string{"REPORTS_DIR=" + live.reports.Path}, program, "judge", "-q", live.reports.Path)
	g.Expect(inPlace.exit).To(Equal(0), inPlace.output)
	g.Expect(live.reports.Evidence("one")).To(BeAnExistingFile(), "what is judged stays")
}

// What was not judged, or in part, is no state to accept.
func TestNothingThatWasNotJudgedIsAccepted(t *testing.T) {
	t.Parallel()
	g, accepted := NewWithT(t), filepath.Join(t.TempDir(), "accepted.json")
	const unreachable = "targets:\n  - {name: down, api: sdm, url: 'http://127.0.0.1:1', user: {login: a, password: b}}\n"
	down := call(t, unreachable, nil, program, "run", "-q")
	r := call(t, "", nil, program, "accept", "-o", accepted, down.reports.Path)
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
	g.Expect(r.output).To(ContainSubstring("of down (sdm) nothing was judged"))
	part := call(t, embeddedSAYMON, nil, program, "run", "-q", "--shard", "1/1")
	r = call(t, "", nil, program, "accept", "-o", accepted, part.reports.Path)
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
	g.Expect(r.output).To(ContainSubstring("merge the parts"))
	g.Expect(accepted).NotTo(BeAnExistingFile())
}

// What the environment of a pipeline holds takes no product's place, and no file of others is replaced.
func TestTheEnvironmentTakesNoProductsPlace(t *testing.T) {
	t.Parallel()
	g, folder := NewWithT(t), t.TempDir()
	page := filepath.Join(folder, "index.html")
	g.Expect(os.WriteFile(page, []byte("mine"), 0o600)).To(Succeed())
	tried := []string{"try", "-q", "--api", "sdm", "--url", "embedded"}
	foreign := t.TempDir()
	g.Expect(os.WriteFile(filepath.Join(foreign, "sessions.json"), []byte(`{"mine": 1}`), 0o600)).To(Succeed())
	gitLab := []string{"CI_NODE_INDEX=2", "CI_NODE_TOTAL=2"}
	for says, c := range map[string]struct {
		environment []string
		args        []string
	}{
		"EVIDENCE names":               {[]string{"EVIDENCE=" + folder}, tried},
		"unset one of":                 {[]string{"EVIDENCE=" + folder, "TARGETS_FILE="}, []string{"run", "--embedded"}},
		"1/1 for all":                  {append(gitLab, "TARGET=lab.one"), []string{"run"}},
		"no run wrote":                 {[]string{"REPORTS_DIR=" + folder}, []string{"run"}},
		"sessions.json, which no run":  {[]string{"REPORTS_DIR=" + foreign}, []string{"run"}},
		"merge the parts, and compare": {nil, []string{"run", "--shard", "1/2", "--against", page}},
	} {
		r := call(t, embeddedSAYMON, c.environment, program, c.args...)
		g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
		g.Expect(r.output).To(ContainSubstring(says))
	}
	r := call(t, "", append(gitLab, "TARGETS_FILE="), program, tried...)
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.results(t, "sdm").Targets).To(HaveLen(1), "a job of a matrix asks its product")
	badge := call(t, "", nil, program, "badge", "-o", page, r.reports.Path)
	g.Expect(badge.exit).To(Equal(report.ExitWrongUse), badge.output)
	g.Expect(badge.output).To(ContainSubstring("and no badge"))
	g.Expect(os.ReadFile(page)).To(BeEquivalentTo("mine"))
	for range 2 { // the second time in the place of the first
		badge = call(t, "", nil, program, "badge", "-o", filepath.Join(folder, "badge.svg"), r.reports.Path)
		g.Expect(badge.exit).To(Equal(0), badge.output)
	}
}
