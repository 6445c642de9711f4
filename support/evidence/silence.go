package evidence

import (
	"fmt"
	"net/http"
	"time"

	"session-conformance/support/exchange"
)

// isThere finds out after a silence on what must be refused whether the target is there: a good login tells. If it is,
// the silence was its answer to that request, unless all its answers take long: it, or this machine, may be too busy.
func (t *Caller) isThere(e *exchange.Exchange) {
	if e.NoAnswer == "" || e.Unsendable || e.Unsent || e.Answer != nil || t.rec.over(t.ctx) != "" || t.scenario.control {
		return
	}
	defer t.takeTurn("user")()
	if plain := t.plain("user", "log in, to see whether the target is there"); plain != nil && plain.Succeeded() {
		slowest, timeout := time.Duration(0), t.rec.target.Timeout
		for _, answered := range t.rec.every() {
			if answered.Answer != nil {
				slowest = max(slowest, answered.Took)
			}
		}
		if e.Took >= timeout && slowest >= timeout/4 {
			e.Void(fmt.Sprintf("none came within the timeout of %s, and another answer took %.1f s: the target or this machine "+
				"is slow, so a longer timeout would tell", timeout, slowest.Seconds()))
			return
		}
		e.Note(exchange.ThereNote, "a good login right after it was answered "+http.StatusText(plain.Status()))
	}
}

// noteLost keeps the first request that any target answers, and whose answer was lost on a connection that was made.
func (r *recorder) noteLost(c call, e *exchange.Exchange) {
	expected := !c.refuse && !c.odd && !c.beside && !r.tidying && r.cut.IsZero()
	if r.lost == nil && r.letIn && expected && e.NoAnswer != "" && !e.Unsent && !e.Unsendable {
		r.lost = e
	}
}

// tellSilences voids the silences on what must be refused where requests that any target answers lost their answers,
// too: the network may have, and nobody knows which.
func (r *recorder) tellSilences() {
	for _, e := range r.every() {
		if r.lost != nil && e.Notes[exchange.ThereNote] != "" {
			e.Void(fmt.Sprintf("%s; nor did %q in %q get one (%s), so the network may have lost both", e.NoAnswer, r.lost.Step,
				r.lost.Scenario, r.lost.NoAnswer))
		}
	}
}
