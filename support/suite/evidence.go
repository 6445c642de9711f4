package suite

import (
	"slices"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/redact"
	"session-conformance/support/report"
	"session-conformance/support/repro"
)

// subject is a target as it is judged.
type subject struct {
	name     string
	chosen   bool // some spec of the target passes the filters
	run      *evidence.Evidence
	lost     string           // why there is no evidence of it
	gathered *report.Gathered // nil: by this run
	secrets  *redact.Hider    // its own, to be masked in what is said of it; nil: none are known
	asked    *repro.Run       // the same as run, for who sends it again; nil: nobody did yet
}

// Evidence is the handle through which specs read what was gathered of the target that they judge.
type Evidence struct {
	*subject // set while a spec judges
	suite    *Suite
	labels   []string             // of the spec that is running
	text     string               // of the same, without the target's name
	read     []*exchange.Exchange // by the spec that is running, the latest last
}

// Target is the target's settings, without secrets. It can be asked only while specs run.
func (ev *Evidence) Target() evidence.Target { return ev.run.Target }

// numbers are those of the exchanges that the spec read, each once.
func (ev *Evidence) numbers() []int {
	numbers := []int{}
	for _, e := range ev.read {
		if !slices.Contains(numbers, e.Number) {
			numbers = append(numbers, e.Number)
		}
	}
	return numbers
}
