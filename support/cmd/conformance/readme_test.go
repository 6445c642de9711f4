//go:build e2e && unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
)

var shell = regexp.MustCompile("(?s)```sh\n(.*?)```")

// Whatever the documentation shows for a shell is run as it stands, line by line with one folder for the reports: a
// line may use what an earlier one wrote.
func TestWhatTheDocumentationShows(t *testing.T) {
	t.Parallel()
	guides, err := filepath.Glob("../../docs/*.md")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for _, document := range append([]string{"../../../README.md", "../../../CONTRIBUTING.md"}, guides...) {
		text, err := os.ReadFile(document)
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		folders := []string{"KEYS=" + t.TempDir(), "REPORTS_DIR=" + filepath.Join(t.TempDir(), "reports")}
		for _, block := range shell.FindAllStringSubmatch(string(text), -1) {
			for line := range strings.Lines(block[1]) {
				line = strings.TrimSpace(line)
				t.Run(line, func(t *testing.T) { show(t, line, folders) })
			}
		}
	}
}

func show(t *testing.T, line string, folders []string) {
	g := NewWithT(t)
	switch {
	case line == "make test", line == "make quick", line == "make prove", line == "make bench", line == "make dist":
		// This test is part of the first, which runs the second; the others take minutes.
		output, err := exec.Command("make", "-C", "../../..", "-n", strings.Fields(line)[1]).CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), string(output))
	case line == "make serve", strings.Contains(line, " serve ") && !strings.Contains(line, "--list"):
		anywhere := line + " --port=0" // somebody may serve here already
		if line == "make serve" {
			anywhere = "make serve SERVE=--port=0"
		}
		cmd, _ := prepared(t, "", folders, "bash", "-c", anywhere)
		output := gbytes.NewBuffer()
		cmd.Stdout, cmd.Stderr = output, output
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		g.Expect(cmd.Start()).To(Succeed())
		g.Eventually(output, "60s", "50ms").Should(gbytes.Say("Ctrl-C ends them"))
		g.Expect(syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)).To(Succeed())
		done := make(chan error)
		go func() { done <- cmd.Wait() }()
		g.Eventually(done, 10*time.Second).Should(Receive())
	default:
		r := call(t, "", folders, "bash", "-c", line)
		g.Expect(r.exit).To(Equal(0), r.output)
	}
}
