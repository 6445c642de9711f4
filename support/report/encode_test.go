//go:build unit

package report

import (
	"bytes"
	"encoding/json"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/sink"
)

// Written a target at a time, the JSON is what encoding/json writes of the whole.
func TestResultsEncodeAsAWhole(t *testing.T) {
	g := NewWithT(t)
	none, several := sample(), sample()
	none.Targets = []Target{}
	none.Filter = `--focus "targets": []`
	several.Targets = append(several.Targets, several.Targets...)
	for _, r := range []*Results{none, sample(), several} {
		r.Clauses = r.clauses()
		whole, err := json.MarshalIndent(r, "", " ")
		g.Expect(err).NotTo(HaveOccurred())
		var b bytes.Buffer
		g.Expect(r.encode(&b)).To(Succeed())
		g.Expect(b.String()).To(Equal(string(sink.JSON(whole)) + "\n"))
	}
}

// Of many targets each has a line, and the JSON says the same.
func TestResultsOfManyTargetsHaveALineEach(t *testing.T) {
	g := NewWithT(t)
	many := sample()
	for len(many.Targets) <= manyTargets {
		many.Targets = append(many.Targets, many.Targets[0])
	}
	var b bytes.Buffer
	g.Expect(many.encode(&b)).To(Succeed())
	many.Clauses = many.clauses()
	whole, err := json.Marshal(many)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(b.String()).To(MatchJSON(whole))
	lines := 0
	for line := range bytes.Lines(b.Bytes()) {
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte(`{"name":`)) {
			lines++
		}
	}
	g.Expect(lines).To(Equal(len(many.Targets)))
}
