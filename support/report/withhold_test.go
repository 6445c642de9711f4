//go:build unit

package report

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// A failing report takes the place of results that are withheld; where even that does not hold, none stays.
func TestWithheldResultsLeaveNothingGreen(t *testing.T) {
	g := NewWithT(t)
	folder := Dir{Path: t.TempDir()}
	whole := sample()
	g.Expect(folder.Write(whole)).To(Succeed())
	all, held := folder.Withhold(whole, []string{"first"})
	g.Expect(held).To(BeTrue())
	g.Expect(all).To(Equal([]string{"first"}))
	withheld, err := folder.Read(whole.API)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(withheld.Problems).To(Equal([]string{"the results are withheld", "first"}))
	g.Expect(withheld.Targets).To(BeEmpty())
	g.Expect(folder.target(whole.Targets[0].Name)).NotTo(BeAnExistingFile())

	all, held = folder.Withhold(&Results{Format: "other/1", API: "saymon", Started: time.Now().UTC()}, []string{"first"})
	g.Expect(held).To(BeFalse())
	g.Expect(all).To(HaveExactElements(Equal("first"), ContainSubstring("cannot be read back")))
	g.Expect(folder.Files("saymon")).To(BeEmpty())
}
