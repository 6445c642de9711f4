//go:build unit

package vary

import (
	"testing"
	"unicode/utf8"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

func TestMistaken(t *testing.T) {
	for text, want := range map[string]string{"secret-1": "secret-\u0131", "a\u00e9": "a\u01e9", "\u017a": "\u097a",
		"\u4e2d":     "\u4f2d",
		"\U0001F511": "\U0001F411",
		"":           ""} {
		NewWithT(t).Expect(Mistaken(text, LastCharacter(text))).To(Equal(want), text)
	}
	NewWithT(t).Expect(Mistaken("secret", Middle("secret"))).To(Equal("sec\u0172et"))
}

func TestMiddle(t *testing.T) {
	for text, want := range map[string]string{"": "x", "ab": "ac", "abc": "acc", "a-c": "axc",
		"Correct-Horse": "Correcu-Horse", "Zażółć 77": "Zażóńć 77", "x日本語x": "x日札語x", "'Ää'": "'Äå'"} {
		NewWithT(t).Expect(Middle(text)).To(Equal(want), text)
	}
}

func TestLastCharacterDiffersInThatOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		got := LastCharacter(s)
		a, b := []rune(s), []rune(got)
		g := NewWithT(t)
		g.Expect(got).NotTo(Equal(s))
		if len(a) > 0 {
			g.Expect(b).To(HaveLen(len(a)))
			g.Expect(b[:len(b)-1]).To(Equal(a[:len(a)-1]))
		}
	})
}

func TestShortenedIsABeginning(t *testing.T) {
	for s, want := range map[string]string{"abc": "ab", "aü": "a", "a": "b", "": "x"} {
		NewWithT(t).Expect(Shortened(s)).To(Equal(want))
	}
}

func TestAnotherKeepsTheShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9a-f]{8}-[G-Z]{4}\.[g-z]{3}`).Draw(t, "s")
		got := Another(s)
		g := NewWithT(t)
		g.Expect(got).NotTo(Equal(s))
		g.Expect(got).To(MatchRegexp(`^[0-9a-f]{8}-[G-Z]{4}\.[g-z]{3}$`))
	})
	g := NewWithT(t)
	for _, s := range []string{"a1B2zZ", "привет", "日本語", "Ünïcödé"} {
		mine, other := []rune(s), []rune(Another(s))
		for i := range mine {
			g.Expect(other[i]).NotTo(Equal(mine[i]), s)
		}
	}
	g.Expect(Another("a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d")).
		To(MatchRegexp(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-b[0-9a-f]{3}-[0-9a-f]{12}$`))
	NewWithT(t).Expect(Another("!!")).NotTo(Equal("!!"), "what has no letter to draw anew is changed all the same")
}

func TestNobodyHasTheShapeOfALogin(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Nobody("anna.qa@acme.test")).To(MatchRegexp(`^[a-z]{4}\.[a-z]{2}@[a-z]{4}\.[a-z]{4}$`))
	g.Expect(Nobody("qa")).To(HavePrefix("nobody"), "two letters could be somebody's")
}

func TestCaseTellsWhetherItDiffers(t *testing.T) {
	for s, want := range map[string]string{"aB1": "Ab1", "Ż!": "ż!", "12": "", "日本": ""} {
		got, differs := Case(s)
		g := NewWithT(t)
		g.Expect(differs).To(Equal(want != ""), s)
		if differs {
			g.Expect(got).To(Equal(want))
		}
	}
}

func TestSignatureChangesTheSignatureOnly(t *testing.T) {
	g := NewWithT(t)
	token := "aaaa.bbbb.cccccccccccccccc"
	got := Signature(token)
	g.Expect(got).NotTo(Equal(token))
	g.Expect(got).To(HavePrefix("aaaa.bbbb."))
	g.Expect(got).To(HaveLen(len(token)))
	g.Expect(got[len(got)-9:]).To(Equal(token[len(token)-9:]), "not the last character, whose bits may not count")
}

func TestInventedValuesDiffer(t *testing.T) {
	g := NewWithT(t)
	g.Expect(UUID()).To(MatchRegexp(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`))
	g.Expect(UUID()).NotTo(Equal(UUID()))
	g.Expect(Word()).NotTo(Equal(Word()))
	g.Expect(JSON(`a"<é>\`)).To(Equal(`"a\"<é>\\"`))
	g.Expect(IsASCII("a~")).To(BeTrue())
	g.Expect(IsASCII("ä")).To(BeFalse())
	g.Expect(utf8.ValidString(Word())).To(BeTrue())
}
