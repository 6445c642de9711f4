//go:build unit

package evidence

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"
)

// What the suite sends on its own account stands in the evidence as well, with its secrets hidden, and is taken where
// the evidence is judged.
func TestEvidenceHoldsEveryRequest(t *testing.T) {
	g := NewWithT(t)
	l := newLocking(t)
	api := counting(0, 3, 0)
	har := gatherAll(api, job(l.URL))[0]
	g.Expect(Altered(har)).To(BeEmpty())
	g.Expect(string(har)).NotTo(ContainSubstring("Correct horse"))
	ev, err := Read(har)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Exchanges).To(HaveLen(len(l.paths)), "%v", l.paths)
	between := ev.Find(BetweenName, "")
	g.Expect(between.Succeeded()).To(BeTrue())
	g.Expect(ev.Latest(BetweenName).Started).To(BeTemporally(">=", between.Started))
	g.Expect(ev.unlikeOwn(between)).To(BeEmpty())

	right := between.Request.Body
	between.Request.Body = append(bytes.Clone(right), 'x')
	g.Expect(ev.unlikeOwn(between)).To(Equal("it repeats no login that a scenario made"))
	between.Request.Body, between.Scenario = right, LookName
	g.Expect(ev.unlikeOwn(between)).To(Equal("it is no GET without credentials"))
}
