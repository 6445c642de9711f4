//go:build e2e

package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
	"session-conformance/support/report"
)

func TestRunJudgesTheEmbeddedServers(t *testing.T) {
	g := NewWithT(t)
	r := call(t, "", nil, program, "run")
	g.Expect(r.exit).To(Equal(0), r.output)
	for _, api := range []string{"saymon", "sdm", "sessions"} {
		results, j := r.results(t, api), r.junit(t, api)
		target := results.Targets[0]
		g.Expect(target.Verdict).To(Equal(report.Conformant))
		g.Expect(r.output).To(ContainSubstring(target.Name + " (" + api + "): CONFORMANT"))
		g.Expect(j.Tests).To(Equal(len(target.Results)))
		g.Expect(j.Failures).To(BeZero())
		g.Expect(j.Suites[0].Name).To(Equal(api + "." + target.Name))
		seen := map[string]bool{}
		for _, c := range j.Suites[0].Cases {
			g.Expect(c.Class).To(Equal(api + "." + target.Name))
			g.Expect(seen[c.Name]).To(BeFalse(), "%q stands twice", c.Name)
			seen[c.Name] = true
		}
		for _, result := range target.Results {
			g.Expect(seen[result.Spec]).To(BeTrue())
		}
		g.Expect(target.Observations).NotTo(BeEmpty())
		g.Expect(r.reports.Evidence(target.Name)).To(BeAnExistingFile())
	}
	g.Expect(filepath.Join(r.reports.Path, "summary.md")).To(BeAnExistingFile())
	password := saymon.Default().User.Password
	eachFile(t, r.reports.Path, func(path string, text []byte) {
		g.Expect(string(text)).NotTo(ContainSubstring(password[:12]), path)
		info, err := os.Stat(path)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(info.Mode().Perm()&0o077).To(BeZero(), path)
	})
}

func TestRunNamesTheBrokenClause(t *testing.T) {
	g := NewWithT(t)
	r := call(t, peculiar(t, "", "cookie-path-node"), nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	g.Expect(r.output).To(ContainSubstring("fail  saymon-cookie-path (shown; 001, response"))
	target := r.results(t, "saymon").Targets[0]
	g.Expect(target.Verdict).To(Equal(report.NonConformant))
	for _, result := range target.Results {
		if result.Verdict == report.Fail {
			g.Expect(result.Clause).To(Equal("saymon-cookie-path"))
			g.Expect(result.Message).To(And(ContainSubstring("expected  Set-Cookie: sid=<session ID>; Path=/"),
				ContainSubstring("exchange  "),
				MatchRegexp(`try       (curl |sh .*/repro/peculiar/saymon-cookie-path\.sh\n)`),
				MatchRegexp("again     TARGET=peculiar TARGETS_FILE=.* REPORTS_DIR=.* go "+
					"tool ginkgo --focus .* suites/saymon$")))
			g.Expect(len(result.Message)).To(BeNumerically("<=", 4096))
			g.Expect(result.Exchanges).NotTo(BeEmpty())
		}
	}
	g.Expect(filepath.Join(r.reports.Path, "repro", "peculiar", "saymon-cookie-path.sh")).To(BeAnExistingFile())
	failures := 0
	for _, c := range r.junit(t, "saymon").Suites[0].Cases {
		if c.Failure != nil {
			failures++
		}
	}
	g.Expect(failures).To(BeNumerically(">", 0))
}

func TestRunWarnsOfExtraClausesUnlessStrict(t *testing.T) {
	g := NewWithT(t)
	r := call(t, peculiar(t, "", "cookie-without-http-only"), nil, program, "run")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(ContainSubstring("warn  saymon-cookie-http-only (extra"))
	g.Expect(r.results(t, "saymon").Targets[0].Verdict).To(Equal(report.Partial), "no keycloak, no other user")
	r = call(t, peculiar(t, ", strict: true", "cookie-without-http-only"), nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
}

func TestRunUnderAFilter(t *testing.T) {
	g := NewWithT(t)
	full := call(t, embeddedSAYMON, nil, program, "run").results(t, "saymon").Targets[0]
	for _, args := range [][]string{{"--focus", "sets the sid cookie for the path"},
		{"--label-filter=clause: containsAny saymon-cookie-path"},
		{"--label-filter=clause: containsAny saymon-cookie-path", "-p"}} {
		r := call(t, embeddedSAYMON, nil, program, append([]string{"run"}, args...)...)
		g.Expect(r.exit).To(Equal(0), r.output)
		results := r.results(t, "saymon")
		g.Expect(results.Filter).NotTo(BeEmpty())
		g.Expect(results.Targets[0].Results).To(HaveLen(5))
		g.Expect(results.Targets[0].Requests).To(BeNumerically("<", full.Requests/2))
	}
	r := call(t, embeddedSAYMON, nil, program, "run",
		"--label-filter=target: containsAny lab.one && tier: containsAny stated")
	g.Expect(r.exit).To(Equal(0), r.output)
	for _, result := range r.results(t, "saymon").Targets[0].Results {
		g.Expect(result.Tier).To(Equal("stated"))
	}
}

func TestRunInOtherOrdersAndProcessesAgrees(t *testing.T) {
	g := NewWithT(t)
	verdicts := func(name string, args ...string) map[string]report.Verdict {
		r := call(t, "", nil, name, args...)
		g.Expect(r.exit).To(Equal(0), r.output)
		found := map[string]report.Verdict{}
		for _, api := range []string{"saymon", "sdm", "sessions"} {
			for _, result := range r.results(t, api).Targets[0].Results {
				found[api+" "+result.Spec] = result.Verdict
			}
		}
		return found
	}
	serial := verdicts(program, "run", "-q")
	g.Expect(verdicts("go", "tool", "ginkgo", "-r", "--randomize-all", "-p", "suites")).
		To(Equal(serial), "processes hand their judgements over")
}

func TestRunThatJudgesNothing(t *testing.T) {
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, nil, program, "run", "--focus", "no spec is called like this")
	g.Expect(r.exit).To(Equal(report.ExitNothing), r.output)
	g.Expect(r.reports.All()).To(BeEmpty())
	r = call(t, embeddedSAYMON, nil, program, "run", "--dry-run")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.reports.Path).NotTo(BeADirectory(), "a dry run writes nothing")
}

func TestRunOnAWrongConfiguration(t *testing.T) {
	g := NewWithT(t)
	for targets, says := range map[string]string{
		"targets:\n  - {name: x, api: saymon, url: embedded, timout: 3s}\n":                                                   "did you mean `timeout`?",
		"targets:\n  - {name: x, api: sdm, url: embedded, waivers: [{clause: sdm-login-20, reason: r, until: 2027-01-01}]}\n": "sdm-login-200",
	} {
		r := call(t, targets, nil, program, "run")
		g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
		g.Expect(r.output).To(ContainSubstring(says))
		for _, api := range []string{"saymon", "sdm", "sessions"} {
			j := r.junit(t, api)
			g.Expect(j.Failures).To(Equal(1), "a failing case, not a missing file")
			g.Expect(j.Suites[0].Cases[0].Failure.Text).To(ContainSubstring(says))
		}
		bare := call(t, targets, nil, "go", "tool", "ginkgo", "-r", "--keep-going", "suites")
		g.Expect(bare.exit).To(Equal(1), bare.output)
		g.Expect(bare.output).To(ContainSubstring(says))
		g.Expect(bare.junit(t, "sdm").Failures).To(Equal(1))
	}
	r := call(t, embeddedSAYMON, []string{"TARGET=lab.two"}, program, "check")
	g.Expect(r.exit).To(Equal(report.ExitWrongUse))
	g.Expect(r.output).To(ContainSubstring("lab.one"))
	g.Expect(call(t, "", nil, program, "nonsense").exit).To(Equal(report.ExitWrongUse))
}

func TestRunOnATargetThatIsDown(t *testing.T) {
	g := NewWithT(t)
	targets := embeddedSAYMON + "  - {name: down, api: saymon, url: 'http://127.0.0.1:1', timeout: 2s, user: {login: " +
		"a, password: b}}\n"
	r := call(t, targets, nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitInconclusive), r.output)
	results := r.results(t, "saymon")
	g.Expect(results.Targets[0].Verdict).To(Equal(report.Conformant), "the other is judged")
	g.Expect(results.Targets[1].Verdict).To(Equal(report.Inconclusive))
	g.Expect(results.Targets[1].Requests).To(Equal(1))
	g.Expect(results.Targets[1].Stopped).To(ContainSubstring("nothing listens"))
	bare := call(t, targets, nil, "go", "tool", "ginkgo", "suites/saymon")
	g.Expect(bare.exit).To(Equal(1), "an inconclusive target fails a bare run")
	g.Expect(bare.junit(t, "saymon").Failures).To(Equal(1))
}

func TestBareGinkgoFromTheRoot(t *testing.T) {
	g := NewWithT(t)
	r := call(t, "", nil, "go", "tool", "ginkgo", "-r", "--no-color", "--focus", "cookie")
	g.Expect(r.exit).To(Equal(0), r.output)
	for line := range strings.Lines(r.output) {
		g.Expect(line).To(Or(MatchRegexp("specs .*SUCCESS!"), ContainSubstring("(no test files)"),
			MatchRegexp(`^(\s|Ginkgo ran|Test Suite)`)),
			"nothing runs but the three suites")
	}
	g.Expect(r.results(t, "saymon").Filter).To(Equal(`--focus "cookie"`))
	summary, err := os.ReadFile(filepath.Join(r.reports.Path, "summary.md"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(summary)).To(ContainSubstring("saymon-embedded"))
}

// peculiarSilent is a target that accepts and never answers.
func peculiarSilent(t *testing.T) string {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	address := s.Listener.Addr().String() // it listens, and nobody accepts
	t.Cleanup(func() { _ = s.Listener.Close() })
	return fmt.Sprintf("  - {name: silent, api: saymon, url: 'http://%s', timeout: 5m, user: {login: a, password: b}}\n",
		address)
}

func TestClausesAndServeList(t *testing.T) {
	g := NewWithT(t)
	r := call(t, "", nil, program, "clauses")
	g.Expect(r.exit).To(Equal(0), r.output)
	for _, part := range []string{"saymon-cookie-path (shown) POST /node/api/users/session",
		"sets the sid cookie for the path /", "not judged: ", "contradiction: ", "sdm-login-200",
		"sessions-logout-ends-session"} {
		g.Expect(r.output).To(ContainSubstring(part))
	}
	r = call(t, "", nil, program, "serve", "--list", "--api", "saymon")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(And(ContainSubstring("session-id-unquoted"), Not(ContainSubstring("sdm:"))))
	g.Expect(call(t, "", nil, program, "serve", "--fault", "nonsense").exit).To(Equal(report.ExitWrongUse))
}

// What serve prints is a targets.yaml of what it serves.
func TestServePrintsATargetsFile(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "targets.yaml")
	file, err := os.Create(path)
	g.Expect(err).NotTo(HaveOccurred())
	defer file.Close()
	cmd := exec.Command(program, "serve", "--port", "0", "--fault", "session-id-unquoted")
	cmd.Stdout = file
	g.Expect(cmd.Start()).To(Succeed())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	g.Eventually(func() (string, error) {
		text, err := os.ReadFile(path)
		return string(text), err
	}, "20s", "50ms").Should(ContainSubstring("Ctrl-C ends them."))
	r := call(t, "", []string{"TARGETS_FILE=" + path}, program, "check", "--online")
	g.Expect(r.exit).To(Equal(0), r.output)
	for _, name := range []string{"saymon", "sdm", "sessions"} {
		g.Expect(r.output).To(ContainSubstring(name))
	}
}
