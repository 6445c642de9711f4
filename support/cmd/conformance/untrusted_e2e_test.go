//go:build e2e && unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// readingMemory is what a command may take that only reads a file, in bytes.
const readingMemory = 600 << 20

// untrusted calls a command that must refuse a file: soon, in bounded memory, naming it.
func untrusted(t *testing.T, file string, environment []string, says string, args ...string) {
	t.Helper()
	g := NewWithT(t)
	cmd, _ := prepared(t, "", environment, program, args...)
	measured := forgetPeak() // on Linux alone
	began := time.Now()
	output, _ := cmd.CombinedOutput()
	text := string(output)
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitWrongUse), text)
	g.Expect(text).To(And(ContainSubstring(file), ContainSubstring(says)))
	g.Expect(text).NotTo(MatchRegexp("goroutine \\d|panic:|[\x00-\x08\x0b-\x1f\x7f]"))
	g.Expect(len(text)).To(BeNumerically("<", 20_000))
	g.Expect(time.Since(began)).To(BeNumerically("<", 90*time.Second)) // compiling is in it
	if measured {
		g.Expect(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10).To(BeNumerically("<", readingMemory))
	}
}

// forgetPeak makes the peak of this process's memory what it holds now, and says whether it could: a child's peak
// begins with its parent's.
func forgetPeak() bool {
	debug.FreeOSMemory()
	return os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil
}

// large makes a file of 1 GiB that takes no room on the disk.
func large(t *testing.T, path string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 1<<30); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUntrustedTargets(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, test := range map[string]struct{ text, says string }{
		"laughs.yaml": {laughs(), "targets"},
		"deep.yaml":   {"targets: " + strings.Repeat("[", 500_000), "nested deeper"},
		"flat.yaml":   {"targets:\n" + strings.Repeat("  - {}\n", 140_000), "targets"},
		"bytes.yaml":  {"targets: \xff\x1b[31m", "not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			NewWithT(t).Expect(os.WriteFile(path, []byte(test.text), 0o600)).To(Succeed())
			untrusted(t, path, []string{"TARGETS_FILE=" + path}, test.says, "check")
		})
	}
	t.Run("1 GiB", func(t *testing.T) {
		path := large(t, filepath.Join(folder, "large.yaml"))
		untrusted(t, path, []string{"TARGETS_FILE=" + path}, "larger than 1 MiB", "check")
	})
}

// laughs is a YAML file whose aliases stand for a thousand million texts.
func laughs() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n")
	for i := 1; i < 10; i++ {
		nine := strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9)
		fmt.Fprintf(&b, "a%d: &a%d [%s*a%d]\n", i, i, nine, i-1)
	}
	return b.String() + "targets: *a9\n"
}

func TestUntrustedEvidence(t *testing.T) {
	t.Parallel()
	har := func(name string) string {
		text, _ := json.Marshal(map[string]any{"log": map[string]any{"version": "1.2",
			"creator": map[string]any{"name": "session-conformance"},
			"_target": map[string]any{"name": name, "api": "saymon"}}})
		return string(text)
	}
	for name, test := range map[string]struct{ text, says string }{
		"nothing":    {"", "it ends too early, so it was not copied whole. Judge the file as the suite wrote it"},
		"deep":       {`{"log":` + strings.Repeat("[", 2_000_000), "not a HAR file of ours"},
		"climbs":     {har("../../../../tmp/owned"), "its target has the name"},
		"escapes":    {har("\x1b[31mred"), "its target has the name"},
		"of another": {`{"log":{"creator":{"name":"\u001b[31mother"}}}`, "log.creator.name"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "x.har")
			NewWithT(t).Expect(os.WriteFile(path, []byte(test.text), 0o600)).To(Succeed())
			untrusted(t, path, nil, test.says, "judge", folder)
		})
	}
	t.Run("1 GiB", func(t *testing.T) {
		folder := t.TempDir()
		untrusted(t, large(t, filepath.Join(folder, "x.har")), nil, "longer than 64 MiB", "judge", folder)
	})
	t.Run("a pipe", func(t *testing.T) {
		folder := t.TempDir()
		NewWithT(t).Expect(syscall.Mkfifo(filepath.Join(folder, "x.har"), 0o600)).To(Succeed())
		untrusted(t, filepath.Join(folder, "x.har"), nil, "a pipe or a device", "judge", folder)
	})
	t.Run("a link to a device", func(t *testing.T) {
		folder := t.TempDir()
		NewWithT(t).Expect(os.Symlink("/dev/zero", filepath.Join(folder, "x.har"))).To(Succeed())
		untrusted(t, filepath.Join(folder, "x.har"), nil, "a pipe or a device", "judge", folder)
	})
}

func TestUntrustedAcceptedStates(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	deep := filepath.Join(folder, "deep.json")
	NewWithT(t).Expect(os.WriteFile(deep, []byte(strings.Repeat(`{"format":`, 500_000)), 0o600)).To(Succeed())
	untrusted(t, deep, nil, "not an accepted state", "run", "--against", deep)
	path := large(t, filepath.Join(folder, "large.json"))
	untrusted(t, path, nil, "longer than 16 MiB", "run", "--against", path)
}
