//go:build e2e && unix

package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"

	"session-conformance/support/report"
	suites "session-conformance/support/suite"
)

// running is a run against a target that answers and one that is silent, when the first is done.
func running(t *testing.T, args ...string) (*exec.Cmd, *gbytes.Buffer, report.Dir) {
	t.Helper()
	g := NewWithT(t)
	cmd, reports := prepared(t, embeddedSAYMON+peculiarSilent(t), nil, args[0], args[1:]...)
	t.Cleanup(ginkgoAlone(cmd))
	output := gbytes.NewBuffer()
	cmd.Stdout, cmd.Stderr = output, output
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as a terminal's Ctrl-C does, the whole group is interrupted
	g.Expect(cmd.Start()).To(Succeed())
	t.Cleanup(func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	g.Eventually(output, "120s", "100ms").Should(gbytes.Say("1 of 2 targets done"))
	return cmd, output, reports
}

func TestRunThatIsInterruptedJudgesWhatWasGathered(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, output, reports := running(t, program, "run")
	g.Expect(syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)).To(Succeed())
	began := time.Now()
	_ = cmd.Wait()
	g.Expect(time.Since(began)).To(BeNumerically("<", 60*time.Second), string(output.Contents()))
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitInconclusive), string(output.Contents()))
	results, err := reports.Read("saymon")
	g.Expect(err).NotTo(HaveOccurred(), string(output.Contents()))
	g.Expect(results.Targets).To(HaveLen(2))
	g.Expect(results.Targets[0].Verdict).To(Equal(report.Conformant), "it was gathered, so it is judged")
	g.Expect(results.Targets[1].Verdict).To(Equal(report.Inconclusive))
	g.Expect(results.Targets[1].Stopped).To(ContainSubstring("the run was interrupted"))
	for _, name := range []string{"TEST-saymon.xml", "summary.md", "index.html", "evidence/lab.one.har",
		"evidence/silent.har"} {
		g.Expect(filepath.Join(reports.Path, name)).To(BeAnExistingFile())
	}
	g.Expect(lastWords(output)).To(HaveExactElements(
		HavePrefix("Interrupted: what was gathered until now is judged."),
		Equal("silent INCONCLUSIVE, lab.one CONFORMANT"), Equal("Reports: "+reports.Path)))
}

// lastWords are the lines from the interrupt on, without those that Go and the ginkgo program print after a red suite.
func lastWords(output *gbytes.Buffer) (lines []string) {
	_, said, _ := strings.Cut(string(output.Contents()), "\nInterrupted")
	for line := range strings.SplitSeq("Interrupted"+said, "\n") {
		if strings.HasPrefix(line, "--- FAIL: ") || line == "FAIL" {
			break
		}
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// A bare ginkgo and Go's own tool end as the command does, whoever sends which signal.
func TestGinkgoThatIsInterruptedJudgesWhatWasGathered(t *testing.T) {
	t.Parallel()
	for _, end := range []struct {
		signal syscall.Signal
		cmd    []string
		lines  int // at most, and none at all where Go's tool keeps them to itself
	}{
		{syscall.SIGINT, []string{"go", "tool", "ginkgo", "suites/saymon"}, 3},
		{syscall.SIGTERM, []string{"go", "tool", "ginkgo", "-v", "suites/saymon"}, 3},
		{syscall.SIGTERM, []string{"go", "test", "-v", "./suites/saymon"}, 3},
		{syscall.SIGINT, []string{"go", "tool", "ginkgo", "-p", "suites/saymon"}, -1}, // Ginkgo's own processes print
	} {
		t.Run(fmt.Sprint(end.signal, end.cmd), func(t *testing.T) {
			g := NewWithT(t)
			cmd, output, reports := running(t, end.cmd...)
			g.Expect(syscall.Kill(-cmd.Process.Pid, end.signal)).To(Succeed())
			_ = cmd.Wait()
			g.Expect(cmd.ProcessState.Success()).To(BeFalse())
			g.Eventually(func() error { _, err := reports.Read("saymon"); return err }, "10s", "50ms").
				Should(Succeed(), string(output.Contents())) // Go's tool does not wait for what SIGTERM ends
			results, err := reports.Read("saymon")
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(results.Targets).To(HaveLen(2))
			g.Expect(results.Targets[0].Verdict).To(Equal(report.Conformant), "it was gathered, so it is judged")
			g.Expect(string(output.Contents())).NotTo(ContainSubstring("goroutine"))
			if end.lines > 0 {
				g.Expect(len(lastWords(output))).To(BeNumerically("<=", end.lines), string(output.Contents()))
			}
		})
	}
}

// An API of which nothing was asked yet is not left out: it stands in the reports, and the run is not green.
func TestRunThatIsInterruptedInItsFirstAPINamesTheOthers(t *testing.T) {
	t.Parallel()
	for _, wait := range []time.Duration{0, 100 * time.Millisecond, 200 * time.Millisecond} {
		g := NewWithT(t)
		cmd, reports := prepared(t, embeddedSAYMON+"  - {name: later, api: sdm, url: embedded}\n", nil, program, "run")
		output := gbytes.NewBuffer()
		cmd.Stdout, cmd.Stderr = output, output
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		g.Expect(cmd.Start()).To(Succeed())
		g.Eventually(output, "60s", "1ms").Should(gbytes.Say("SAYMON"))
		time.Sleep(wait)
		g.Expect(syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)).To(Succeed())
		_ = cmd.Wait()
		later, err := reports.Read("sdm")
		g.Expect(err).NotTo(HaveOccurred(), string(output.Contents()))
		exit := report.ExitInconclusive
		if later.Targets[0].Verdict == report.Conformant { // all was judged by then
			exit = 0
		}
		g.Expect(cmd.ProcessState.ExitCode()).To(Equal(exit), string(output.Contents()))
	}
}

// `go tool` relays a signal that the terminal has sent already.
func TestTwoSignalsAtOnceAreOneInterrupt(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, output, reports := running(t, program, "run")
	for range 3 {
		g.Expect(syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)).To(Succeed())
	}
	_ = cmd.Wait()
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitInconclusive), string(output.Contents()))
	g.Expect(reports.Read("saymon")).NotTo(BeNil())
}

// suiteOf is the process of the suite that a run has started.
func suiteOf(t *testing.T, run *exec.Cmd) (pid int) {
	t.Helper()
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", run.Process.Pid))
	for _, list := range lists {
		children, _ := os.ReadFile(list) // a thread may have ended
		_, _ = fmt.Sscan(string(children), &pid)
	}
	NewWithT(t).Expect(pid).NotTo(BeZero())
	return pid
}

// A suite that is killed leaves a failing report, and none of an earlier run.
func TestAKilledSuiteLeavesAFailingReport(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, output, reports := running(t, program, "run")
	g.Expect(syscall.Kill(suiteOf(t, cmd), syscall.SIGKILL)).To(Succeed())
	_ = cmd.Wait()
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitWrongUse), string(output.Contents()))
	results, err := reports.Read("saymon")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(results.Problems).To(
		ConsistOf(ContainSubstring("the suite of saymon ended without results, with signal: killed")))
	text, err := os.ReadFile(filepath.Join(reports.Path, "TEST-saymon.xml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(ContainSubstring(`failures="1"`))
}

func TestASecondInterruptEndsARunAtOnce(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, output, _ := running(t, program, "run")
	suite := suiteOf(t, cmd)
	g.Expect(syscall.Kill(suite, syscall.SIGSTOP)).To(Succeed(), "it does not end by itself")
	g.Expect(cmd.Process.Signal(syscall.SIGINT)).To(Succeed())
	g.Eventually(output, "60s", "1ms").Should(gbytes.Say("what was gathered until now is judged"))
	time.Sleep(1200 * time.Millisecond) // what comes within a second is the same wish
	began := time.Now()
	g.Expect(cmd.Process.Signal(syscall.SIGINT)).To(Succeed())
	_ = cmd.Wait()
	g.Expect(time.Since(began)).To(BeNumerically("<", 5*time.Second))
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(suites.ExitInterrupted), string(output.Contents()))
}

// Whoever starts a run and is killed leaves no suite that goes on asking.
func TestASuiteEndsWithTheProgramThatStartedIt(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, output, reports := running(t, program, "run")
	g.Expect(cmd.Process.Kill()).To(Succeed())
	_ = cmd.Wait()
	g.Eventually(func() bool { _, err := reports.Read("saymon"); return err == nil }, "20s", "50ms").
		Should(BeTrue(), string(output.Contents()))
}

// Whenever a run is interrupted, no file is half written.
func TestAnInterruptAtAnyMomentLeavesWholeFiles(t *testing.T) {
	t.Parallel()
	for _, wait := range []time.Duration{0, 300 * time.Millisecond, time.Second, 1700 * time.Millisecond,
		2500 * time.Millisecond, 4 * time.Second} {
		t.Run(wait.String(), func(t *testing.T) {
			g := NewWithT(t)
			cmd, reports := prepared(t, "", nil, program, "run")
			g.Expect(cmd.Start()).To(Succeed())
			time.Sleep(wait)
			g.Expect(cmd.Process.Signal(os.Interrupt)).To(Succeed())
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			g.Eventually(ended, "120s").Should(Receive())
			if cmd.ProcessState.ExitCode() == -1 { // ended by the signal: it had not begun
				g.Expect(filepath.Join(reports.Path, "evidence")).NotTo(BeADirectory())
			}
			if cmd.ProcessState.ExitCode() == suites.ExitInterrupted {
				g.Expect(reports.All()).To(BeEmpty())
			}
			eachFile(t, reports.Path, func(path string, text []byte) {
				switch filepath.Ext(path) {
				case ".json", ".har":
					g.Expect(json.Valid(text)).To(BeTrue(), path)
				case ".xml":
					g.Expect(xml.Unmarshal(text, &junit{})).To(Succeed(), path)
				case ".html":
					g.Expect(strings.TrimSpace(string(text))).To(HaveSuffix("</html>"), path)
				}
			})
		})
	}
}
