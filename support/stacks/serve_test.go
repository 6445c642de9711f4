//go:build stacks

package stacks

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// root is the module's folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// conformance is the program, built once: each run of it judges the same suites.
func conformance(t *testing.T) string {
	t.Helper()
	built.Do(func() { command(t, root(t), nil, "go", "build", "-o", program(), "./support/cmd/conformance") })
	return program()
}

var built sync.Once

func program() string { return filepath.Join(work, "conformance") }

// command runs a program to its end and gives its output. The test fails where it does not start, hangs, or fails; but
// the suite's own exit is a verdict.
func command(t *testing.T, dir string, environment []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, append(os.Environ(), environment...), time.Second
	timer := time.AfterFunc(8*time.Minute, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	output, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() < 0 || err != nil && name != program() {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, output)
	}
	return string(output)
}

var address = regexp.MustCompile(`https?://127\.0\.0\.1:\d+`)

// serve starts the stack's server with a habit or mistake, until the test ends. It is told where it listens: the server
// chose.
func (s stack) serve(t *testing.T, dir, with, name string) served {
	t.Helper()
	users, err := json.Marshal([]map[string]string{account, second, third})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(s.start[0], s.start[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "WITH="+with, "USERS="+string(users))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaints strings.Builder
	cmd.Stderr = &complaints
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if at := address.FindString(lines.Text()); at != "" {
				found <- at
				break
			}
		}
		close(found)
		_, _ = io.Copy(io.Discard, out)
	}()
	if name == "" {
		name = "plain"
	}
	select {
	case at := <-found:
		if at == "" {
			t.Fatalf("%s with %q did not start:\n%s", s.folder, with, complaints.String())
		}
		return served{name: name, url: at, settings: s.settings()}
	case <-time.After(time.Minute):
		t.Fatalf("%s with %q did not start within a minute:\n%s", s.folder, with, complaints.String())
	}
	return served{}
}

// settings are what a target of the API needs beside its user.
func (s stack) settings() map[string]any {
	other := map[string]string{"login": second["login"], "password": second["password"]}
	switch s.api {
	case "saymon":
		other["id"] = second["id"]
		return map[string]any{"user": account, "other_user": other, "without": []string{"keycloak"}}
	case "sessions":
		return map[string]any{"other_user": other, "token": "token-of-the-user-1",
			"node": map[string]string{"login": "node-1", "password": "Node-Password-1"}}
	}
	return map[string]any{"other_user": other}
}
