//go:build e2e && unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// A part, and what others gathered, do not take the place of a run's own reports; and nothing green is left of another
// question.
func TestFilteredAndJudgedReportsLieApart(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	folder := filepath.Join(t.TempDir(), "My Job [1] пульт")
	g.Expect(os.Mkdir(folder, 0o700)).To(Succeed())
	output, exit := inFolder(t, folder, "run", "-q")
	g.Expect(exit).To(Equal(report.ExitWrongUse), output)
	g.Expect(output).To(And(ContainSubstring("no targets.yaml found"), ContainSubstring("run --embedded")))
	output, exit = inFolder(t, folder, "run", "--embedded", "-q")
	g.Expect(exit).To(Equal(0), output)
	whole := report.Dir{Path: filepath.Join(folder, "reports")}
	own, err := whole.Read("sdm")
	g.Expect(err).NotTo(HaveOccurred())
	output, exit = inFolder(t, folder, "run", "--embedded", "--focus", "cookie")
	g.Expect(exit).To(Equal(0), output)
	filtered := report.Dir{Path: filepath.Join(folder, "reports", "filtered")}
	part, err := filtered.Read("sdm")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(part.Filter).To(Equal(`--focus "cookie"`))
	_, exit = inFolder(t, folder, "run", "--embedded", "--focus", "nosuchthing")
	g.Expect(exit).To(Equal(report.ExitNothing))
	g.Expect(filtered.All()).To(BeEmpty())
	output, exit = inFolder(t, folder, "judge", "reports")
	g.Expect(exit).To(Equal(0), output)
	g.Expect(report.Dir{Path: filepath.Join(folder, "reports", "judged")}.All()).To(HaveLen(3))
	g.Expect(whole.Read("sdm")).To(Equal(own), "nobody touched it")
}

// A bare ginkgo does the same.
func TestGinkgoLeavesNothingGreenOfAnotherQuestion(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	reports := "REPORTS_DIR=" + t.TempDir()
	g.Expect(call(t, "", []string{reports}, "go", "tool", "ginkgo", "suites/sdm").exit).To(Equal(0))
	folder := report.Dir{Path: strings.TrimPrefix(reports, "REPORTS_DIR=")}
	g.Expect(folder.All()).To(HaveLen(1))
	g.Expect(call(t, "", []string{reports}, "go", "tool", "ginkgo", "--focus", "nosuchthing", "suites/sdm").exit).
		To(Equal(0))
	g.Expect(folder.All()).To(BeEmpty())
}

func TestASecondRunInOneFolderSaysWhoHoldsIt(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	first, output, reports := running(t, program, "run")
	for _, command := range [][]string{{program, "run", "--embedded"}, {"go", "tool", "ginkgo", "suites/saymon"}} {
		second := call(t, "", []string{"REPORTS_DIR=" + reports.Path}, command[0], command[1:]...)
		g.Expect(second.exit).NotTo(Equal(0), second.output)
		g.Expect(second.output).To(And(ContainSubstring("is in use: process "), ContainSubstring("REPORTS_DIR")))
	}
	g.Expect(first.Process.Signal(syscall.SIGINT)).To(Succeed())
	_ = first.Wait()
	results, err := reports.Read("saymon")
	g.Expect(err).NotTo(HaveOccurred(), string(output.Contents()))
	g.Expect(results.Targets[0].Name).To(Equal("lab.one"), "its own")
}

// go test runs the suites side by side: while one writes what shows the results of all, no other removes or writes it.
func TestSuitesSideBySideShareTheirPages(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, reports := prepared(t, embeddedSAYMON, nil, program, "suite", "saymon")
	orders, err := cmd.StdinPipe()
	g.Expect(err).NotTo(HaveOccurred())
	defer func() { _ = orders.Close() }()
	release, err := reports.Hold("pages", time.Second)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.WriteFile(filepath.Join(reports.Path, "index.html"), []byte("of another suite"), 0o600)).To(Succeed())
	g.Expect(cmd.Start()).To(Succeed())
	page := func() string { text, _ := os.ReadFile(filepath.Join(reports.Path, "index.html")); return string(text) }
	g.Consistently(page, "2s", "50ms").Should(Equal("of another suite"))
	release()
	g.Expect(cmd.Wait()).To(Succeed())
	g.Expect(page()).To(ContainSubstring("lab.one"))
}

// go test remembers a pass where nothing changed that it sees; whether a server is still right it does not see.
func TestGoTestIsNeverCached(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	reports := "REPORTS_DIR=" + t.TempDir()
	for range 3 {
		r := call(t, "", []string{reports}, "go", "test", "./suites/sdm")
		g.Expect(r.exit).To(Equal(0), r.output)
		g.Expect(r.output).NotTo(ContainSubstring("(cached)"))
	}
}

// Where a report cannot be written, the exit and the last line say so, and nothing green stays.
func TestAFullDiskIsSaid(t *testing.T) {
	t.Parallel()
	for _, room := range []string{"size=20k", "size=48k", "size=150k", "size=200k", "size=800k", "size=1600k",
		"size=2500k",
		"size=9m,nr_inodes=30"} {
		t.Run(room, func(t *testing.T) {
			disk := t.TempDir()
			if err := exec.Command("mount", "-t", "tmpfs", "-o", room, "tmpfs", disk).Run(); err != nil {
				t.Skipf("no small disk can be mounted here: %v", err)
			}
			defer func() { _ = exec.Command("umount", disk).Run() }()
			g := NewWithT(t)
			r := call(t, "", []string{"REPORTS_DIR=" + filepath.Join(disk, "reports")}, program, "run", "--embedded", "-q")
			g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
			lines := strings.Split(strings.TrimSpace(r.output), "\n")
			g.Expect(lines[len(lines)-1]).To(MatchRegexp(`reports/[\w/.-]+ cannot be written: .*no space left`))
			red := 0
			for _, api := range target.APIs() {
				text, err := os.ReadFile(filepath.Join(disk, "reports", "TEST-"+api+".xml"))
				if err != nil || !strings.Contains(string(text), `failures="0"`) {
					red++
					pages, _ := filepath.Glob(filepath.Join(disk, "reports", "*", api+"-embedded.html"))
					g.Expect(pages).To(BeEmpty(), "no page of a target stays")
				}
			}
			g.Expect(red).To(BeNumerically(">", 0), "what could not be written looks green")
		})
	}
}

// A disk that is full when a run comes back leaves nothing of the green run before.
func TestADiskThatFillsUpLeavesNothingGreen(t *testing.T) {
	t.Parallel()
	disk := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", disk).Run(); err != nil {
		t.Skipf("no small disk can be mounted here: %v", err)
	}
	defer func() { _ = exec.Command("umount", disk).Run() }()
	g := NewWithT(t)
	reports := "REPORTS_DIR=" + filepath.Join(disk, "reports")
	g.Expect(call(t, "", []string{reports}, program, "run", "--embedded", "-q").exit).To(Equal(0))
	_ = os.WriteFile(filepath.Join(disk, "filled"), make([]byte, 9<<20), 0o600)
	before := time.Now().Truncate(time.Second)
	r := call(t, "", []string{reports}, program, "run", "--embedded", "-q")
	if r.exit == 0 {
		return // what was cleared made room enough
	}
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
	for _, results := range (report.Dir{Path: filepath.Join(disk, "reports")}).All() {
		g.Expect(results.Started).To(BeTemporally(">=", before), results.API)
	}
}

// One file that cannot be removed keeps nothing else of the green run before.
func TestWhatCannotBeRemovedLeavesNothingElseGreen(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	reports := report.Dir{Path: t.TempDir()}
	again := func() ran {
		return call(t, "", []string{"REPORTS_DIR=" + reports.Path}, program, "run", "--embedded", "-q")
	}
	g.Expect(again().exit).To(Equal(0))
	page := filepath.Join(reports.Path, "targets", "saymon-embedded.html")
	g.Expect(os.Remove(page)).To(Succeed())
	g.Expect(os.MkdirAll(filepath.Join(page, "a folder with something in it"), 0o700)).To(Succeed())
	r := again()
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
	g.Expect(r.output).To(ContainSubstring("saymon-embedded.html"))
	g.Expect(reports.All()).To(BeEmpty())
	g.Expect(filepath.Glob(filepath.Join(reports.Path, "TEST-*.xml"))).To(BeEmpty())
}

// A folder's name may come from a branch or a job: no terminal and no agent obeys it.
func TestAFolderOfAnyNameIsPrintedAsText(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	named := filepath.Join(t.TempDir(), "a\n::error::b\x1b[31m##vso[task.complete]")
	r := call(t, embeddedSAYMON, []string{"REPORTS_DIR=" + named}, program, "run", "-q")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(And(ContainSubstring(`a :\x3aerror::b\x1b[31m##vso\x5btask.complete]`),
		Not(ContainSubstring("\x1b"))))
}

// Whoever reads what is printed may go: the reports are written, and the exit is the verdict's.
func TestABrokenPipeChangesNothing(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, nil, "bash", "-c", program+" run | head -c 1; exit ${PIPESTATUS[0]}")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.results(t, "saymon").Targets).To(HaveLen(1))
}
