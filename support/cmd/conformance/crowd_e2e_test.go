//go:build e2e

package main

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// crowd is a targets.yaml with one good target, one that is peculiar, and 24 that are down.
func crowd(t *testing.T) string {
	var b strings.Builder
	b.WriteString(peculiar(t, "", "cookie-path-node"))
	b.WriteString("  - {name: good, api: saymon, url: embedded}\n")
	for i := range 24 {
		fmt.Fprintf(&b, "  - {name: down%d, api: saymon, url: 'http://127.0.0.1:1', user: {login: a, password: absent-1}}\n", i)
	}
	return b.String()
}

// More than 25 targets share their specs. Nothing of that shows in the results.
func TestACrowdIsJudgedLikeTheFew(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	targets := crowd(t)
	few := call(t, targets, []string{"TARGET=peculiar,good,down7"}, program, "run")
	for _, args := range [][]string{{"run"}, {"run", "-p", "--randomize-all"}} {
		many := call(t, targets, nil, program, args...)
		g.Expect(many.exit).To(Equal(few.exit), many.output)
		all := many.results(t, "saymon").Targets
		g.Expect(all).To(HaveLen(26))
		for _, want := range few.results(t, "saymon").Targets {
			for _, got := range all {
				if got.Name == want.Name {
					g.Expect(decisions(got)).To(Equal(decisions(want)))
					g.Expect(got.Verdict).To(Equal(want.Verdict))
				}
			}
		}
		g.Expect(many.output).To(ContainSubstring("1 of 26 targets fail: peculiar. The first of them:\n"))
		j := many.junit(t, "saymon")
		g.Expect(j.Suites).To(HaveLen(26))
		g.Expect(j.Suites[0].Name).To(Equal("saymon.peculiar"))
		g.Expect(j.Failures).To(Equal(few.junit(t, "saymon").Failures + 23))
	}
}

// decisions are what a target's specs came to, in their order, without what differs from run to run.
func decisions(t report.Target) []string {
	var list []string
	for _, r := range t.Results {
		first, _, _ := strings.Cut(r.Message, "\n")
		list = append(list, fmt.Sprintf("%s: %s %s", r.Spec, r.Verdict, first))
	}
	return list
}

func TestACrowdUnderAFilter(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	targets := crowd(t)
	r := call(t, targets, nil, program, "run", "--label-filter=target: containsAny good && clause: containsAny "+
		"saymon-cookie-path")
	g.Expect(r.exit).To(Equal(0), r.output)
	results := r.results(t, "saymon")
	g.Expect(results.Filter).To(Equal(
		`--label-filter "target: containsAny good && clause: containsAny saymon-cookie-path"`))
	g.Expect(results.Targets).To(HaveLen(1))
	g.Expect(results.Targets[0].Name).To(Equal("good"))
	g.Expect(results.Targets[0].Results).To(HaveLen(5))

	r = call(t, targets, nil, program, "run", "--focus", "sets the sid cookie for the path",
		"--label-filter=target: containsAny {good, peculiar}")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	g.Expect(r.results(t, "saymon").Targets).To(HaveLen(2))

	r = call(t, targets, nil, program, "run", "--label-filter=target: containsAny nobody")
	g.Expect(r.exit).To(Equal(report.ExitNothing), r.output)
}
