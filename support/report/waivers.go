package report

import (
	"strings"
	"time"

	"session-conformance/support/lang"
	"session-conformance/support/target"
)

// Why is Stale in the reader's language.
func (w Waiver) Why() string {
	if day, over := strings.CutPrefix(w.Stale, "it is over since "); over {
		return lang.T("it is over since %s", day)
	}
	return lang.T(w.Stale)
}

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
