package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/redact"
	"session-conformance/support/report"
)

// Evidence is the handle through which the specs of one target read what was gathered of it.
type Evidence struct {
	suite    *Suite
	name     string
	chosen   bool // some spec of the target passes the filters
	run      *evidence.Evidence
	gathered *report.Gathered     // nil: by this run
	secrets  *redact.Hider        // its own, to be masked in what is said of it; nil: none are known
	labels   []string             // of the spec that is running
	text     string               // of the same, without the target's name
	read     []*exchange.Exchange // by the spec that is running, the latest last
}

// Target is the target's settings, without secrets. It can be asked only while specs run.
func (ev *Evidence) Target() evidence.Target { return ev.run.Target }

// Skip ends the spec with a verdict other than pass and fail, and its reason.
func Skip(verdict report.Verdict, reason string) {
	concluding(verdict, guard(cut(reason, textLimit)), 1)
}

// concluding ends a spec. Ginkgo knows pass, fail and skip; a crowd's spec ends for one target only, see judgeAll.
var concluding = func(verdict report.Verdict, text string, skip int) {
	if verdict == report.Fail {
		ginkgo.Fail(text, skip+1)
	}
	ginkgo.Skip(string(verdict)+": "+text, skip+1)
}

// begin makes the handle ready for a spec.
func (ev *Evidence) begin(spec ginkgo.SpecReport) {
	ev.labels, ev.text, ev.read = spec.Labels(), ev.suite.textOf(spec, spec.Labels()), nil
	ev.suite.now = ev
	match.Forget()
}

// finish records the numbers of the exchanges that the spec read.
func (ev *Evidence) finish() {
	ev.suite.now = nil
	text := strings.Trim(fmt.Sprint(ev.numbers()), "[]")
	if text != "" {
		ginkgo.AddReportEntry(exchangesEntry, text, ginkgo.ReportEntryVisibilityNever)
	}
}

// numbers are those of the exchanges that the spec read, each once.
func (ev *Evidence) numbers() []int {
	var numbers []int
	for _, e := range ev.read {
		if !slices.Contains(numbers, e.Number) {
			numbers = append(numbers, e.Number)
		}
	}
	return numbers
}

// exchangesEntry is the report entry that carries the numbers of a spec's exchanges, separated by blanks.
const exchangesEntry = "exchanges"
