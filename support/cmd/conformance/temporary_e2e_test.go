//go:build e2e && unix

package main

import (
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"

	"session-conformance/support/suite"
)

// Targets that came by standard input hold secrets: the file that the suites read them from goes with the program,
// whenever it is interrupted.
func TestNoFileOfTargetsOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	listening, err := net.Listen("tcp", "127.0.0.1:0") // it listens, and nobody accepts
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listening.Close() })
	line := `{"name": "a", "api": "sdm", "url": "http://` + listening.Addr().String() + `", "timeout": "5m", ` +
		`"user": {"login": "x", "password": "hunter2hunter2"}}`
	for name, args := range map[string][]string{
		"while it waits for a target":    {"run", "--targets", "-", "--wait", "60s"},
		"while a target is asked, twice": {"run", "--targets", "-"},
		"killed":                         {"run", "--targets", "-"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, temporaries, output := NewWithT(t), t.TempDir(), gbytes.NewBuffer()
			cmd, _ := prepared(t, "", []string{"TMPDIR=" + temporaries, "TARGETS_FILE="}, program, args...)
			cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(line), output, output
			g.Expect(cmd.Start()).To(Succeed())
			t.Cleanup(func() { _ = cmd.Process.Kill() })
			if name == "killed" {
				g.Eventually(output, "60s").Should(gbytes.Say("0 of 1 targets done"))
				g.Expect(cmd.Process.Kill()).To(Succeed())
				_ = cmd.Wait()
				g.Eventually(func() ([]os.DirEntry, error) { return os.ReadDir(temporaries) }, "60s").Should(BeEmpty())
				return
			}
			if strings.Contains(name, "twice") {
				g.Eventually(output, "60s").Should(gbytes.Say("0 of 1 targets done"))
				g.Expect(cmd.Process.Signal(syscall.SIGINT)).To(Succeed())
				g.Eventually(output, "60s").Should(gbytes.Say("Once more ends it at once"))
			}
			g.Eventually(func() ([]os.DirEntry, error) { return os.ReadDir(temporaries) }, "60s").ShouldNot(BeEmpty())
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			g.Eventually(func() chan error { // until it is another wish, not the first one heard twice
				_ = cmd.Process.Signal(syscall.SIGINT)
				return ended
			}, "60s", "300ms").Should(Receive())
			g.Expect(cmd.ProcessState.ExitCode()).To(Equal(suite.ExitInterrupted), string(output.Contents()))
			g.Expect(os.ReadDir(temporaries)).To(BeEmpty())
		})
	}
}
