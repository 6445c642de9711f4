//go:build unit

package proof

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/support/reference/servers"
	"session-conformance/support/target"
)

// Each API stands in three lists, in one order.
func TestTheListsOfAPIsAgree(t *testing.T) {
	g := NewWithT(t)
	var judging, serving []string
	for _, s := range suites.All() {
		judging = append(judging, s.API())
	}
	for _, r := range servers.All() {
		serving = append(serving, r.API)
	}
	g.Expect(judging).To(Equal(target.APIs()), "suites/suites.go and suites/apis")
	g.Expect(serving).To(Equal(target.APIs()), "support/reference/servers and suites/apis")
}
