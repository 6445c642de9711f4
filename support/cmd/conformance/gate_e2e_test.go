//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// keep accepts the results of a run and gives the file.
func (r ran) keep(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kept", "accepted.json")
	kept := call(t, "", nil, program, "accept", "-o", file, r.reports.Path)
	NewWithT(t).Expect(kept.exit).To(Equal(0), kept.output)
	return file
}

func TestAgainstAnAcceptedState(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, peculiar(t, "", "cookie-path-node"), nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	file := r.keep(t)
	for name, test := range map[string]struct {
		with []string
		exit int
		says []string
	}{
		"the same": {[]string{"cookie-path-node"}, 0, []string{"peculiar (saymon): unchanged", "Nothing became worse."}},
		"mended":   {nil, 0, []string{"newly passing        saymon-cookie-path: "}},
		"worse": {[]string{"cookie-path-node", "session-id-unquoted"}, 1,
			[]string{"newly failing        saymon-session-id-quoted: ", "Something became worse."}},
		"another wish": {[]string{"cookie-path-node", "session-answered-201"}, 0,
			[]string{"changed observation  login status: was 200 OK, now 201 Created"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			r := call(t, peculiar(t, "", test.with...), nil, program, "run", "--against", file)
			g.Expect(r.output).NotTo(ContainSubstring("FAIL!"), "one voice: what became worse is told by the comparison")
			g.Expect(r.exit).To(Equal(test.exit), r.output)
			red := r.junit(t, "saymon").Failures > 0
			g.Expect(red).To(Equal(test.exit != 0), "JUnit is red where something became worse")
			diff := call(t, "", nil, program, "diff", file, r.reports.Path)
			g.Expect(diff.exit).To(Equal(test.exit), diff.output)
			for _, says := range test.says {
				g.Expect(r.output).To(ContainSubstring(says))
				g.Expect(diff.output).To(ContainSubstring(says))
			}
		})
	}
	down := strings.Replace(peculiar(t, ""), "http://127.0.0.1:", "http://127.0.0.1:1/", 1)
	r = call(t, down, nil, program, "run", "--against="+file)
	g.Expect(r.exit).To(Equal(1), r.output)
	g.Expect(r.output).To(And(ContainSubstring("newly unanswered     saymon-"), ContainSubstring("more\n")))
}

func TestAgainstUnderASelection(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	file := call(t, "", nil, program, "run").keep(t)
	r := call(t, "", nil, program, "run", "-q", "--against", file, "--focus", "sets the sid cookie for the path")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(And(ContainSubstring("saymon-embedded (saymon): unchanged"),
		Not(ContainSubstring("sdm-embedded"))))
	r = call(t, "", []string{"TARGET=sdm-embedded"}, program, "run", "-q", "--against", file)
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).NotTo(ContainSubstring("saymon-embedded"))
	diff := call(t, "", nil, program, "diff", file, r.reports.Path)
	g.Expect(diff.exit).To(Equal(1), diff.output)
	g.Expect(diff.output).To(ContainSubstring("saymon-embedded (saymon): WORSE in 1 of 1 changes\n  gone               " +
		"  the target"))
	r = call(t, "", nil, program, "run", "--against", file, "--focus", "no spec is called like this")
	g.Expect(r.exit).To(Equal(report.ExitNothing), r.output)
}

func TestAcceptKeepsTheTargetsThatAreNotSelected(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, "", nil, program, "run", "-q")
	file := r.keep(t)
	whole, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(call(t, "", []string{"TARGET=sdm-embedded"}, program, "accept", "-o", file, r.reports.Path).exit).To(Equal(0))
	g.Expect(os.ReadFile(file)).To(Equal(whole))
	r = call(t, "", []string{"TARGET=sdm-embedded"}, program, "run", "-q")
	kept := call(t, "", nil, program, "accept", "-o", file, r.reports.Path)
	g.Expect(kept.exit).To(Equal(0), kept.output)
	g.Expect(kept.output).To(ContainSubstring("saymon-embedded (saymon): no longer accepted"))
}

func TestAcceptAndDiffRefuse(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	folder := t.TempDir()
	file, broken := filepath.Join(folder, "accepted.json"), filepath.Join(folder, "broken.json")
	g.Expect(os.WriteFile(broken, []byte("{\n<<<<<<< HEAD"), 0o600)).To(Succeed())
	filtered := call(t, embeddedSAYMON, nil, program, "run", "-q", "--focus", "cookie")
	wrong := call(t, "targets: []\n", nil, program, "run")
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"accept"}, "needs the file to write"},
		{[]string{"accept", "-o", file, filtered.reports.Path}, `judged under a filter (--focus "cookie")`},
		{[]string{"accept", "-o", file, wrong.reports.Path}, "saymon was not judged: "},
		{[]string{"accept", "-o", file, folder}, "no results lie in"},
		{[]string{"accept", "-o", file, "a", "b"}, ": conformance "},
		{[]string{"diff"}, ": conformance "},
		{[]string{"diff", file}, "no such file"},
		{[]string{"diff", broken, filtered.reports.Path}, "line 2: the marks of a merge"},
		{[]string{"run", "--against"}, "needs an argument: --against"},
		{[]string{"run", "--against", broken}, "line 2: the marks of a merge"},
		{[]string{"judge"}, ": conformance "},
		{[]string{"judge", file}, "is no folder"},
		{[]string{"judge", folder}, "no HAR file lies in"},
		{[]string{"report", folder}, "no results lie in"},
	} {
		r := call(t, "", nil, program, test.args...)
		g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
		g.Expect(r.output).To(ContainSubstring(test.says))
	}
	g.Expect(file).NotTo(BeAnExistingFile())
	fine := call(t, embeddedSAYMON, nil, program, "run", "-q")
	r := call(t, "", nil, program, "accept", "-o", broken, fine.reports.Path)
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
	g.Expect(r.output).To(ContainSubstring("It is not overwritten"))
	r = call(t, "", []string{"TARGET=lba"}, program, "accept", "-o", file, fine.reports.Path)
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
}

func TestJudgeReachesTheVerdictsOfTheRun(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	live := call(t, peculiar(t, "", "cookie-path-node"), nil, program, "run")
	file := live.keep(t)
	r := call(t, "", []string{"TARGETS_FILE=/nowhere"}, program, "judge", live.reports.Path, "--against", file)
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(ContainSubstring("peculiar (saymon): unchanged"))
	g.Expect(live.reports.Evidence("peculiar")).To(BeAnExistingFile())
	r = call(t, "", []string{"TARGETS_FILE=/nowhere"}, program, "judge", filepath.Join(live.reports.Path, "evidence"),
		"-q", "--focus", "sets the sid cookie for the path")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	g.Expect(r.results(t, "saymon").Targets[0].Results).To(HaveLen(5))
}

func TestReportRefreshesWhatShowsTheResults(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, nil, program, "run", "-q")
	for _, name := range []string{"summary.md", "index.html"} {
		g.Expect(os.Remove(filepath.Join(r.reports.Path, name))).To(Succeed())
	}
	before, err := os.ReadFile(filepath.Join(r.reports.Path, "saymon.json"))
	g.Expect(err).NotTo(HaveOccurred())
	refreshed := call(t, "", nil, program, "report", r.reports.Path)
	g.Expect(refreshed.exit).To(Equal(0), refreshed.output)
	g.Expect(refreshed.output).To(ContainSubstring("lab.one (saymon): CONFORMANT"))
	g.Expect(r.reports.Missing("saymon")).To(BeEmpty())
	g.Expect(os.ReadFile(filepath.Join(r.reports.Path, "saymon.json"))).To(Equal(before))
}

func TestRunAppendsToTheStepSummaryOnce(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "step.md")
	r := call(t, "", []string{"GITHUB_STEP_SUMMARY=" + file}, program, "run", "-q")
	g.Expect(r.exit).To(Equal(0), r.output)
	text, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(strings.Count(string(text), "# Session conformance")).To(Equal(1))
	g.Expect(string(text)).To(And(ContainSubstring("saymon-embedded"), ContainSubstring("sessions-embedded")))
}

// Load checks results against their schema, and ReadAccepted does so with an accepted state.
func TestResultsOfRunsFitTheirSchema(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	down := "  - {name: down, api: saymon, url: 'http://127.0.0.1:1', timeout: 2s, user: {login: a, password: b}, " +
		"product: {name: P, version: '1'}" + waiver("saymon-cookie-path", "2020-01-31") + "}\n"
	for _, r := range []ran{
		call(t, "", nil, program, "run", "-q"),
		call(t, peculiar(t, "", "cookie-path-node")+down, nil, program, "run", "-q"),
		call(t, embeddedSAYMON, nil, program, "run", "-q", "--focus", "cookie"),
		call(t, "targets: []\n", nil, program, "run", "-q"),
	} {
		runs, err := r.reports.Load()
		g.Expect(err).NotTo(HaveOccurred(), r.output)
		g.Expect(runs).NotTo(BeEmpty())
	}
}

// The accepted state that a new one cannot take the place of stays: it may be nowhere else.
func TestAnAcceptedStateOutlivesAFullDisk(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, nil, program, "run", "-q")
	file := r.keep(t)
	before, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	full := call(t, "", nil, "bash", "-c", `ulimit -f 2 && exec "$@"`, "bash", program, "accept", "-o", file,
		r.reports.Path)
	g.Expect(full.exit).To(Equal(report.ExitWrongUse), full.output)
	g.Expect(os.ReadFile(file)).To(Equal(before))
	g.Expect(os.ReadDir(filepath.Dir(file))).To(HaveLen(1))
}
