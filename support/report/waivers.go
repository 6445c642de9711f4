package report

import (
	"time"

	"session-conformance/support/target"
)

// stale says why a waiver does not hold any more; empty: it holds. A clause without an answer keeps its waiver: nobody
// knows yet.
func (t *Target) stale(w target.Waiver, now time.Time, filtered bool) string {
	if w.Over(now) {
		return "it is over since " + w.Until
	}
	if filtered {
		return "" // the spec that it excuses may be one that was not run
	}
	named, passes := false, false
	for _, r := range t.Results {
		if r.Clause != w.Clause {
			continue
		}
		switch named = true; r.Verdict {
		case Waived, Fail, Inconclusive:
			return ""
		case Pass:
			passes = true
		}
	}
	switch {
	case !named:
		return "no spec judges a clause of that name"
	case passes:
		return "its clause passes now"
	}
	return ""
}
