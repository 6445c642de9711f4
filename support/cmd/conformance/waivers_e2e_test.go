//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// waiver is what targets.yaml says of one waiver, to stand behind a target's other keys.
func waiver(clause, until string) string {
	return `, waivers: [{clause: ` + clause + `, reason: "ACME-1234, fixed in 3.22", until: ` + until + `}]`
}

func TestRunOfAWaivedFailure(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	targets := peculiar(t, waiver("saymon-cookie-path", "2999-01-31"), "cookie-path-node")
	r := call(t, targets, nil, program, "run")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(ContainSubstring("waived saymon-cookie-path ("), "it is shown")
	target := r.results(t, "saymon").Targets[0]
	g.Expect(target.Verdict).To(Equal(report.Partial))
	g.Expect(target.Count()[report.Waived]).To(BeNumerically(">", 0))
	g.Expect(target.Waivers[0].Stale).To(BeEmpty())
	j, says := r.junit(t, "saymon"), ""
	g.Expect(j.Failures).To(BeZero())
	for _, c := range j.Suites[0].Cases {
		if c.Skipped != nil && strings.HasPrefix(c.Skipped.Message, "waived") {
			says = c.Skipped.Message
		}
	}
	g.Expect(says).To(HavePrefix("waived: ACME-1234, fixed in 3.22, until 2999-01-31"))
	bare := call(t, targets, nil, "go", "tool", "ginkgo", "suites/saymon")
	g.Expect(bare.exit).To(Equal(0), bare.output)
}

func TestRunOfAWaiverThatIsOver(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, peculiar(t, waiver("saymon-cookie-path", "2020-01-31"), "cookie-path-node"), nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	g.Expect(r.output).To(And(ContainSubstring("fail  saymon-cookie-path"),
		ContainSubstring("stale waiver of saymon-cookie-path: it is over since 2020-01-31")))
	r = call(t, peculiar(t, waiver("saymon-cookie-path", "2020-01-31")), nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitStaleWaiver), r.output)
}

func TestRunOfAWaiverWhoseClausePasses(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	targets := peculiar(t, waiver("saymon-cookie-path", "2999-01-31"))
	r := call(t, targets, nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitStaleWaiver), r.output)
	g.Expect(r.output).To(ContainSubstring("stale waiver of saymon-cookie-path: its clause passes now"))
	j := r.junit(t, "saymon")
	g.Expect(j.Failures).To(Equal(1))
	g.Expect(j.Suites[0].Cases[j.Tests-1].Name).To(Equal("the waiver of saymon-cookie-path still holds"))
	bare := call(t, targets, nil, "go", "tool", "ginkgo", "suites/saymon")
	g.Expect(bare.exit).To(Equal(1), bare.output)
	// Only one way in is broken: a filter that chooses another says nothing about the waiver.
	r = call(t, peculiar(t, waiver("saymon-cookie-path", "2999-01-31"), "cookie-path-missing-by-email"), nil, program,
		"run", "--focus", "with the login sets the sid cookie for the path")
	g.Expect(r.exit).To(Equal(0), r.output)
}

func TestRunOfAWaiverThatNamesNothing(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, peculiar(t, waiver("saymon-scheme", "2999-01-31")), nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitStaleWaiver), r.output)
	g.Expect(r.output).To(ContainSubstring("stale waiver of saymon-scheme: no spec judges a clause of that name"))
}

func TestRunNeverWaivesNoAnswer(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	targets := "targets:\n  - {name: down, api: saymon, url: 'http://127.0.0.1:1', timeout: 2s, user: {login: a, " +
		"password: b}" + waiver("saymon-cookie-path", "2999-01-31") + "}\n"
	r := call(t, targets, nil, program, "run")
	g.Expect(r.exit).To(Equal(report.ExitInconclusive), r.output)
	target := r.results(t, "saymon").Targets[0]
	g.Expect(target.Count()[report.Waived]).To(BeZero())
	g.Expect(target.Waivers[0].Stale).To(BeEmpty(), "nobody knows yet")
}

// Evidence carries its waivers, which are shown and not applied: who judges names those that are. One of a clause that
// no spec judges is stale.
func TestJudgeOfEvidenceWithWaivers(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	live := call(t, peculiar(t, waiver("saymon-cookie-path", "2999-01-31"), "cookie-path-node"), nil, program, "run")
	g.Expect(live.exit).To(Equal(0), live.output)
	r := call(t, "", []string{"TARGETS_FILE=/nowhere"}, program, "judge", live.reports.Path)
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	g.Expect(r.output).To(And(ContainSubstring("fail  saymon-cookie-path"),
		ContainSubstring("the evidence holds 1 waiver, not applied")))
	for clause, exit := range map[string]int{"saymon-cookie-path": 0, "saymon-cookie-pfad": report.ExitNonConformant} {
		mine := filepath.Join(t.TempDir(), "waivers.yaml")
		g.Expect(os.WriteFile(mine, []byte(
			"waivers: [{target: peculiar, clause: "+clause+", reason: mine, until: 2999-01-31}]"), 0o600)).To(Succeed())
		r = call(t, "", nil, program, "judge", "--waivers", mine, live.reports.Path)
		g.Expect(r.exit).To(Equal(exit), r.output)
		if exit == 0 {
			g.Expect(r.output).To(ContainSubstring("waived saymon-cookie-path"))
		} else {
			g.Expect(r.output).To(ContainSubstring("stale waiver of saymon-cookie-pfad: no spec judges a clause of that name"))
		}
	}
}
