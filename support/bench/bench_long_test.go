//go:build long

package main

import (
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

// The bench itself works: once, and small. What is exact is looked at, times are not.
func TestTheBenchMeasures(t *testing.T) {
	g := NewWithT(t)
	var shown strings.Builder
	b, err := prepare(Options{Root: "../..", APIs: target.APIs(), Repeats: 1, Patience: time.Minute, Few: 1, Many: 2,
		Out: &shown})
	g.Expect(err).NotTo(HaveOccurred())
	defer b.programs.remove()
	for _, api := range target.APIs() {
		g.Expect(b.counts(api)).To(Succeed())
	}
	for _, measure := range []func(api string) error{b.start, b.one, b.many, b.growth} { // the same for every API
		g.Expect(measure("sdm")).To(Succeed())
	}
	text := benchmarks(b.rows)
	for _, api := range target.APIs() {
		g.Expect(text).To(MatchRegexp(`(?m)^BenchmarkCounts/api=` + api +
			`-\d+\t1\t\d+ requests/target\t\d+ specs/target`))
	}
	g.Expect(shown.String()).To(ContainSubstring("sdm: one embedded target"))
	g.Expect(text).To(MatchRegexp(`(?m)^BenchmarkOneTarget/api=sdm/atonce=8-\d+\t1\t\S+ ns/op\t\S+ chain-ns/op\t` +
		`\S+ run/chain\t`))
	g.Expect(text).To(MatchRegexp(`(?m)^BenchmarkTargets/api=sdm/targets=2-.*\t100 percent-alike$`))
	g.Expect(text).To(MatchRegexp(`(?m)^BenchmarkGrowth/api=sdm-.* B/target$`))
}
