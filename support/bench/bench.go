// Package bench measures how fast a run is, side by side with the least that its requests could take: the same requests sent by a
// bare client, or the longest chain of those that depend on each other.
package bench

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"session-conformance/support/evidence"
)

// Options say what to measure.
type Options struct {
	Root    string   // of the module
	APIs    []string // saymon, sdm, sessions
	Rows    []string // of Rows
	Repeats int      // of each measurement; sides take turns
	Few     int      // how many targets the growth is measured from
	Many    int      // and up to how many
	Out     io.Writer
}

// Rows are what can be measured.
func Rows() []string { return []string{"counts", "one"} }

type bench struct {
	Options
	programs *programs
	requests map[string]string // paths of recorded requests, by API
	plans    map[string][]evidence.Planned
	rows     []row
}

// Run measures and writes a table to Out as it goes on. It gives the same as Go's benchmarks are written, for benchstat.
func Run(o Options) (benchmarkText string, err error) {
	b := &bench{Options: o, requests: map[string]string{}, plans: map[string][]evidence.Planned{}}
	if b.programs, err = build(o.Root, o.APIs); err != nil {
		return "", err
	}
	defer b.programs.remove()
	for _, api := range o.APIs {
		if b.requests[api], err = b.programs.recorded(api); err != nil {
			return "", err
		}
		if b.plans[api], err = b.programs.plan(api); err != nil {
			return "", err
		}
	}
	measures := map[string]func(api string) error{"counts": b.counts, "one": b.one}
	for _, name := range Rows() {
		for _, api := range o.APIs {
			if !slices.Contains(o.Rows, name) {
				continue
			}
			if err := measures[name](api); err != nil {
				return "", fmt.Errorf("%s, %s: %w", name, api, err)
			}
		}
	}
	var text strings.Builder
	err = benchmarks(&text, b.rows)
	return text.String(), err
}

// done keeps a row and shows it.
func (b *bench) done(r row) {
	b.rows = append(b.rows, r)
	_ = table(b.Out, []row{r}) // a terminal that is gone is no reason to stop
}
