//go:build unit

package lang

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestAnUnknownLanguageIsRefused(t *testing.T) {
	g := NewWithT(t)
	defer func() { reader = English }()
	g.Expect(Use("rus")).To(MatchError("--lang: there is no language \"rus\": use en or ru; did you mean `ru`?"))
	t.Setenv(Variable, "em")
	g.Expect(Use("")).To(MatchError(
		"CONFORMANCE_LANG: there is no language \"em\": use en or ru; did you mean `en`?"))
	g.Expect(Reader()).To(Equal(English))
	g.Expect(Use("ru")).To(Succeed(), "a flag outweighs the environment")
	g.Expect(Reader()).To(Equal(Russian))
	t.Setenv(Variable, "")
	g.Expect(Use("")).To(Succeed())
	g.Expect(Reader()).To(Equal(English))
}

func TestFormsGoWithTheirNumber(t *testing.T) {
	g := NewWithT(t)
	for n, want := range map[int]string{0: "0 стендов", 1: "1 стенд", 2: "2 стенда", 5: "5 стендов", 11: "11 стендов",
		12: "12 стендов", 21: "21 стенд", 101: "101 стенд", 104: "104 стенда", 111: "111 стендов", 1002: "1002 стенда"} {
		g.Expect(Russian.N(n, "%d target", "%d targets")).To(Equal(want))
	}
	g.Expect([]string{English.N(1, "%d target", "%d targets"), English.N(0, "%d target", "%d targets")}).
		To(Equal([]string{"1 target", "0 targets"}))
}

func TestWhatNoCatalogueHasStaysAsItIs(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Russian.T("100% of that")).To(Equal("100% of that"))
	g.Expect(Russian.N(2, "%d thing", "%d things")).To(Equal("2 things"))
	g.Expect(English.T("fail")).To(Equal("fail"))
}
