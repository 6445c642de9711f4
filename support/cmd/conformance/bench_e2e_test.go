//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

func TestBenchWritesWhatBenchstatReads(t *testing.T) {
	g := NewWithT(t)
	r := call(t, "", nil, program, "bench", "--api", "sdm", "--row", "counts")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(MatchRegexp(`\n  specs +\d+`))
	text, err := os.ReadFile(filepath.Join(r.reports.Path, "bench", "bench.txt"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(MatchRegexp(`(?m)^BenchmarkCounts/api=sdm-\d+\t1\t\d+ requests/target\t`))
}

func TestBenchRefusesWrongFlags(t *testing.T) {
	for says, args := range map[string][]string{
		"--row nonsense: there is none; use counts, start, change, one, many": {"--row", "one,nonsense"},
		"--api nonsense: there is none; use saymon, sdm, sessions":            {"--api", "nonsense"},
		"-many above -few":              {"-few", "5", "-many", "5"},
		"-n from 1":                     {"-n", "0"},
		"and no other words":            {"counts"},
		"flag provided but not defined": {"--nonsense"},
	} {
		t.Run(says, func(t *testing.T) {
			g := NewWithT(t)
			r := call(t, "", nil, program, append([]string{"bench"}, args...)...)
			g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
			g.Expect(r.output).To(ContainSubstring(says))
		})
	}
}
