//go:build unit

package servers

import (
	"slices"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
	"session-conformance/support/reference/wire"
)

// TestPeculiaritiesAreNamedWell: names are words with hyphens, none is used twice, and each says what it does in a
// sentence.
func TestPeculiaritiesAreNamedWell(t *testing.T) {
	g := NewWithT(t)
	for api, list := range map[string]struct {
		faults   []reference.Fault
		variants []reference.Variant
	}{
		"saymon":   {saymon.Faults, saymon.Variants},
		"sdm":      {sdm.Faults, sdm.Variants},
		"sessions": {sessions.Faults, sessions.Variants},
	} {
		seen := map[string]bool{}
		check := func(name, says string) {
			g.Expect(name).To(MatchRegexp(`^[a-z0-9]+(-[a-z0-9]+)*$`), api)
			g.Expect(says).To(MatchRegexp(`^\S.*\.$`), api+" "+name)
			g.Expect(seen).NotTo(HaveKey(name), api)
			seen[name] = true
		}
		for _, f := range list.faults {
			check(f.Name, f.Says)
		}
		for _, v := range append(slices.Clone(list.variants), wire.Variants...) {
			check(v.Name, v.Says)
		}
	}
}
