package clause

import (
	"fmt"
	"sort"
)

// Ledger says of each clause which specs judge it.
type Ledger map[string][]string

// Check lists what the catalogue and the specs disagree about: a clause without a spec and without a reason, one with
// both, a spec with an unknown clause.
func (l Ledger) Check(c *Catalogue) []string {
	var wrong []string
	for _, k := range c.Clauses {
		switch specs := l[k.ID]; {
		case len(specs) == 0 && k.Unjudged == "":
			wrong = append(wrong, fmt.Sprintf("suites/%s/clauses.yaml: clause %s has no spec: write one, or say under "+
				"unjudged why there is none", c.API, k.ID))
		case len(specs) > 0 && k.Unjudged != "":
			wrong = append(wrong, fmt.Sprintf("suites/%s/clauses.yaml: clause %s says why it is unjudged, and yet %q judges it",
				c.API, k.ID, specs[0]))
		}
	}
	for id, specs := range l {
		if _, ok := c.Get(id); !ok {
			wrong = append(wrong, fmt.Sprintf("spec %q judges the clause %s, which suites/%s/clauses.yaml does not have",
				specs[0], id, c.API))
		}
	}
	sort.Strings(wrong)
	return wrong
}
