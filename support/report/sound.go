package report

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"session-conformance/support/sink"
)

// Sound says what the results of an API hold that no run writes, since it decides the exit of a merge; nil: nothing.
func (r *Results) Sound(api string) error {
	if r.API != api {
		return fmt.Errorf("it holds results of %s", short200(r.API))
	}
	if len(r.Targets)+len(r.Problems) == 0 {
		return errors.New("it holds results of no target")
	}
	for i := range r.Targets {
		if wrong := r.Targets[i].contradicts(); wrong != "" {
			return fmt.Errorf("%s: %s", sink.Line(r.Targets[i].Name), wrong)
		}
	}
	return nil
}

// contradicts says how the verdict of a target does not follow from those of its specs; empty: it does.
func (t *Target) contradicts() string {
	for _, s := range t.Results {
		if !slices.Contains(Verdicts(), s.Verdict) {
			return fmt.Sprintf("%q is no verdict of a spec", short200(string(s.Verdict)))
		}
	}
	follows := Target{Results: t.Results}
	follows.Judge(time.Time{}, false)
	switch {
	case t.Stopped != "" && t.Verdict == Inconclusive: // nothing of it may have been judged
		return ""
	case len(t.Results) == 0:
		return "nothing of it was judged, and nothing says why"
	case t.Verdict == Partial && follows.Verdict == Conformant:
		return "" // v0.1.0 took each clause for missing of which one spec lacked a setting
	case t.Verdict != follows.Verdict:
		return fmt.Sprintf("its verdict is %q, and its specs make it %q", short200(string(t.Verdict)), follows.Verdict)
	}
	return ""
}
