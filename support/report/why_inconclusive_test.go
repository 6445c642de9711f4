//go:build unit

package report

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestWhyInconclusiveNamesTheCause(t *testing.T) {
	g := NewWithT(t)
	extra, stated := result(Inconclusive, "extra"), result(Inconclusive, "stated")
	open := judged(extra, result(Pass, "stated"), stated)
	g.Expect(open.WhyInconclusive()).To(And(ContainSubstring("lab is inconclusive: 2 specs could not be judged"),
		ContainSubstring("c-inconclusive-stated: because")))
	open.Stopped = "it was down"
	g.Expect(open.WhyInconclusive()).To(Equal("lab is inconclusive: it was down"))
	g.Expect((&Target{Name: "lab"}).WhyInconclusive()).To(Equal("lab is inconclusive"))
}
