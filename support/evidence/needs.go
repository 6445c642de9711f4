package evidence

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/target"
)

// need is a setting or feature that a scenario may ask for, by the name of either.
type need struct {
	feature string // what a target names under without if it lacks this
	setting string // what to fill in; empty: nothing has to be configured
	secret  bool   // evidence does not hold it
}

// needOf finds what a name means to the targets of an API. It panics where that is nothing.
func needOf(api, name string) need {
	n := need{feature: name[strings.LastIndexByte(name, '.')+1:]}
	if !slices.Contains(target.Of(api).Features, n.feature) {
		n.feature = ""
	}
	for _, s := range target.Settings() {
		if s.Path == name {
			n.setting, n.secret = name, s.Secret
		}
	}
	if n.feature == "" && n.setting == "" {
		panic(fmt.Sprintf("%q is needed, which is neither a setting of a target nor a feature of %s", name, api))
	}
	return n
}

// lacking finds what keeps a target from what is needed: a feature that it declares to be without, else a setting that
// is not given.
func lacking(needs []string, t *target.Target) (feature, setting string) {
	for _, name := range needs {
		n := needOf(t.API, name)
		if t.Lacks(n.feature) {
			return n.feature, ""
		}
		if setting == "" && n.setting != "" && !t.Has(n.setting) {
			setting = n.setting
		}
	}
	return "", setting
}

// Unset is the setting without which the scenario of that name cannot be asked of the target; empty where it can, or
// where the target declares to be without what it is about.
func (a *API) Unset(scenario string, t *target.Target) (setting string) {
	for _, s := range a.scenarios {
		if s.Name == scenario {
			_, setting = lacking(s.needs, t)
		}
	}
	return setting
}

// missing says what keeps a scenario from running against the target: a verdict and its reason, or nothing.
func missing(s *Scenario, t *target.Target) (verdict, reason string) {
	if s.without != "" && !slices.Contains(t.Without, s.without) {
		return NotApplicable, "the target offers " + s.without
	}
	switch feature, setting := lacking(s.needs, t); {
	case feature != "":
		return Unsupported, fmt.Sprintf("targets.yaml declares that %s is without %s", t.Name, feature)
	case setting != "":
		return Unconfigured, fmt.Sprintf("%s is not set for %s: fill it in in targets.yaml to have this judged", setting,
			t.Name)
	}
	return "", ""
}

// Meets says whether the target has the setting or feature that a part of a scenario needs: see Needs. Where it lacks
// that, it settles the steps.
func (t *Caller) Meets(need string, steps ...*Step) bool {
	verdict, reason := missing(&Scenario{needs: []string{need}}, &t.Target)
	for _, step := range steps {
		if verdict != "" {
			t.Omit(step, verdict, reason)
		}
	}
	return verdict == ""
}
