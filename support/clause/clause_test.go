//go:build unit

package clause

import (
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const good = `
api: demo
documents: [{file: 001_a.txt, title: One, language: English, lines: 1, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}]
clauses:
- {id: demo-a, tier: stated, call: GET /a, says: A is a., source: {document: 001_a.txt, lines: 1, section: Intro}}
- {id: demo-b, tier: extra, call: GET /a, says: B is b., source: {document: practice, section: sense}, unjudged: Nobody can see it.}
`

func TestReadGivesTheCatalogue(t *testing.T) {
	g := NewWithT(t)
	c, err := Read("demo", []byte(good))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.IDs()).To(Equal([]string{"demo-a", "demo-b"}))
	k, found := c.Get("demo-a")
	g.Expect(found).To(BeTrue())
	g.Expect(k.Source.String()).To(Equal("001, Intro, line 1"))
	_, found = c.Get("demo-c")
	g.Expect(found).To(BeFalse())
}

func TestReadSaysAllThatIsWrong(t *testing.T) {
	g := NewWithT(t)
	_, err := Read("demo", []byte(`
api: other
documents: [{file: 001_a.txt, title: One, language: English, lines: 1, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}]
clauses:
- {id: Demo A, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: demo-b, tier: must, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: demo-c, tier: stated, call: GET /a, says: A., source: {document: practice, section: I}}
- {id: demo-c, tier: extra, call: GET /a, source: {document: 002_b.txt, section: I}}
`))
	for _, says := range []string{`its api is "other"`, "unusual ID", `the tier "must"`, `the source "practice"`,
		"is there twice", "lacks one of says", `the source "002_b.txt"`} {
		g.Expect(err).To(MatchError(ContainSubstring(says)))
	}
	_, err = Read("demo", []byte("api: demo\nclauzes: []\n"))
	g.Expect(err).To(MatchError(And(ContainSubstring("suites/demo/clauses.yaml"), ContainSubstring("clauzes"))))
}

func TestLedgerFindsWhatDoesNotFit(t *testing.T) {
	g := NewWithT(t)
	c, err := Read("demo", []byte(good))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Ledger{"demo-a": {"it"}}.Check(c)).To(BeEmpty())
	g.Expect(Ledger{}.Check(c)).To(ConsistOf(ContainSubstring("clause demo-a has no spec")))
	g.Expect(Ledger{"demo-a": {"it"}, "demo-b": {"that"}}.Check(c)).To(ConsistOf(ContainSubstring(`yet "that" judges it`)))
	g.Expect(Ledger{"demo-a": {"it"}, "demo-z": {"what"}}.Check(c)).
		To(ConsistOf(ContainSubstring("the clause demo-z, which")))
}

// alter is the good catalogue with one text in place of another.
func alter(from, to string) string { return strings.Replace(good, from, to, 1) }

func TestReadAsksWhereEachClauseStands(t *testing.T) {
	for says, text := range map[string]string{
		`clause "demo-a" has source.lines "2": write them as`:      alter("lines: 1, section", "lines: 2, section"),
		`clause "demo-a" has source.lines "1-"`:                    alter("lines: 1, section", `lines: "1-", section`),
		`clause "demo-a" has the call "The login": write a method`: alter("call: GET /a", "call: The login"),
		`document 001_a.txt: it lacks one of title, language`:      alter("language: English, ", ""),
		`document 001_a.txt: it has the lines "9"`:                 alter("lines: 1, sha", `blank: "9", lines: 1, sha`),
		`say of its lines 2 under is what they are, and either clauses`: alter("lines: 1, sha",
			`rest: [{lines: 2, is: a head}], lines: 2, sha`),
		`its lines 2 name the clause demo-z, which is not in the list`: alter("lines: 1, sha",
			`rest: [{lines: 2, is: a head, clauses: [demo-z]}], lines: 2, sha`),
	} {
		_, err := Read("demo", []byte(text))
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)))
	}
}

func TestUnplacedLinesAndClausesAreFound(t *testing.T) {
	for text, says := range map[string]string{
		good: "",
		alter("lines: 1, sha", `rest: [{lines: "2-3, 5", is: a head, why: No demand.}], blank: 4, lines: 5, sha`): "",
		alter("lines: 1, section", "section"):   "clause demo-a lacks source.lines",
		alter("lines: 1, sha", "lines: 3, sha"): "nobody says who judges line 2 of 001_a.txt",
	} {
		g := NewWithT(t)
		c, err := Read("demo", []byte(text))
		g.Expect(err).NotTo(HaveOccurred())
		if says == "" {
			g.Expect(c.Unplaced()).To(BeEmpty(), text)
		} else {
			g.Expect(c.Unplaced()).To(ContainElement(HavePrefix(says)))
		}
	}
}

func TestTheCataloguesOfTheSuitesAreRight(t *testing.T) {
	for _, api := range []string{"saymon", "sdm", "sessions"} {
		text, err := os.ReadFile("../../suites/" + api + "/clauses.yaml")
		g := NewWithT(t)
		g.Expect(err).NotTo(HaveOccurred())
		c, err := Read(api, text)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(len(c.Clauses)).To(BeNumerically(">", 30))
		g.Expect(c.Unplaced()).To(BeEmpty(), "suites/%s/clauses.yaml", api)
	}
}
