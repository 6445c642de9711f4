// Package evidence runs scenarios against targets side by side, and keeps what came of them as HAR files without
// secrets.
package evidence

import (
	"bytes"
	"fmt"
	"slices"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// Scenario is a named chain of requests. It runs at most once per target and run.
type Scenario struct {
	Name    string
	steps   *Steps // nil: it may send any
	needs   []string
	without string      // runs only where the target lacks this feature
	after   []*Scenario // whose exchanges it builds on
	account string      // whose logins it makes; empty: it logs nobody in
	control bool
	ending  bool
	act     func(*Caller)
}

// ScenarioOption says when and after what a scenario runs.
type ScenarioOption func(*Scenario)

// Needs names settings or features without which the scenario does not run: see missing.
func Needs(names ...string) ScenarioOption {
	return func(s *Scenario) { s.needs = append(s.needs, names...) }
}

// OnlyWithout makes a scenario run just where the target lacks the feature: it looks whether it is really absent.
func OnlyWithout(feature string) ScenarioOption {
	return func(s *Scenario) { s.without = feature }
}

// After names scenarios whose exchanges this one builds on; they run before it, under a filter too.
func After(earlier ...*Scenario) ScenarioOption {
	return func(s *Scenario) { s.after = append(s.after, earlier...) }
}

// Account says whose logins the scenario makes. Where a login ends the earlier session, scenarios of one account take
// turns.
func Account(name string) ScenarioOption {
	return func(s *Scenario) { s.account = name }
}

// Control makes the scenario the one that runs alone, before all others. Each API has one.
func Control() ScenarioOption {
	return func(s *Scenario) { s.control = true }
}

// Ending makes the scenario run alone, after all that are no endings.
func Ending() ScenarioOption {
	return func(s *Scenario) { s.ending = true }
}

// API is what a suite asks of its targets.
type API struct {
	Name      string
	scenarios []*Scenario
	followUps []*FollowUp
	// LogOut ends a session, and gives the logout; nil where the API has none.
	LogOut func(t *Caller, step *Step, s Session, options ...Option) *exchange.Exchange
	// Session is the session that a login by password opened; its cookie is empty where it opened none.
	Session func(t *Caller, login *exchange.Exchange) Session
	// Calls are the documented calls, which evidence must ask.
	Calls []Call
	// TokenQuery is the parameter of a query that carries a token; empty: none does.
	TokenQuery string
	// Probe is the path of a call that the target itself names; nil where the API has none.
	Probe func(target.Target) string
	// Asked says which of them each step asks, as far as that is known.
	Asked Asked
	// Words are what the API's documents themselves call things: never taken for a secret.
	Words []string
}

// Add declares a scenario with its steps and returns it.
func (a *API) Add(name string, steps *Steps, act func(*Caller), options ...ScenarioOption) *Scenario {
	s := &Scenario{Name: name, steps: steps, act: act}
	if steps != nil && steps.scenario == nil {
		steps.scenario = s
	}
	for _, option := range options {
		option(s)
	}
	a.scenarios = append(a.scenarios, s)
	return s
}

// Check says what is wrong with the scenarios: there is one control, each has a name of its own and steps that no other
// has, and none runs after one that is declared later, which would never begin.
func (a *API) Check() error {
	controls, names := 0, map[string]bool{}
	for _, s := range a.Scenarios() {
		if s.control {
			controls++
		}
		if names[s.Name] {
			return fmt.Errorf("two scenarios are called %q", s.Name)
		}
		names[s.Name] = true
		if err := s.checkSteps(); err != nil {
			return err
		}
		for _, earlier := range s.after {
			if !names[earlier.Name] {
				return fmt.Errorf("%q runs after %q, which is declared later", s.Name, earlier.Name)
			}
		}
	}
	if controls != 1 {
		return fmt.Errorf("%d scenarios are the control; declare exactly one with Control()", controls)
	}
	return nil
}

// Scenarios are all scenarios in the order in which their exchanges are numbered: control, the others as they were
// declared, endings.
func (a *API) Scenarios() []*Scenario {
	rank := func(s *Scenario) int {
		switch {
		case s.control:
			return 0
		case s.ending:
			return 2
		}
		return 1
	}
	ordered := slices.Clone(a.scenarios)
	slices.SortStableFunc(ordered, func(x, y *Scenario) int { return rank(x) - rank(y) })
	return ordered
}

// chosen are the scenarios to run, in order: all where names is nil, else control, the named ones and what they build
// on.
func (a *API) chosen(names map[string]bool) []*Scenario {
	wanted := map[*Scenario]bool{}
	var want func(*Scenario)
	want = func(s *Scenario) {
		wanted[s] = true
		for _, earlier := range s.after {
			want(earlier)
		}
	}
	for _, s := range a.scenarios {
		if names == nil || names[s.Name] || s.control {
			want(s)
		}
	}
	return slices.DeleteFunc(a.Scenarios(), func(s *Scenario) bool { return !wanted[s] })
}

// The scenarios of the suite's own. No spec reads them; they stand in the evidence after all others, in this order, so
// that it shows whatever was sent.
const (
	// LookName is the GET without credentials that may explain why control was not let in.
	LookName = "look at the address"
	// BetweenName are the good logins that no scenario asked for: see goodBetween.
	BetweenName = "log in between refused logins"
	// CleanUpName is what undoes what is left.
	CleanUpName = "end the sessions that are left open"
)

var (
	looks, between, tidies = &Scenario{Name: LookName}, &Scenario{Name: BetweenName}, &Scenario{Name: CleanUpName}
	ownScenarios           = []*Scenario{looks, between, tidies}
)

// IsOwn says whether a scenario is one of them.
func IsOwn(scenario string) bool {
	return slices.ContainsFunc(ownScenarios, func(s *Scenario) bool { return s.Name == scenario })
}

// unlikeOwn says why an entry of such a scenario is none that a run leaves; empty: it may be one.
func (ev *Evidence) unlikeOwn(e *exchange.Exchange) string {
	switch e.Scenario {
	case LookName:
		if e.Request.Method != "GET" || len(e.Request.Body) > 0 || e.Configured || e.Request.Header.Get("Cookie") != "" {
			return "it is no GET without credentials"
		}
	case BetweenName:
		if !e.Configured || !slices.ContainsFunc(ev.Exchanges, func(o *exchange.Exchange) bool {
			return !IsOwn(o.Scenario) && o.Configured && o.Succeeded() && o.Request.Method == e.Request.Method &&
				o.Request.URL == e.Request.URL && bytes.Equal(o.Request.Body, e.Request.Body)
		}) {
			return "it repeats no login that a scenario made"
		}
	}
	return ""
}
