//go:build unit

package suite_test

import (
	"encoding/json"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/saymon"
	"session-conformance/support/evidence"
)

// Evidence of a version that kept less of what the suite sends on its own account is read as well.
func TestEvidenceWithoutTheSuitesOwnRequestsIsTaken(t *testing.T) {
	g := NewWithT(t)
	var file object
	g.Expect(json.Unmarshal(saymon.Suite().GatherEmbedded(), &file)).To(Succeed())
	h := &har{log: file["log"].(object)}
	h.entries = h.log["entries"].([]any)
	h.without(evidence.BetweenName)
	h.log["entries"] = h.entries
	before, err := json.Marshal(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(saymon.Suite().ReadForeign(before)).To(Succeed())
}
