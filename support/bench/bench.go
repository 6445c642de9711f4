// Package bench measures how fast a run is, side by side with what a bare client takes that sends the same
// requests.
package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// Options say what to measure.
type Options struct {
	Root    string   // of the module
	APIs    []string // saymon, sdm, sessions
	Rows    []string // of Rows
	Repeats int      // of each measurement, at most; sides take turns
	// Patience bounds the repetitions of a measurement: one that would end later is left out. The first is always made.
	Patience time.Duration
	Few      int // how many targets the growth is measured from
	Many     int // and up to how many
	Out      io.Writer
}

// Rows are what can be measured.
func Rows() []string { return []string{"counts", "start", "change", "one", "many", "growth"} }

type bench struct {
	Options
	programs *programs
	requests map[string]string // paths of recorded requests, by API
	rows     []row
}

// Run measures and writes a table to Out as it goes on. It gives the same as Go's benchmarks are written, for
// benchstat; what was measured before an error too.
func Run(o Options) (benchmarkText string, err error) {
	b, err := prepare(o)
	if err != nil {
		return "", err
	}
	defer b.programs.remove()
	measures := map[string]func(api string) error{"counts": b.counts, "start": b.start, "change": b.change, "one": b.one,
		"many": b.many, "growth": b.growth}
	for _, name := range Rows() {
		for _, api := range o.APIs {
			if !slices.Contains(o.Rows, name) {
				continue
			}
			if err := measures[name](api); err != nil {
				return benchmarks(b.rows), fmt.Errorf("%s, %s: %w", name, api, err)
			}
		}
	}
	return benchmarks(b.rows), nil
}

// prepare builds the programs, records a run's requests and keeps them.
func prepare(o Options) (*bench, error) {
	b := &bench{Options: o, requests: map[string]string{}}
	var err error
	if b.programs, err = build(o.Root, o.APIs); err != nil {
		return nil, err
	}
	for _, api := range o.APIs {
		if b.requests[api], err = b.programs.recorded(api); err != nil {
			b.programs.remove()
			return nil, err
		}
	}
	return b, nil
}

// repeat measures as often as Options say.
func (b *bench) repeat(once func() error) error {
	began := time.Now()
	for done := range b.Repeats {
		if spent := time.Since(began); done > 0 && spent+spent/time.Duration(done) > b.Patience {
			return nil
		}
		if err := once(); err != nil {
			return err
		}
	}
	return nil
}

// done keeps a row and shows it.
func (b *bench) done(r row) {
	b.rows = append(b.rows, r)
	_ = table(b.Out, []row{r}) // a terminal that is gone is no reason to stop
}
