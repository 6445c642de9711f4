//go:build unit

package main

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestTableAndBenchmarks(t *testing.T) {
	g := NewWithT(t)
	r := row{title: "demo: something", name: "Something/api=demo"}
	for _, wall := range []float64{3e9, 1e9, 2e9} {
		r.add("run", "ns/op", 0, wall)
		r.add("÷ floor", "wall/floor", 1.1, wall/1e9)
		r.add("requests", "requests/target", 0, 7)
	}
	r.add("memory", "B/target", 1<<20, 1<<19)
	var text strings.Builder
	g.Expect(table(&text, []row{r})).To(Succeed())
	g.Expect(strings.Split(text.String(), "\n")).To(HaveExactElements("", "demo: something",
		MatchRegexp(`^  run +2s +1s – 3s of 3 *$`),
		MatchRegexp(`^  ÷ floor +2 +1 – 3 of 3 +reach 1.10, missed$`),
		MatchRegexp(`^  requests +7 *$`),
		MatchRegexp(`^  memory +0.50 MiB +reach 1.00 MiB$`), ""))
	g.Expect(benchmarks(nil)).To(BeEmpty())
	g.Expect(strings.Split(benchmarks([]row{r}), "\n")).To(ContainElements(
		MatchRegexp(`^BenchmarkSomething/api=demo-\d+\t1\t3e\+09 ns/op\t3 wall/floor\t7 requests/target\t524288 B/target$`),
		MatchRegexp(`^BenchmarkSomething/api=demo-\d+\t1\t2e\+09 ns/op\t2 wall/floor\t7 requests/target$`)))
}

func TestTheMedianOfAnEvenNumberLiesBetween(t *testing.T) {
	NewWithT(t).Expect(series{samples: []float64{4, 1, 2, 10}}.median()).To(Equal(3.0))
}
