//go:build e2e && unix

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
)

// A container that is paused, or a laptop that sleeps, is not the target's silence: answers that came meanwhile are
// read.
func TestAPauseOfThisMachineIsNotTheTargetsSilence(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	c := saymon.Default()
	reference, err := saymon.New(c)
	g.Expect(err).NotTo(HaveOccurred())
	var asked atomic.Int32
	midst := make(chan bool, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 100 {
			midst <- true
		}
		time.Sleep(20 * time.Millisecond)
		reference.ServeHTTP(w, r)
	}))
	defer s.Close()
	cmd, reports := prepared(t, fmt.Sprintf("targets:\n  - {name: lab, api: saymon, url: %q, "+
		"user: {login: %s, password: %q}, timeout: 1s, wrong_password_pause: 0s, session_idle: 10ms}\n", s.URL,
		c.User.Login, c.User.Password), nil, program, "suite", "saymon")
	_, err = cmd.StdinPipe() // its end would end the suite
	g.Expect(err).NotTo(HaveOccurred())
	var output strings.Builder
	cmd.Stdout, cmd.Stderr = &output, &output
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	g.Expect(cmd.Start()).To(Succeed())
	defer func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }()
	g.Eventually(midst, "60s").Should(Receive())
	g.Expect(syscall.Kill(-cmd.Process.Pid, syscall.SIGSTOP)).To(Succeed())
	time.Sleep(1500 * time.Millisecond)
	g.Expect(syscall.Kill(-cmd.Process.Pid, syscall.SIGCONT)).To(Succeed())
	_ = cmd.Wait()
	for _, r := range (ran{output.String(), 0, reports}).results(t, "saymon").Targets[0].Results {
		g.Expect(r.Message).NotTo(ContainSubstring("no answer"), r.Spec)
	}
	g.Expect(cmd.ProcessState.ExitCode()).To(BeZero(), output.String())
}
