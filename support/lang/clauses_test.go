//go:build unit

package lang_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	. "github.com/onsi/gomega"

	_ "session-conformance/suites/apis" // whose targets the tests are about
	"session-conformance/support/clause"
	"session-conformance/support/lang"
	"session-conformance/support/target"
)

// words are the texts of a catalogue that its head has in Russian: what documents are made of, and sections in our own
// words. A document's own heading begins with a capital, and may stand there too.
func words(c *clause.Catalogue) (needed, headings []string) {
	for _, d := range c.Documents {
		needed = append(needed, d.Language, d.Remark)
		for _, p := range d.Rest {
			needed = append(needed, p.Is, p.Why)
		}
	}
	for _, k := range c.Clauses {
		if k.Source.Document == "vendor" || k.Source.Document == "practice" {
			needed = append(needed, k.Source.Document)
		}
		for section := range strings.SplitSeq(k.Source.Section, ", ") {
			if unicode.IsLower([]rune(section)[0]) {
				needed = append(needed, section)
			} else {
				headings = append(headings, section)
			}
		}
	}
	return slices.DeleteFunc(needed, func(text string) bool { return text == "" }), headings
}

// TestTheClausesAreTranslated: each text that people read has a Russian one beside it or beside the same text, and none
// has two.
func TestTheClausesAreTranslated(t *testing.T) {
	said := map[string]string{} // in all catalogues
	for _, api := range target.APIs() {
		g := NewWithT(t)
		file := "../../suites/" + api + "/clauses.yaml"
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		c, err := clause.Read(api, text)
		g.Expect(err).NotTo(HaveOccurred())
		russian := c.Russian()
		once := func(where, english, ru string) {
			if other, known := said[english]; known {
				g.Expect(ru).To(Equal(other), "%s, %s: %q has another Russian text elsewhere", file, where, english)
			}
			said[english] = ru
			g.Expect(lang.Amiss(english, ru)).To(BeEmpty(), file+", "+where)
		}
		needed, headings := words(c)
		for english, ru := range c.Ru {
			g.Expect(slices.Concat(needed, headings)).To(ContainElement(english), "%s, ru: nothing is called that", file)
			once("ru", english, ru)
		}
		for _, english := range needed {
			g.Expect(russian[english]).NotTo(BeEmpty(), "%s: the list ru at its end lacks %q: add it there", file, english)
		}
		for _, k := range c.Clauses {
			for english, ru := range k.InRussian() {
				if english != "" {
					g.Expect(russian).To(HaveKey(english), "%s, %s: ru lacks %q", file, k.ID, english)
				}
				if ru != "" {
					g.Expect(english).NotTo(BeEmpty(), "%s, %s: %q says nothing in English", file, k.ID, ru)
					once(k.ID, english, ru)
				}
			}
		}
	}
}
