//go:build slurm

// Slurm for real, on loopback: make test-fleet. It needs root, and Debian's slurmctld, slurmd, slurm-client and munge;
// nothing of theirs that runs already is touched.
package fleet

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	_ "session-conformance/suites/apis" // whose verdicts the parts are compared by
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// shared are targets that answer after 20 ms, three of each API, one of them with a fault. Each has a host of its own
// on loopback, so that none shares an account.
func shared(t *testing.T) string {
	t.Helper()
	fault := map[string]string{"saymon": "cookie-path-node", "sdm": "xml-login-201", "sessions": "login-status-200"}
	var lines strings.Builder
	for i, r := range suites.Servers() {
		for k, with := range [][]string{nil, nil, {fault[r.API]}} {
			made, err := r.New(with)
			if err != nil {
				t.Fatal(err)
			}
			l, err := net.Listen("tcp", fmt.Sprintf("127.0.%d.%d:0", i+1, k+1))
			if err != nil {
				t.Fatal(err)
			}
			s := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(
				func(w http.ResponseWriter, q *http.Request) {
					time.Sleep(20 * time.Millisecond)
					made.Handler.ServeHTTP(w, q)
				})}}
			s.Start()
			t.Cleanup(s.Close)
			settings := map[string]any{"name": fmt.Sprintf("%s-%d", r.API, k+1), "api": r.API, "url": s.URL + made.Base}
			for key, value := range made.Settings {
				settings[key] = value
			}
			line, err := json.Marshal(settings)
			if err != nil {
				t.Fatal(err)
			}
			lines.Write(append(line, '\n'))
		}
	}
	path := filepath.Join(t.TempDir(), "targets.jsonl")
	if err := os.WriteFile(path, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Three parts, one of them killed in its midst and run again, say what one run says.
func TestSlurmJudgesInPartsWhatOneRunJudges(t *testing.T) {
	g := NewWithT(t)
	c := started(t)
	program, targets, results := c.in("conformance"), shared(t), c.in("results")
	build, err := exec.Command("go", "build", "-o", program, "../cmd/conformance").CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(build))

	run := func(environment []string, args ...string) (string, int) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, program, args...)
		cmd.Env = append(os.Environ(), environment...)
		said, _ := cmd.CombinedOutput()
		return string(said), cmd.ProcessState.ExitCode()
	}
	whole, merged := report.Dir{Path: c.in("whole")}, report.Dir{Path: c.in("merged")}
	said, exit := run([]string{"REPORTS_DIR=" + whole.Path}, "run", "-q", "--targets", targets)
	g.Expect(exit).To(Equal(report.ExitNonConformant), said)

	job := c.submit("1-3", program, targets, results)
	g.Eventually(filepath.Join(results, "shard-2"), "60s", "50ms").Should(BeADirectory())
	time.Sleep(2 * time.Second) // in its midst: the pauses between wrong passwords alone take longer
	killed, err := exec.Command("scancel", "--signal=KILL", "--full", job+"_2").CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(killed))
	c.ended(job)
	said, exit = run([]string{"REPORTS_DIR=" + merged.Path}, "merge", results)
	g.Expect(said).To(ContainSubstring("Shard 2/3 is missing"))
	g.Expect(exit).To(BeElementOf(report.ExitInconclusive, report.ExitNonConformant), said)

	c.ended(c.submit("2", program, targets, results))
	said, exit = run([]string{"REPORTS_DIR=" + merged.Path}, "merge", results)
	g.Expect(exit).To(Equal(report.ExitNonConformant), said)
	g.Expect(said).NotTo(ContainSubstring("Shard "))
	for _, api := range target.APIs() {
		g.Expect(verdicts(t, merged, api)).To(Equal(verdicts(t, whole, api)), api)
	}
}

// verdicts are those of all specs of all targets.
func verdicts(t *testing.T, in report.Dir, api string) map[string]report.Verdict {
	t.Helper()
	r, err := in.Read(api)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]report.Verdict{}
	for _, of := range r.Targets {
		for _, spec := range of.Results {
			all[of.Name+": "+spec.Spec] = spec.Verdict
		}
	}
	if len(r.Targets) != 3 {
		t.Fatalf("%s has %d targets in %s", api, len(r.Targets), in.Path)
	}
	return all
}
