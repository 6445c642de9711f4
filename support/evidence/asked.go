package evidence

import (
	"maps"
	"slices"
	"strings"
)

// Asked says which documented call each declared step asks. Evidence in which a step asks another one is of no run.
type Asked map[StepName]string

// StepName names a step and its scenario.
type StepName struct{ Scenario, Step string }

// ReadAsked reads what Text has written. A line that begins with a # is a comment.
func ReadAsked(text string) Asked {
	asked, call := Asked{}, ""
	for line := range strings.SplitSeq(text, "\n") {
		switch names := strings.Split(line, "\t"); {
		case len(names) == 3:
			asked[StepName{names[1], names[2]}] = call
		case line != "" && line[0] != '#':
			call = line
		}
	}
	return asked
}

// Text lists the calls, and below each the steps that ask it: a tab, the scenario, a tab, the step.
func (a Asked) Text() string {
	below := map[string][]string{}
	for step, call := range a {
		below[call] = append(below[call], "\t"+step.Scenario+"\t"+step.Step+"\n")
	}
	var b strings.Builder
	b.WriteString("# The call that each step asks. `go tool conformance prove` writes this file; take the line of a " +
		"step that asks\n" +
		"# another call from now on out of it first.\n")
	for _, call := range slices.Sorted(maps.Keys(below)) {
		slices.Sort(below[call])
		b.WriteString(call + "\n" + strings.Join(below[call], ""))
	}
	return b.String()
}

// CallOf names the documented call that an exchange asks, or the target's probe; empty: none.
func (ev *Evidence) CallOf(api *API, method, path string) string {
	if api.Probe != nil && method == "GET" && strings.EqualFold(spelt(path), api.Probe(ev.Target.Target)) {
		return "GET the probe"
	}
	for _, c := range api.Calls {
		if c.is(method, path) {
			return c.text
		}
	}
	return ""
}
