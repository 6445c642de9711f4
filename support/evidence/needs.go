package evidence

import (
	"fmt"
	"slices"

	"session-conformance/support/target"
)

// need is a setting or feature that a scenario may ask for.
type need struct {
	feature string                      // what a target names under without if it lacks this
	setting string                      // what to fill in
	given   func(t *target.Target) bool // nil: nothing has to be configured
	secret  bool                        // evidence does not hold it
}

// needs are the names that Needs takes.
var needs = map[string]need{
	"user.email": {"email", "user.email", func(t *target.Target) bool { return t.User != nil && t.User.Email != "" },
		false},
	"user.id":    {"", "user.id", func(t *target.Target) bool { return t.User != nil && t.User.ID != "" }, false},
	"other_user": {"", "other_user", func(t *target.Target) bool { return t.OtherUser != nil }, false},
	"other_user.id": {"", "other_user.id",
		func(t *target.Target) bool { return t.OtherUser != nil && t.OtherUser.ID != "" }, false},
	"other_user.password": {"", "other_user.password",
		func(t *target.Target) bool { return t.OtherUser != nil && t.OtherUser.Password != "" }, true},
	"auth-token": {feature: "auth-token"},
	needToken:    {"keycloak", "keycloak", func(t *target.Target) bool { return t.Keycloak != nil }, false},
	"xml":        {feature: "xml"},
	"json":       {feature: "json"},
	"probe":      {feature: "probe"},
	"logout":     {feature: "logout"},
	"token":      {"token", "token", func(t *target.Target) bool { return t.Token != "" }, true},
	"node":       {"node", "node", func(t *target.Target) bool { return len(t.Node) > 0 }, true},
}

// Unset is the setting without which the scenario of that name cannot be asked of the target; empty where it can, or
// where the target declares to be without what it is about.
func (a *API) Unset(scenario string, t *target.Target) string {
	for _, s := range a.scenarios {
		if s.Name != scenario {
			continue
		}
		for _, name := range s.needs {
			if n := needs[name]; n.feature != "" && slices.Contains(t.Without, n.feature) {
				return ""
			}
		}
		for _, name := range s.needs {
			if n := needs[name]; n.given != nil && !n.given(t) {
				return n.setting
			}
		}
	}
	return ""
}

// missing says what keeps a scenario from running against the target: a verdict and its reason, or nothing.
func missing(s *Scenario, t *target.Target) (verdict, reason string) {
	if s.without != "" && !slices.Contains(t.Without, s.without) {
		return NotApplicable, "the target offers " + s.without
	}
	for _, name := range s.needs {
		n, known := needs[name]
		if !known {
			panic(fmt.Sprintf("scenario %q needs %q, which is in no list: see evidence/needs.go", s.Name, name))
		}
		if n.feature != "" && slices.Contains(t.Without, n.feature) {
			return Unsupported, fmt.Sprintf("targets.yaml declares that %s is without %s", t.Name, n.feature)
		}
	}
	for _, name := range s.needs {
		if n := needs[name]; n.given != nil && !n.given(t) {
			return Unconfigured, fmt.Sprintf("%s is not set for %s: fill it in in targets.yaml to have this judged", n.setting,
				t.Name)
		}
	}
	return "", ""
}
