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
	switch t.byClause()[w.Clause] {
	case "":
		return "no spec judges a clause of that name"
	case Pass:
		return "its clause passes now"
	}
	return ""
}
