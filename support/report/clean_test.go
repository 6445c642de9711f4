//go:build unit

package report

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestCleanTakesOutWhatXMLCannotHoldAndTerminalsObey(t *testing.T) {
	for text, want := range map[string]string{
		"tab\tand\nline": "tab\tand\nline", " ~": " ~", "\u00a0é": "\u00a0é", "\u2028": "\u2028",
		"\x00": "\uFFFD", "\x1b[31m": "\uFFFD[31m", "\x1f": "\uFFFD", "\r": "\uFFFD", "\x7f": "\uFFFD", "\u0080": "\uFFFD", "\u009b": "\uFFFD", "\u009f": "\uFFFD",
		"\ufffe": "\uFFFD", "\uffff": "\uFFFD", "\xff": "\uFFFD", "\ufffd": "\uFFFD",
	} {
		NewWithT(t).Expect(clean(text)).To(Equal(want), "%q", text)
	}
}

func TestWhyInconclusiveNamesTheCause(t *testing.T) {
	g := NewWithT(t)
	extra, stated := result(Inconclusive, "extra"), result(Inconclusive, "stated")
	open := judged(extra, result(Pass, "stated"), stated)
	g.Expect(open.WhyInconclusive()).To(And(ContainSubstring("lab is inconclusive: 2 specs could not be judged"), ContainSubstring("c-inconclusive-stated: because")))
	open.Stopped = "it was down"
	g.Expect(open.WhyInconclusive()).To(Equal("lab is inconclusive: it was down"))
	g.Expect((&Target{Name: "lab"}).WhyInconclusive()).To(Equal("lab is inconclusive"))
}
