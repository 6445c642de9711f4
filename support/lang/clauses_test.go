//go:build unit

package lang_test

import (
	"os"
	"strings"
	"testing"
	"unicode"

	. "github.com/onsi/gomega"

	_ "session-conformance/suites/apis" // whose targets the tests are about
	"session-conformance/support/clause"
	"session-conformance/support/lang"
	"session-conformance/support/target"
)

// wanted are the texts of a catalogue of clauses that need a Russian one, with the part in which each stands first.
func wanted(c *clause.Catalogue) (texts []string, at map[string]string) {
	at = map[string]string{"": ""}
	want := func(part string, all ...string) {
		for _, text := range all {
			if _, known := at[text]; !known {
				at[text], texts = part, append(texts, text)
			}
		}
	}
	for _, d := range c.Documents {
		want("documents", d.Language, d.Remark)
		for _, p := range d.Rest {
			want("documents", p.Is, p.Why)
		}
	}
	for _, k := range c.Clauses {
		want(k.ID, k.Says, k.Note, k.Contradiction, k.Unjudged)
	}
	for _, k := range c.Clauses { // a section in our words; a document's own heading begins with a capital
		if k.Source.Document == "vendor" || k.Source.Document == "practice" {
			want("sections", k.Source.Document)
		}
		for section := range strings.SplitSeq(k.Source.Section, ", ") {
			if unicode.IsLower([]rune(section)[0]) {
				want("sections", section)
			}
		}
	}
	return texts, at
}

// TestTheClausesAreTranslated compares clauses.ru.yaml with clauses.yaml: an English text that changed has no Russian
// one any more, and its old one is unused.
func TestTheClausesAreTranslated(t *testing.T) {
	russian := map[string]string{}
	for _, api := range target.APIs() {
		g := NewWithT(t)
		folder := "../../suites/" + api + "/"
		english, err := os.ReadFile(folder + "clauses.yaml")
		g.Expect(err).NotTo(HaveOccurred())
		catalogue, err := clause.Read(api, english)
		g.Expect(err).NotTo(HaveOccurred())
		source, err := os.ReadFile(folder + "clauses.ru.yaml")
		g.Expect(err).NotTo(HaveOccurred())
		parts, err := lang.Read(source)
		g.Expect(err).NotTo(HaveOccurred())
		texts, at := wanted(catalogue)
		there := map[string]bool{}
		for part, entries := range parts {
			for _, e := range entries {
				where := folder + "clauses.ru.yaml, " + part
				g.Expect(lang.Amiss(e)).To(BeEmpty(), where)
				g.Expect(there[e.En]).To(BeFalse(), "%s: %q stands twice", where, e.En)
				there[e.En] = true
				if other, known := russian[e.En]; known {
					g.Expect(e.Ru).To(Equal(other), "%s: it has another Russian text elsewhere", where)
				}
				russian[e.En] = e.Ru
				if _, known := at[e.En]; !known && part == "sections" && heading(catalogue, e.En) {
					continue
				}
				g.Expect(at).To(HaveKeyWithValue(e.En, part),
					"%s: clauses.yaml does not have %q there: it changed, moved or went", where, e.En)
			}
		}
		for _, text := range texts {
			g.Expect(there[text]).To(BeTrue(), "%sclauses.ru.yaml, %s: it lacks %q", folder, at[text], text)
		}
	}
}

// heading says that a clause has the section.
func heading(c *clause.Catalogue, text string) bool {
	for _, k := range c.Clauses {
		if strings.Contains(", "+k.Source.Section+", ", ", "+text+", ") {
			return true
		}
	}
	return false
}
