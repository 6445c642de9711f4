package report

import (
	"time"

	"session-conformance/support/lang"
	"session-conformance/support/target"
)

// Gathered says which evidence a target was judged from, when it was not asked by the run that judged it.
type Gathered struct {
	When time.Time `json:"when"`         // when the first request was sent; zero where none was
	By   string    `json:"by,omitempty"` // the version of the suite
	// Waivers stand in the evidence and are not applied: whoever judges says which failures are excused.
	Waivers []target.Waiver `json:"waivers_not_applied,omitempty"`
}

// From says in words whether the target was asked by the run that judged it.
func (t *Target) From(in lang.Language) string { return in.T("judged %s", t.how(in)) }

func (t *Target) how(in lang.Language) string {
	switch g := t.Gathered; {
	case g == nil:
		return in.T("live")
	case g.When.IsZero():
		return in.T("from evidence of suite %s, in which nothing was asked", g.By)
	default:
		return in.T("from evidence gathered %s by suite %s", when(g.When), g.By)
	}
}
