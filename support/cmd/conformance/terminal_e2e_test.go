//go:build e2e && unix

package main

import (
	"bytes"
	"io"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// screen is what a terminal shows.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(text []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(text)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// inTerminal runs a command in a terminal until one of two targets is done, and ends it as a person would.
func inTerminal(t *testing.T, end func(terminal io.ReadWriteCloser), args ...string) (cmd *exec.Cmd, said string,
	reports report.Dir) {
	t.Helper()
	g := NewWithT(t)
	cmd, reports = prepared(t, embeddedSAYMON+peculiarSilent(t), []string{"PROGRESS=lines"}, args[0], args[1:]...)
	terminal, err := pty.Start(cmd)
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = terminal.Close(); _ = cmd.Process.Kill() })
	shown := &screen{}
	go func() { _, _ = io.Copy(shown, terminal) }()
	g.Eventually(shown.String, "120s", "20ms").Should(ContainSubstring("1 of 2 targets done"))
	end(terminal)
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	g.Eventually(done, "30s").Should(Receive(), "it ends: %s", shown)
	return cmd, shown.String(), reports
}

// One Ctrl-C in a terminal reaches `go tool`, which relays it, and the program: it is one all the same.
func TestCtrlCInATerminalIsOneInterrupt(t *testing.T) {
	t.Parallel()
	for range 4 {
		g := NewWithT(t)
		cmd, said, reports := inTerminal(t, func(terminal io.ReadWriteCloser) { _, _ = terminal.Write([]byte{3}) }, "go",
			"tool", "conformance", "run")
		g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitInconclusive), said)
		results, err := reports.Read("saymon")
		g.Expect(err).NotTo(HaveOccurred(), said)
		g.Expect(results.Targets[0].Verdict).To(Equal(report.Conformant), "it was gathered, so it is judged")
		g.Expect(strings.Count(said, "nterrupt")).To(BeNumerically("<=", 4), said) // ours, and why a target is inconclusive
		g.Expect(said).NotTo(ContainSubstring("goroutine"))
	}
}

// A terminal that is closed ends what was started in it, with its reports.
func TestAClosedTerminalEndsTheRun(t *testing.T) {
	t.Parallel()
	if signal.Ignored(syscall.SIGHUP) {
		t.Skip("SIGHUP is ignored here, as nohup has it, and so stays ignored")
	}
	g := NewWithT(t)
	_, said, reports := inTerminal(t, func(terminal io.ReadWriteCloser) { _ = terminal.Close() }, program, "run")
	g.Eventually(func() error { _, err := reports.Read("saymon"); return err }, "10s", "50ms").Should(Succeed(), said)
}

// Ctrl-\, by which some stop what does not listen to Ctrl-C, is as that: no stack is printed, and the reports stay.
func TestSIGQUITIsAsCtrlC(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, output, reports := running(t, program, "run")
	g.Expect(cmd.Process.Signal(syscall.SIGQUIT)).To(Succeed())
	_ = cmd.Wait()
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitInconclusive), string(output.Contents()))
	g.Expect(string(output.Contents())).NotTo(ContainSubstring("goroutine"))
	g.Expect(reports.Read("saymon")).NotTo(BeNil())
}

// SIGTERM, as CI systems and timeout send it, is as Ctrl-C.
func TestSIGTERMIsAsCtrlC(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, output, reports := running(t, "go", "tool", "conformance", "run")
	began := time.Now()
	g.Expect(cmd.Process.Signal(syscall.SIGTERM)).To(Succeed())
	_ = cmd.Wait()
	g.Expect(time.Since(began)).To(BeNumerically("<", 15*time.Second))
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitInconclusive), string(output.Contents()))
	g.Expect(reports.Read("saymon")).NotTo(BeNil())
}

// Arrow keys and pastes send control characters, which nobody sees: such a password is not sent.
func TestAPasswordTypedWithAnArrowKeyIsNotSent(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	cmd, _ := prepared(t, "", nil, program, "try", "--api", "sdm", "--url", "http://127.0.0.1:1", "--login", "qa")
	terminal, err := pty.Start(cmd)
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = terminal.Close(); _ = cmd.Process.Kill() })
	shown := &screen{}
	go func() { _, _ = io.Copy(shown, terminal) }()
	g.Eventually(shown.String, "30s", "20ms").Should(ContainSubstring("Password of qa: "))
	_, _ = terminal.Write([]byte("never-this-one\x1b[D\r"))
	_ = cmd.Wait()
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitWrongUse))
	g.Eventually(shown.String, "5s").Should(ContainSubstring("holds a control character"))
	g.Expect(shown.String()).NotTo(ContainSubstring("never-this-one"))
}
