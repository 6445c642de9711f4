//go:build unit

package proof

import (
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/support/reference/wire"
)

// TestPeculiaritiesAreNamedWell: names are words with hyphens, none is used twice, and each says what it does in a
// sentence.
func TestPeculiaritiesAreNamedWell(t *testing.T) {
	g := NewWithT(t)
	for _, r := range suites.Servers() {
		seen := map[string]bool{}
		check := func(name, says string) {
			g.Expect(name).To(MatchRegexp(`^[a-z0-9]+(-[a-z0-9]+)*$`), r.API)
			g.Expect(says).To(MatchRegexp(`^\S.*\.$`), r.API+" "+name)
			g.Expect(seen).NotTo(HaveKey(name), r.API)
			seen[name] = true
		}
		for _, f := range r.Faults {
			check(f.Name, f.Says)
		}
		for _, v := range append(slices.Clone(r.Variants), wire.Variants...) {
			check(v.Name, v.Says)
		}
	}
}
