//go:build unit

package proof

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/support/target"
)

// Each API stands in two lists, in one order, and its suite, its reference server and its settings go by one name.
func TestTheListsOfAPIsAgree(t *testing.T) {
	g := NewWithT(t)
	var judging, serving []string
	for _, s := range suites.All() {
		judging, serving = append(judging, s.API()), append(serving, s.Reference().API)
	}
	g.Expect(judging).To(Equal(target.APIs()), "suites/suites.go and suites/apis")
	g.Expect(serving).To(Equal(judging), "the reference server of each suite")
}
