package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/types"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/report"
)

// Evidence is the handle through which the specs of one target read what was gathered of it.
type Evidence struct {
	suite    *Suite
	name     string
	chosen   bool // some spec of the target passes the filters
	run      *evidence.Evidence
	gathered *report.Gathered      // nil: by this run
	leaks    func([]byte) []string // names the target's secrets that stand in a text; nil where none are known
	labels   []string              // of the spec that is running
	text     string                // of the same, without the target's name
	read     []*exchange.Exchange  // by the spec that is running, the latest last
	// These do so through one encoding only, for each text that is printed. leaksQuickly knows all that was gathered, on process 1;
	// configured knows targets.yaml, on each process.
	leaksQuickly, configured func([]byte) []string
}

// Target is the target's settings, without secrets. It can be asked only while specs run.
func (ev *Evidence) Target() evidence.Target { return ev.run.Target }

// Of gives an exchange of a scenario: the first one, or the one of that step. Where there is no answer to judge the spec
// ends here, with the verdict that the scenario left.
func (ev *Evidence) Of(s *evidence.Scenario, step ...string) *exchange.Exchange {
	ginkgo.GinkgoHelper()
	wanted := strings.Join(step, "")
	if !slices.Contains(values(ev.labels, "scenario"), s.Name) {
		concluding(report.Fail, fmt.Sprintf("the suite's own spec failed: it reads the scenario %q: name it in its clause(…)", s.Name), 0)
	}
	e := ev.run.Find(s.Name, wanted)
	if e == nil {
		ev.absent(s.Name, wanted)
	}
	ev.read = append(ev.read, e)
	if why := e.Unanswered(); why != "" {
		Skip(report.Inconclusive, why)
	}
	return e
}

// absent ends the spec, because the scenario did not come as far as the step.
func (ev *Evidence) absent(scenario, step string) {
	if o, ok := ev.run.Outcome(scenario, step); ok {
		Skip(report.Verdict(o.Verdict), o.Reason)
	}
	if ev.run.Target.Stopped != "" {
		Skip(report.Inconclusive, "not asked: "+ev.run.Target.Stopped)
	}
	if last := ev.run.Latest(scenario); last != nil {
		ev.read = append(ev.read, last)
		Skip(report.Inconclusive, fmt.Sprintf("%q did not come as far as %q: its last request, %q, was answered %s", scenario, step, last.Step, match.Outline(last)))
	}
	Skip(report.Inconclusive, fmt.Sprintf("%q was not asked", scenario))
}

// All gives the exchanges of a scenario whose steps begin with the prefix, answered ones only; it may be none.
func (ev *Evidence) All(s *evidence.Scenario, prefix string) []*exchange.Exchange {
	var found []*exchange.Exchange
	for _, e := range ev.run.Exchanges {
		if e.Scenario == s.Name && strings.HasPrefix(e.Step, prefix) && e.Unanswered() == "" {
			found = append(found, e)
		}
	}
	ev.read = append(ev.read, found...)
	return found
}

// Tries gives what a scenario tried with what a refused request may have left: its steps called "<step>, is …". Where none of
// them succeeds and one was not answered, the spec ends: that one may have.
func (ev *Evidence) Tries(s *evidence.Scenario, step string) []*exchange.Exchange {
	prefix := step + ", is "
	tries := ev.All(s, prefix)
	if slices.ContainsFunc(tries, (*exchange.Exchange).Succeeded) {
		return tries
	}
	for _, e := range ev.run.Exchanges {
		if why := e.Unanswered(); why != "" && e.Scenario == s.Name && strings.HasPrefix(e.Step, prefix) {
			ev.read = append(ev.read, e)
			Skip(report.Inconclusive, why)
		}
	}
	for _, o := range ev.run.Outcomes {
		if o.Scenario == s.Name && strings.HasPrefix(o.Step, prefix) {
			Skip(report.Verdict(o.Verdict), o.Reason)
		}
	}
	return tries
}

// Maybe gives an exchange that may be missing without harm: nil where it is, or where no answer came. Its scenario need not
// be among those that the spec declares.
func (ev *Evidence) Maybe(s *evidence.Scenario, step string) *exchange.Exchange {
	e := ev.run.Find(s.Name, step)
	if e == nil || e.Unanswered() != "" {
		return nil
	}
	ev.read = append(ev.read, e)
	return e
}

// Given ends the spec as inconclusive where what it builds on does not hold: the matter of the other clause.
func (ev *Evidence) Given(clause string, actual any, matcher types.GomegaMatcher) {
	ginkgo.GinkgoHelper()
	if _, ok := ev.suite.catalogue.Get(clause); !ok {
		concluding(report.Fail, fmt.Sprintf("the suite's own spec failed: it waits for the clause %s, which is in no catalogue", clause), 0)
	}
	met, err := matcher.Match(actual)
	if err == nil && met {
		match.Forget()
		return
	}
	reason := "it is not met"
	if err != nil {
		reason = err.Error()
	} else if _, got, ok := strings.Cut(matcher.FailureMessage(actual), "got "); ok {
		reason = "got " + strings.Join(strings.Fields(got), " ")
	}
	Skip(report.Inconclusive, fmt.Sprintf("waits for %s: %s", clause, reason))
}

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
