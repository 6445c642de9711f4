//go:build unit

package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// A suite that does not compile, or is killed, leaves a failing report in the place of an earlier green one.
func TestReportMissingLeavesAFailingReport(t *testing.T) {
	g := NewWithT(t)
	folder := report.Dir{Path: t.TempDir()}
	began := time.Now().Truncate(time.Second)
	result := func(started time.Time) *report.Results {
		return &report.Results{Format: report.Format, API: "sdm", Started: started.UTC(), Targets: []report.Target{}}
	}
	g.Expect(folder.Write(result(began.Add(-time.Hour)))).To(Succeed())
	g.Expect(reportMissing(folder, []string{"saymon", "sdm"}, began)).To(Succeed())
	for _, api := range []string{"saymon", "sdm"} {
		r, err := folder.Read(api)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(r.Problems).To(ConsistOf(ContainSubstring("the suite ended without results")))
		g.Expect(report.Exit([]*report.Results{r})).To(Equal(report.ExitWrongUse))
		junit, err := os.ReadFile(filepath.Join(folder.Path, "TEST-"+api+".xml"))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(junit)).To(ContainSubstring(`failures="1"`))
	}
	fresh := result(time.Now().Add(time.Second))
	g.Expect(folder.Write(fresh)).To(Succeed())
	g.Expect(reportMissing(folder, []string{"sdm"}, began)).To(Succeed())
	r, err := folder.Read("sdm")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(r.Problems).To(BeEmpty(), "results of this run stay")
}

func TestFilteredKnowsGinkgosFilters(t *testing.T) {
	g := NewWithT(t)
	for _, flags := range [][]string{{"--focus", "x"}, {"-focus=x"}, {"-v", "--label-filter=a"}, {"--ginkgo.skip=x"}} {
		g.Expect(filtered(flags)).To(BeTrue(), "%v", flags)
	}
	for _, flags := range [][]string{nil, {"-v"}, {"--skip-package=a"}, {"focus"}, {"--json-report=x"}} {
		g.Expect(filtered(flags)).To(BeFalse(), "%v", flags)
	}
}
