//go:build e2e && unix

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// looked runs the program in a terminal to its end, and gives what is left on it and the exit.
func looked(t *testing.T, targets string, args ...string) (string, int) {
	t.Helper()
	g := NewWithT(t)
	cmd, _ := prepared(t, targets, []string{"PROGRESS="}, program, args...)
	terminal, err := pty.Start(cmd)
	g.Expect(err).NotTo(HaveOccurred())
	defer func() { _ = terminal.Close() }()
	shown := &screen{}
	copied := make(chan struct{})
	go func() { _, _ = io.Copy(shown, terminal); close(copied) }()
	_ = cmd.Wait()
	<-copied
	return strings.ReplaceAll(shown.String(), "\r\n", "\n"), cmd.ProcessState.ExitCode()
}

// A person at a terminal sees verdicts, what failed with its source, what to set and what to do, within a screen.
func TestARunInATerminalEndsWithAScreen(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	targets := peculiar(t, "", "cookie-path-node") +
		"  - {name: gone, api: sdm, url: \"http://127.0.0.1:1\", user: {login: a, password: \"never-this-one\"}}\n"
	said, exit := looked(t, targets, "run")
	g.Expect(exit).To(Equal(report.ExitNonConformant), said)
	g.Expect(said).To(ContainSubstring("peculiar (saymon): NON-CONFORMANT"))
	g.Expect(said).To(MatchRegexp(`fail  saymon-cookie-path \(shown; 001, .*\): The sid cookie is set for the path /`))
	g.Expect(said).To(MatchRegexp(`expected +Set-Cookie: sid=<session ID>; Path=/\n +got +Set-Cookie: .*Path=/node`))
	g.Expect(said).To(MatchRegexp(`more is judged with .*keycloak \(\d+`))
	g.Expect(said).To(ContainSubstring("gone (sdm): INCONCLUSIVE"))
	g.Expect(said).To(ContainSubstring("TARGET=gone conformance check --online"))
	g.Expect(said).To(ContainSubstring("conformance explain saymon-cookie-path"))
	g.Expect(said).NotTo(ContainSubstring("Summarizing"), "Ginkgo's own output")
	_, result, _ := strings.Cut(said, "peculiar (saymon)")
	g.Expect(strings.Count(result, "\n")).To(BeNumerically("<", 24), said)

	said, exit = looked(t, embeddedSAYMON, "run", "-v")
	g.Expect(exit).To(Equal(0), said)
	g.Expect(said).To(ContainSubstring("Ran "), "Ginkgo's own output")
}

// A log that is to be short has verdicts and failures: of each clause the text of one, with the lines that show it
// again.
func TestAQuietRunPrintsVerdictsAndFailures(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, peculiar(t, "", "cookie-path-node"), nil, program, "run", "-q")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	g.Expect(r.output).To(MatchRegexp(`(?s)^\npeculiar \(saymon\): NON-CONFORMANT.*\n  fail  saymon-cookie-path ` +
		`\(shown; .*\n +expected  Set-Cookie: .*\n +got  .*Path=/node.*\n +exchange  .*\n +try  .*\n +again  .*\n\nReports: `))
	g.Expect(strings.Count(r.output, "expected  ")).To(Equal(1), r.output)
	g.Expect(r.output).NotTo(MatchRegexp(`•|Summarizing|\[FAILED\]`), "Ginkgo's own output")
}

// Of many targets those that weigh most are shown.
func TestATerminalShowsOfManyTargetsThoseThatWeighMost(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	targets := "targets:\n"
	for i := range 9 {
		targets += fmt.Sprintf("  - {name: lab-%d, api: sdm, url: embedded}\n", i)
	}
	targets += "  - {name: zone, api: sdm, url: \"http://127.0.0.1:1\", user: {login: a, password: \"never-this-one\"}}\n"
	said, exit := looked(t, targets, "run")
	g.Expect(exit).To(Equal(report.ExitInconclusive), said)
	g.Expect(said).To(ContainSubstring("zone (sdm): INCONCLUSIVE"))
	g.Expect(said).To(ContainSubstring("These weigh most of 10 targets: 1 inconclusive, 9 conformant"))
	g.Expect(strings.Count(said, ": CONFORMANT")).To(Equal(5), said)
}

// What keeps a run from beginning is said there too.
func TestATerminalShowsWhatKeepsARunFromBeginning(t *testing.T) {
	g := NewWithT(t)
	said, exit := looked(t, "targets: [{name: a, api: sdm}]\n", "run")
	g.Expect(exit).To(Equal(report.ExitWrongUse), said)
	g.Expect(said).To(ContainSubstring("`url` is missing"))
	said, exit = looked(t, embeddedSAYMON, "run", "--focus", "no such spec")
	g.Expect(exit).To(Equal(report.ExitNothing), said)
	g.Expect(said).To(ContainSubstring("Nothing was judged"))
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "said-*"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(left).To(BeEmpty())
}
