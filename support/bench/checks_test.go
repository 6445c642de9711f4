//go:build unit

package bench

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/clause"
)

// The check files of the peers say the same as checks.yaml, in clauses that exist.
func TestTheChecksOfThePeers(t *testing.T) {
	g := NewWithT(t)
	c, err := readChecks("../..")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Requests).To(HaveLen(13))
	g.Expect(c.clauses()).To(HaveLen(20))
	g.Expect(c.chain()).To(Equal(5))
	text, err := os.ReadFile("../../suites/saymon/clauses.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	catalogue, err := clause.Read("saymon", text)
	g.Expect(err).NotTo(HaveOccurred())
	named := c.clauses()
	for _, b := range c.Beyond {
		for _, out := range b.Cannot {
			named = append(named, out.Clauses...)
			g.Expect(c.cannot(b.Peer)).To(ContainSubstring(out.Why))
		}
	}
	for _, id := range named {
		_, known := catalogue.Get(id)
		g.Expect(known).To(BeTrue(), "%s is in no catalogue", id)
	}
	files, err := filepath.Glob("peers/saymon.*")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(files).To(HaveLen(len(peers)))
	for _, file := range files {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		for _, id := range c.clauses() {
			g.Expect(strings.Count(string(text), id)).To(Equal(1), "%s in %s", id, file)
		}
	}
}

func TestAChainThatComesAfterNothing(t *testing.T) {
	c := &checks{}
	c.Requests = append(c.Requests, struct {
		ID     string
		After  []string
		Call   string
		Checks []string
	}{ID: "a", After: []string{"b"}})
	_, err := c.chain()
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring(`"a" comes after "b"`)))
}
