package report

import (
	"fmt"
	"time"

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
func (t *Target) From() string {
	switch g := t.Gathered; {
	case g == nil:
		return "judged live"
	case g.When.IsZero():
		return "judged from evidence of suite " + g.By + ", in which nothing was asked"
	default:
		return fmt.Sprintf("judged from evidence gathered %s by suite %s", when(g.When), g.By)
	}
}
