package proof

import (
	"fmt"
	"regexp"
)

// numbers is the place in support/docs/numbers.md that the proof fills in.
var numbers = regexp.MustCompile(`(?s)(<!-- proof -->).*?(<!-- /proof -->)`)

// FillIn gives a text with the matrix's numbers between <!-- proof --> and <!-- /proof -->, and whether there is such a
// place.
func (m *Matrix) FillIn(text string) (filled string, found bool) {
	n := m.Numbers
	line := fmt.Sprintf("\n| faults caught | variants accepted | null passes |\n|---|---|---|\n| %d of %d | %d of %d | %d |\n",
		n.Caught, n.Faults, n.Accepted, n.Variants, n.NullPasses)
	return numbers.ReplaceAllString(text, "${1}"+line+"${2}"), numbers.MatchString(text)
}
