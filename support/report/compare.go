package report

import (
	"fmt"
	"slices"
)

// The kinds of changes since an accepted state, in the order in which they are shown.
const (
	NewlyFailing       = "newly failing"
	NewlyUnanswered    = "newly unanswered"
	NoLongerJudged     = "no longer judged"
	Gone               = "gone"
	OtherVerdict       = "other verdict"
	NewlyPassing       = "newly passing"
	Came               = "new"
	ChangedObservation = "changed observation"
)

func kinds() []string {
	return []string{NewlyFailing, NewlyUnanswered, NoLongerJudged, Gone, OtherVerdict, NewlyPassing, Came,
		ChangedObservation}
}

// Change is one difference between an accepted state and a run.
type Change struct {
	Kind    string `json:"kind"`
	Subject string `json:"subject"`          // a spec with its clause, an observation, or "the target"
	Spec    string `json:"spec,omitempty"`   // the spec's text, where it is one
	Clause  string `json:"clause,omitempty"` // and its clause
	Before  string `json:"before,omitempty"` // a verdict or an observation's value; empty: there was none
	Now     string `json:"now,omitempty"`    // empty: there is none
	Worse   bool   `json:"worse,omitempty"`  // it breaks the gate
}

// TargetChanges are the changes of one target.
type TargetChanges struct {
	API, Name string
	Changes   []Change
}

// Comparison is what changed since an accepted state.
type Comparison struct{ Targets []TargetChanges }

// Worse says whether anything became worse.
func (c *Comparison) Worse() bool {
	return slices.ContainsFunc(c.Targets, func(t TargetChanges) bool { return slices.ContainsFunc(t.Changes, worse) })
}

func worse(c Change) bool { return c.Worse }

// Compare gives what changed since the accepted state, for the targets of these names; none: all. What a filter left
// out is not missed. A failure that was never accepted is a new one, whether its spec or its target was there before
// or not.
func Compare(accepted *Accepted, runs []*Results, names []string) (*Comparison, error) {
	if err := usable(runs); err != nil {
		return nil, err
	}
	chosen := func(name string) bool { return len(names) == 0 || slices.Contains(names, name) }
	filtered := slices.ContainsFunc(runs, func(r *Results) bool { return r.Filter != "" })
	comparison, compared := &Comparison{}, map[string]bool{}
	known := map[string]*AcceptedTarget{}
	for i := range accepted.Targets {
		known[accepted.Targets[i].key()] = &accepted.Targets[i]
	}
	for run, now := range Each(runs) {
		if key := run.API + " " + now.Name; chosen(now.Name) {
			compared[key] = true
			comparison.Targets = append(comparison.Targets, TargetChanges{run.API, now.Name, changes(known[key], now, filtered)})
		}
	}
	for i := range accepted.Targets {
		t := &accepted.Targets[i]
		if chosen(t.Name) && !compared[t.key()] && !filtered {
			comparison.Targets = append(comparison.Targets, TargetChanges{t.API, t.Name,
				[]Change{{Kind: Gone, Subject: "the target", Worse: true}}})
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(comparison.Targets, func(t TargetChanges) bool { return t.Name == name }) {
			return nil, fmt.Errorf("TARGET names %s, which has neither results nor an accepted state", name)
		}
	}
	return comparison, nil
}

func (t *AcceptedTarget) key() string { return t.API + " " + t.Name }

// changes compares a target with its accepted state; nil: it has none.
func changes(before *AcceptedTarget, now *Target, filtered bool) (list []Change) {
	fresh := before == nil
	if fresh {
		before = &AcceptedTarget{}
		list = append(list, Change{Kind: Came, Subject: "the target", Now: string(now.Verdict)})
	}
	earlier, clauses := map[string]Verdict{}, map[string]bool{}
	for _, s := range before.Specs {
		earlier[s.Spec], clauses[s.Clause] = s.Verdict, true
	}
	for _, r := range now.Results {
		verdict, known := earlier[r.Spec]
		delete(earlier, r.Spec) // what is left then is gone
		kind, worse := kindOf(verdict, r)
		if kind == "" || fresh && !worse {
			continue // nothing changed, or the line about the new target says it
		}
		subject := r.Clause + ": " + r.Spec
		if !known && !clauses[r.Clause] {
			subject += " (a new clause)"
		}
		list = append(list, Change{kind, subject, r.Spec, r.Clause, string(verdict), string(r.Verdict), worse})
	}
	there := now.byClause()
	for _, s := range before.Specs {
		if _, gone := earlier[s.Spec]; !gone || filtered {
			continue
		}
		subject := s.Clause + ": " + s.Spec
		if there[s.Clause] == "" {
			subject += " (with its clause)"
		}
		list = append(list, Change{Gone, subject, s.Spec, s.Clause, string(s.Verdict), "", decided(s.Verdict)})
	}
	if !fresh {
		list = append(list, observed(before, now, filtered)...)
	}
	sortBy(list, func(c Change) int { return slices.Index(kinds(), c.Kind) })
	return list
}

// kindOf says what has become of a spec, and whether it is worse. before is empty for a new one.
func kindOf(before Verdict, now Result) (kind string, worse bool) {
	switch {
	case before == now.Verdict:
		return "", false
	case now.Verdict == Fail:
		return NewlyFailing, true
	case now.Verdict == Inconclusive:
		return NewlyUnanswered, now.Tier != "extra"
	case before == "":
		return Came, false
	case decided(before) && (now.Verdict == Unsupported || now.Verdict == Unconfigured):
		return NoLongerJudged, true
	case decided(before) && now.Verdict == NotApplicable:
		return NoLongerJudged, false // the product decides it, within what the documents leave open
	case now.Verdict == Pass:
		return NewlyPassing, false
	}
	return OtherVerdict, false
}

// decided says that the verdict is one on a clause, not the lack of one.
func decided(v Verdict) bool { return v == Pass || v == Fail || v == Warn || v == Waived }

// observed are the changed observations. They are shown and never worse: the documents leave open what they tell.
func observed(before *AcceptedTarget, now *Target, filtered bool) (list []Change) {
	earlier := map[string]string{}
	for _, o := range before.Observations {
		earlier[o.Name] = o.Value
	}
	for _, o := range now.Observations {
		value := earlier[o.Name]
		delete(earlier, o.Name)
		if value != o.Value {
			list = append(list, Change{Kind: ChangedObservation, Subject: o.Name, Before: value, Now: o.Value})
		}
	}
	for _, o := range before.Observations {
		if _, gone := earlier[o.Name]; gone && !filtered {
			list = append(list, Change{Kind: ChangedObservation, Subject: o.Name, Before: o.Value})
		}
	}
	return list
}
