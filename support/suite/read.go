package suite

import (
	"cmp"
	"fmt"
	"slices"

	"golang.org/x/mod/semver"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
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

// Of gives a step's exchange. Where there is no answer to judge the spec ends here, with the verdict that the scenario
// left.
func (ev *Evidence) Of(step *evidence.Step) *exchange.Exchange {
	scenario := step.Scenario().Name
	if !slices.Contains(values(ev.labels, "scenario"), scenario) {
		mistaken("it reads the scenario %q: name it in its clause(…)", scenario)
	}
	e := ev.run.Find(scenario, step.Name)
	if e == nil {
		ev.absent(scenario, step.Name)
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
	older := ""
	if by := ev.run.Version; semver.IsValid(by) && semver.Compare(by, evidence.Version()) < 0 {
		older = "not asked by " + by + ", the version that gathered this evidence"
	}
	last := ev.run.Latest(scenario)
	if last == nil {
		Skip(report.Inconclusive, cmp.Or(older, fmt.Sprintf("%q was not asked", scenario)))
	}
	ev.read = append(ev.read, last)
	said := fmt.Sprintf("%q did not come as far as %q: its last request, %q, was answered %s", scenario, step, last.Step,
		match.Outline(last))
	if older != "" { // which of the two it was cannot be told
		said = older + "; or " + said
	}
	Skip(report.Inconclusive, said)
}

// All gives the exchanges of the steps that were sent and answered; it may be none.
func (ev *Evidence) All(steps ...*evidence.Step) []*exchange.Exchange {
	var found []*exchange.Exchange
	for _, step := range steps {
		if e := ev.Optional(step); e != nil {
			found = append(found, e)
		}
	}
	return found
}

// AllOf gives all exchanges of the scenarios that were answered; it may be none.
func (ev *Evidence) AllOf(scenarios ...*evidence.Scenario) []*exchange.Exchange {
	var found []*exchange.Exchange
	for _, s := range scenarios {
		for _, e := range ev.run.Exchanges {
			if e.Scenario == s.Name && e.Unanswered() == "" {
				found = append(found, e)
			}
		}
	}
	ev.read = append(ev.read, found...)
	return found
}

// Optional gives an exchange that may be missing without harm: nil where it is, or where no answer came. Its scenario
// need not be among those that the spec declares.
func (ev *Evidence) Optional(step *evidence.Step) *exchange.Exchange {
	e := ev.run.Find(step.Scenario().Name, step.Name)
	if e == nil || e.Unanswered() != "" {
		return nil
	}
	ev.read = append(ev.read, e)
	return e
}

// Attempts gives the attempts to use what the answer to a step left, though that was to be refused. Where none of them
// succeeds and one was not answered, the spec ends: that one may have.
func (ev *Evidence) Attempts(step *evidence.Step) []*exchange.Exchange {
	var answered, unanswered []*exchange.Exchange
	for _, e := range ev.run.Exchanges {
		if e.Scenario == step.Scenario().Name && e.TryOf == step.Name {
			if e.Unanswered() == "" {
				answered = append(answered, e)
			} else {
				unanswered = append(unanswered, e)
			}
		}
	}
	ev.read = append(ev.read, answered...)
	if slices.ContainsFunc(answered, (*exchange.Exchange).Succeeded) {
		return answered
	}
	for _, e := range unanswered {
		ev.read = append(ev.read, e)
		Skip(report.Inconclusive, e.Unanswered())
	}
	for _, o := range ev.run.Outcomes {
		if o.Scenario == step.Scenario().Name && o.TryOf == step.Name {
			Skip(report.Verdict(o.Verdict), o.Reason)
		}
	}
	return answered
}

// LeftNothing says that no attempt to use what an answer left succeeded.
func (ev *Evidence) LeftNothing(refused *exchange.Exchange) bool {
	return !slices.ContainsFunc(ev.run.Exchanges, func(e *exchange.Exchange) bool {
		return e.Scenario == refused.Scenario && e.TryOf == refused.Step && e.Succeeded()
	})
}
