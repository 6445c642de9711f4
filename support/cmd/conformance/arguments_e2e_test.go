//go:build e2e && unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
)

// Whoever lists the processes of the machine sees no secret while a run is under way.
func TestNoSecretStandsInTheListOfProcesses(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	const secret = "hunter2-in-no-process-list"
	targets := "targets:\n" + strings.Replace(peculiarSilent(t), "password: b", `password: "${SILENT_PASSWORD}"`, 1)
	cmd, _ := prepared(t, targets, []string{"SILENT_PASSWORD=" + secret}, program, "run")
	output := gbytes.NewBuffer()
	cmd.Stdout, cmd.Stderr = output, output
	g.Expect(cmd.Start()).To(Succeed())
	g.Eventually(output, "120s", "100ms").Should(gbytes.Say("0 of 1 targets done"))
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	g.Expect(lines).NotTo(BeEmpty())
	ours := 0
	for _, line := range lines {
		text, _ := os.ReadFile(line) // a process may have ended
		g.Expect(string(text)).NotTo(ContainSubstring(secret))
		if strings.Contains(string(text), "suite\x00saymon") {
			ours++
		}
	}
	g.Expect(ours).To(BeNumerically(">", 0), "the suite was seen")
	g.Expect(cmd.Process.Signal(syscall.SIGINT)).To(Succeed())
	_, exited := cmd.Wait().(*exec.ExitError)
	g.Expect(exited).To(BeTrue())
	g.Expect(string(output.Contents())).NotTo(ContainSubstring(secret))
}
