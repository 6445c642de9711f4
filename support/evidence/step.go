package evidence

import (
	"fmt"
	"slices"

	"session-conformance/support/exchange"
)

// Steps are the requests that a scenario declares. The zero value has none yet.
type Steps struct {
	scenario *Scenario
	all      []*Step
}

// Step declares one more. Its name is unique in its scenario.
func (s *Steps) Step(name string) *Step {
	step := &Step{Name: name, of: s}
	s.all = append(s.all, step)
	return step
}

// Step is a request that a scenario declares. Scenarios send it and specs read it by its value, so that a misspelt one
// does not compile.
type Step struct {
	Name string // unique in its scenario
	// TryOf is the login that must not succeed whose answer left what this request uses; nil for all others.
	TryOf *Step
	of    *Steps // nil: it is declared by none
}

// NewStep makes a step of a scenario that declares none, as the clean-up does.
func NewStep(name string) *Step { return &Step{Name: name} }

// Scenario is the one that declares the step; nil where none does.
func (s *Step) Scenario() *Scenario {
	if s.of == nil {
		return nil
	}
	return s.of.scenario
}

// Beside declares another step of the same scenario.
func (s *Step) Beside(name string) *Step { return s.of.Step(name) }

// Then is a further request that follows this one where its answer calls for it. The number is for a FollowUp whose
// name counts.
func (s *Step) Then(f *FollowUp, number ...int) *Step {
	next := &Step{Name: s.Name + ", " + f.named(number...), of: s.of}
	if f.tries {
		next.TryOf = s
	}
	return next
}

// tryOf is the name of the step whose answer's leftovers are used, or empty.
func (s *Step) tryOf() string {
	if s.TryOf == nil {
		return ""
	}
	return s.TryOf.Name
}

// outcome says why the step left nothing to judge.
func (s *Step) outcome(in *Scenario, verdict, reason string) Outcome {
	return Outcome{Scenario: in.Name, Step: s.Name, TryOf: s.tryOf(), Verdict: verdict, Reason: reason}
}

// outcome says why the whole scenario did.
func (s *Scenario) outcome(verdict, reason string) Outcome {
	return Outcome{Scenario: s.Name, Verdict: verdict, Reason: reason}
}

// Steps are those that the scenario declares.
func (s *Scenario) Steps() []*Step {
	if s.steps == nil {
		return nil
	}
	return s.steps.all
}

// checkSteps says what is wrong with a scenario's steps.
func (s *Scenario) checkSteps() error {
	if len(s.Steps()) == 0 {
		return fmt.Errorf("%q declares no steps", s.Name)
	}
	if other := s.steps.scenario; other != s {
		return fmt.Errorf("%q and %q share their steps: declare some for each", s.Name, other.Name)
	}
	names := map[string]bool{}
	for _, step := range s.Steps() {
		if names[step.Name] {
			return fmt.Errorf("two steps of %q are called %q", s.Name, step.Name)
		}
		names[step.Name] = true
	}
	return nil
}

// own is the step as the scenario may send it. One that declares no steps, as the clean-up, may send any; one without a
// name is called by what it asks.
func (s *Scenario) own(step *Step, asked string) *Step {
	switch {
	case step == nil && s.steps == nil:
		return NewStep(asked)
	case step == nil || s.steps != nil && step.of != s.steps:
		panic(fmt.Sprintf("it sends %s, which is none of its steps", asked))
	}
	return step
}

// wrongStep says why a scenario has no step of that name, which tries what the answer to another one left; empty: it
// has.
func (a *API) wrongStep(s *Scenario, name, tryOf string) string {
	declared := func(step string) bool {
		return slices.ContainsFunc(s.Steps(), func(d *Step) bool { return d.Name == step })
	}
	follows := func(f *FollowUp) bool {
		step, ok := f.Of(name)
		return ok && declared(step) && f.tries == (tryOf != "") && (!f.tries || step == tryOf)
	}
	switch {
	case tryOf == "" && declared(name), slices.ContainsFunc(a.followUps, follows), follows(besideFirst):
		return ""
	case tryOf != "" && declared(name):
		return fmt.Sprintf("it does not follow the step %q, whose answer it tries", exchange.Printable(tryOf, 80))
	}
	return "the scenario declares no such step"
}

// The verdicts that a scenario can settle for the specs that read it.
const (
	Unsupported   = "unsupported"
	Unconfigured  = "unconfigured"
	NotApplicable = "not-applicable"
	Inconclusive  = "inconclusive"
)

// Outcome says why a scenario, or one step of it, left nothing to judge.
type Outcome struct {
	Scenario string `json:"scenario"`
	Step     string `json:"step,omitempty"`  // empty: the whole scenario
	TryOf    string `json:"tryOf,omitempty"` // as Exchange.TryOf
	Verdict  string `json:"verdict"`
	Reason   string `json:"reason"`
}

// Session is a session that a run opened.
type Session struct {
	Account string // whose it is
	Cookie  string // the Cookie header that carries it
}
