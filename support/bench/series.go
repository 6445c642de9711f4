package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one thing that was measured, again and again.
type row struct {
	title string   // for the table
	name  string   // for Go's benchmark format: OneTarget/api=sdm/atonce=8
	list  []series // each with as many samples as there were repetitions, or one where that is exact
}

// series is one value of a row.
type series struct {
	what    string
	unit    string  // of Go's benchmark format: ns/op, B/target, wall/chain; times are in nanoseconds
	reach   float64 // the most that is wanted; 0: nothing is
	samples []float64
}

// add appends a sample to the series, which it makes where there is none yet.
func (r *row) add(what, unit string, reach, sample float64) {
	for i := range r.list {
		if r.list[i].what == what {
			r.list[i].samples = append(r.list[i].samples, sample)
			return
		}
	}
	r.list = append(r.list, series{what, unit, reach, []float64{sample}})
}

func (s series) median() float64 {
	sorted := slices.Sorted(slices.Values(s.samples))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// spread is the least and the most of the samples and how many there are, empty where all are the same.
func (s series) spread() string {
	least, most := slices.Min(s.samples), slices.Max(s.samples)
	if least == most {
		return ""
	}
	return fmt.Sprintf("%s – %s of %d", s.text(least), s.text(most), len(s.samples))
}

// text writes a value for a person.
func (s series) text(value float64) string {
	switch {
	case strings.HasSuffix(s.unit, "ns/op"):
		return time.Duration(value).Round(100 * time.Microsecond).String()
	case strings.HasPrefix(s.unit, "B/"):
		return fmt.Sprintf("%.2f MiB", value/(1<<20))
	case value == float64(int64(value)):
		return fmt.Sprintf("%d", int64(value))
	}
	return fmt.Sprintf("%.2f", value)
}

// table writes the rows for a person: medians, with their spread.
func table(w io.Writer, rows []row) error {
	for _, r := range rows {
		fmt.Fprintf(w, "\n%s\n", r.title)
		columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, s := range r.list {
			reach := ""
			if s.reach > 0 {
				reach = "reach " + s.text(s.reach)
				if s.median() > s.reach {
					reach += ", missed"
				}
			}
			fmt.Fprintf(columns, "  %s\t%s\t%s\t%s\n", s.what, s.text(s.median()), s.spread(), reach)
		}
		if err := columns.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// benchmarks writes the rows as Go's benchmarks are written, a line for each repetition, which benchstat reads. It is
// empty where there are none.
func benchmarks(rows []row) string {
	var text strings.Builder
	for i, r := range rows {
		if i == 0 {
			fmt.Fprintf(&text, "goos: %s\ngoarch: %s\npkg: session-conformance/support/bench\n", runtime.GOOS, runtime.GOARCH)
		}
		repetitions := 0
		for _, s := range r.list {
			repetitions = max(repetitions, len(s.samples))
		}
		for i := range repetitions {
			fmt.Fprintf(&text, "Benchmark%s-%d\t1", r.name, runtime.GOMAXPROCS(0))
			for _, s := range r.list {
				if i < len(s.samples) {
					fmt.Fprintf(&text, "\t%.6g %s", s.samples[i], s.unit)
				}
			}
			text.WriteByte('\n')
		}
	}
	return text.String()
}
