//go:build e2e

package proof

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"session-conformance/suites"
	"session-conformance/support/reference"
	"session-conformance/support/reference/hostile"
	"session-conformance/support/reference/wire"
	"session-conformance/support/report"
)

// The timeouts of a request to a hostile target: long enough for a busy machine, short enough for a test.
const (
	aloneTimeout    = 2 * time.Second
	togetherTimeout = 5 * time.Second
)

// siege is a run of one suite against servers, and what came of it.
type siege struct {
	api     api
	timeout time.Duration // of hostile targets
	folder  string
	targets []map[string]any

	results *report.Results
	output  string
	took    time.Duration
	work    time.Duration // of the processor
	memory  int64         // the largest resident set, in bytes
}

// built is the path of the program.
var built string

// program judges by the suite of an API.
func program(api string, args ...string) (*exec.Cmd, error) {
	cmd := exec.Command(built, append([]string{"suite", api}, args...)...)
	_, err := cmd.StdinPipe() // its end would interrupt
	return cmd, err
}

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "hostile-")
	if err != nil {
		panic(err)
	}
	built = filepath.Join(folder, "conformance")
	if output, err := exec.Command("go", "build", "-o", built, "../cmd/conformance").CombinedOutput(); err != nil {
		panic(string(output))
	}
	flag.Parse()
	_ = flag.Set("test.parallel", "8") // sieges wait more than they work
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

func newSiege(t *testing.T, a api, timeout time.Duration) *siege {
	t.Helper()
	return &siege{api: a, timeout: timeout, folder: t.TempDir()}
}

// attack adds a target whose server is hostile.
func (s *siege) attack(t *testing.T, c hostile.Case) {
	t.Helper()
	made, err := suites.Of(s.api.API).Reference().New(nil) // with a realm of its own
	if err != nil {
		t.Fatal(err)
	}
	running, err := hostile.Start(c, made.Handler, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.add(t, running, made, c.Name, s.timeout)
}

// healthy adds a target that nothing is wrong with.
func (s *siege) healthy(t *testing.T, name string) {
	t.Helper()
	made, err := suites.Of(s.api.API).Reference().New(nil) // with a realm of its own
	if err != nil {
		t.Fatal(err)
	}
	running, err := wire.Start(made.Handler, wire.Options{Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	s.add(t, running, made, name, time.Minute)
}

func (s *siege) add(t *testing.T, running *wire.Running, made *reference.Made, name string, timeout time.Duration) {
	t.Helper()
	settings := made.Settings
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
	settings["name"], settings["api"], settings["url"], settings["timeout"] = name, s.api.API, running.URL+made.Base,
		timeout.String()
	if running.CA != nil {
		path := filepath.Join(s.folder, fmt.Sprintf("ca-%d.pem", len(s.targets)))
		if err := os.WriteFile(path, running.CA, 0o600); err != nil {
			t.Fatal(err)
		}
		settings["tls"] = map[string]any{"ca_file": path}
	}
	s.targets = append(s.targets, settings)
}

func (s *siege) reports() report.Dir { return report.Dir{Path: filepath.Join(s.folder, "reports")} }

// judge runs the suite.
func (s *siege) judge(t *testing.T) {
	t.Helper()
	text, err := json.Marshal(map[string]any{"targets": s.targets})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.folder, "targets.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd, err := s.api.command(program, s.reports().Path, "TARGETS_FILE="+file, "EVIDENCE=")
	if err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	memory := largest(cmd.Process.Pid, ended)
	_ = cmd.Wait() // that it fails is told by its results
	close(ended)
	s.took, s.output, s.memory = time.Since(began), output.String(), <-memory
	s.work = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if s.results, err = s.reports().Read(s.api.API); err != nil {
		t.Fatalf("%v\n%s", err, tail(s.output, 8000))
	}
}

// largest gives the largest resident set of a process, in bytes, when it has ended. What the system tells of an ended
// process counts its parent's memory too, from before it was another program.
func largest(pid int, ended <-chan struct{}) <-chan int64 {
	found := make(chan int64, 1)
	go func() {
		most := int64(0)
		for {
			text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			for line := range strings.Lines(string(text)) {
				var kib int64
				if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kib); n == 1 {
					most = max(most, kib<<10)
				}
			}
			select {
			case <-ended:
				found <- most
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return found
}
