package report

import (
	"bytes"
	"encoding/json"
	"testing"

	. "github.com/onsi/gomega"
)

// Written a target at a time, the JSON is what encoding/json writes of the whole.
func TestResultsEncodeAsAWhole(t *testing.T) {
	g := NewWithT(t)
	none, several := sample(), sample()
	none.Targets = []Target{}
	none.Filter = `--focus "targets": []`
	several.Targets = append(several.Targets, several.Targets...)
	for _, r := range []*Results{none, sample(), several} {
		whole, err := json.MarshalIndent(r, "", " ")
		g.Expect(err).NotTo(HaveOccurred())
		var b bytes.Buffer
		g.Expect(r.encode(&b)).To(Succeed())
		g.Expect(b.String()).To(Equal(string(whole) + "\n"))
	}
}
