//go:build unit

package clause

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"
)

const good = `
api: demo
documents: [{file: 001_a.txt, title: One}]
clauses:
- {id: demo-a, tier: stated, call: GET /a, says: A is a., source: {document: 001_a.txt, section: Intro}}
- {id: demo-b, tier: extra, call: GET /a, says: B is b., source: {document: practice, section: sense}, unjudged: Nobody can see it.}
`

func TestReadGivesTheCatalogue(t *testing.T) {
	g := NewWithT(t)
	c, err := Read("demo", []byte(good))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.IDs()).To(Equal([]string{"demo-a", "demo-b"}))
	k, found := c.Get("demo-a")
	g.Expect(found).To(BeTrue())
	g.Expect(k.Source.String()).To(Equal("001, Intro"))
	_, found = c.Get("demo-c")
	g.Expect(found).To(BeFalse())
}

func TestReadSaysAllThatIsWrong(t *testing.T) {
	g := NewWithT(t)
	_, err := Read("demo", []byte(`
api: other
documents: [{file: 001_a.txt, title: One}]
clauses:
- {id: Demo A, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, section: I}}
- {id: demo-b, tier: must, call: GET /a, says: A., source: {document: 001_a.txt, section: I}}
- {id: demo-c, tier: stated, call: GET /a, says: A., source: {document: practice, section: I}}
- {id: demo-c, tier: extra, call: GET /a, source: {document: 002_b.txt, section: I}}
`))
	for _, says := range []string{`its api is "other"`, "unusual ID", `the tier "must"`, `the source "practice"`, "is there twice", "lacks one of says", `the source "002_b.txt"`} {
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
	g.Expect(Ledger{"demo-a": {"it"}, "demo-z": {"what"}}.Check(c)).To(ConsistOf(ContainSubstring("the clause demo-z, which")))
	g.Expect(Ledger{}.Write(c)).NotTo(ContainSubstring("contradiction"))
	c.Clauses[0].Contradiction = "One says so, the other not."
	g.Expect(Ledger{"demo-a": {"it is so"}}.Write(c)).To(And(ContainSubstring("contradiction: One says so"), ContainSubstring("demo-a (stated; 001, Intro) GET /a"), ContainSubstring("  - it is so"), ContainSubstring("not judged: Nobody can see it.")))
}

func TestTheCataloguesOfTheSuitesAreRight(t *testing.T) {
	for _, api := range []string{"saymon", "sdm", "sessions"} {
		text, err := os.ReadFile("../../suites/" + api + "/clauses.yaml")
		g := NewWithT(t)
		g.Expect(err).NotTo(HaveOccurred())
		c, err := Read(api, text)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(len(c.Clauses)).To(BeNumerically(">", 30))
	}
}
