//go:build e2e

// These tests run the built commands as a user would, for what users and their CI rely on.
package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"session-conformance/support/reference/saymon"
	"session-conformance/support/report"
)

// program is the built command.
var program string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "e2e-")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(folder, "conformance")
	if output, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		panic(string(output))
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// ran is what came of a command.
type ran struct {
	output  string
	exit    int
	reports report.Dir
}

// call runs a command with targets.yaml as given (empty: the default one) and a folder of its own for reports.
func call(t *testing.T, targets string, environment []string, name string, args ...string) ran {
	t.Helper()
	cmd, reports := prepared(t, targets, environment, name, args...)
	defer ginkgoAlone(cmd)()
	output, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return ran{string(output), cmd.ProcessState.ExitCode(), reports}
}

var ginkgos sync.Mutex

// ginkgoAlone waits until no other test runs ginkgo, and gives what lets the next one: two of them write the program of
// a suite to one place, and each removes it at its end.
func ginkgoAlone(cmd *exec.Cmd) (done func()) {
	if !strings.Contains(strings.Join(cmd.Args, " "), "ginkgo") {
		return func() {}
	}
	ginkgos.Lock()
	return ginkgos.Unlock
}

func prepared(t *testing.T, targets string, environment []string, name string, args ...string) (*exec.Cmd, report.Dir) {
	t.Helper()
	folder := t.TempDir()
	cmd := exec.Command(name, args...)
	cmd.Dir, _ = filepath.Abs("../../..")
	cmd.Env = append(os.Environ(), "REPORTS_DIR="+filepath.Join(folder, "reports"), "TARGET=", "EVIDENCE=",
		"GITHUB_STEP_SUMMARY=", "CI=true")
	if targets != "" {
		file := filepath.Join(folder, "targets.yaml")
		if err := os.WriteFile(file, []byte(targets), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd.Env = append(cmd.Env, "TARGETS_FILE="+file)
	}
	cmd.Env = append(cmd.Env, environment...)
	return cmd, report.Dir{Path: filepath.Join(folder, "reports")}
}

const embeddedSAYMON = "targets:\n  - {name: lab.one, api: saymon, url: embedded}\n"

// peculiar serves a SAYMON with a peculiarity and gives a targets.yaml for it. It counts no wrong passwords, so that no
// run waits between two of them.
func peculiar(t *testing.T, extra string, with ...string) string {
	t.Helper()
	c := saymon.Default()
	c.With = with
	server, err := saymon.New(c)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	password, _ := json.Marshal(c.User.Password)
	return fmt.Sprintf("targets:\n  - {name: peculiar, api: saymon, url: %q, user: {login: %s, email: %s, id: %s, "+
		"password: %s}, wrong_password_pause: 0s, session_idle: 10ms%s}\n",
		s.URL, c.User.Login, c.User.Email, c.User.ID, password, extra)
}

// eachFile hands on every file of a folder, which need not be there, and gives their number.
func eachFile(t *testing.T, folder string, look func(path string, text []byte)) (files int) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) || err == nil && entry.IsDir() {
			return nil
		}
		if err != nil {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		look(path, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// junit is what a reader of JUnit sees.
type junit struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Skipped  int `xml:"skipped,attr"`
	Suites   []struct {
		Name  string `xml:"name,attr"`
		Cases []struct {
			Name    string `xml:"name,attr"`
			Class   string `xml:"classname,attr"`
			Failure *struct {
				Text string `xml:",chardata"`
			} `xml:"failure"`
			Skipped *struct {
				Message string `xml:"message,attr"`
			} `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func (r ran) junit(t *testing.T, api string) junit {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.reports.Path, "TEST-"+api+".xml"))
	if err != nil {
		t.Fatal(err)
	}
	var j junit
	if err := xml.Unmarshal(text, &j); err != nil {
		t.Fatal(err)
	}
	return j
}

func (r ran) results(t *testing.T, api string) *report.Results {
	t.Helper()
	results, err := r.reports.Read(api)
	if err != nil {
		t.Fatalf("%v\n%s", err, r.output)
	}
	return results
}

// without removes a variable, so that a default holds.
func without(environment []string, name string) []string {
	var kept []string
	for _, pair := range environment {
		if !strings.HasPrefix(pair, name+"=") {
			kept = append(kept, pair)
		}
	}
	return kept
}

// inFolder runs the program in a folder outside of the sources, with default folders for reports, as on a machine
// without Go.
func inFolder(t *testing.T, folder string, args ...string) (output string, exit int) {
	t.Helper()
	cmd, _ := prepared(t, "", nil, program, args...)
	cmd.Dir, cmd.Env = folder, append(without(cmd.Env, "REPORTS_DIR"), "PATH=/nowhere", "GOROOT=/nowhere", "HOME=/nowhere")
	text, _ := cmd.CombinedOutput()
	return string(text), cmd.ProcessState.ExitCode()
}
