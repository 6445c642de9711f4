package evidence

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/exchange"
)

// Step is a request that a scenario declares. Scenarios send it and specs read it by its value, so that a misspelt one
// does not compile.
type Step struct {
	Name string // unique in its scenario
	// TryOf is the login that must not succeed whose answer left what this request uses; nil for all others.
	TryOf    *Step
	scenario *Scenario
}

// NewStep makes a step, to be handed to its scenario.
func NewStep(name string) *Step { return &Step{Name: name} }

// Scenario is the one that the step was handed to; nil where it was handed to none.
func (s *Step) Scenario() *Scenario { return s.scenario }

// Then is a further request that follows this one where its answer calls for it. It needs no declaration.
func (s *Step) Then(what string) *Step {
	return &Step{Name: s.Name + ", " + what, scenario: s.scenario}
}

// Attempt is the request that follows to use what the answer to this one left, though it was to be refused.
func (s *Step) Attempt(what string) *Step {
	attempt := s.Then(what)
	attempt.TryOf = s
	return attempt
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
func (s *Scenario) Steps() []*Step { return s.steps }

// checkSteps says what is wrong with a scenario's steps.
func (s *Scenario) checkSteps() error {
	if len(s.steps) == 0 {
		return fmt.Errorf("%q declares no steps", s.Name)
	}
	names := map[string]bool{}
	for _, step := range s.steps {
		if step.scenario != s {
			return fmt.Errorf("the step %q was handed to %q and to %q: declare one for each", step.Name, s.Name,
				step.scenario.Name)
		}
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
	case step == nil || s.steps != nil && step.scenario != s:
		panic(fmt.Sprintf("it sends %s, which is none of its steps", asked))
	}
	return step
}

// wrongStep says why the scenario has no step of that name, which tries what the answer to another one left; empty: it
// has.
func (s *Scenario) wrongStep(name, tryOf string) string {
	declared := func(step string) bool {
		return slices.ContainsFunc(s.steps, func(d *Step) bool {
			return d.Name == step ||
				strings.HasPrefix(step, d.Name+", ")
		})
	}
	switch {
	case !declared(name):
		return "the scenario declares no such step"
	case tryOf != "" && (!declared(tryOf) || !strings.HasPrefix(name, tryOf+", ")):
		return fmt.Sprintf("it does not follow the step %q, whose answer it tries", exchange.Printable(tryOf, 80))
	}
	return ""
}
