//go:build unit

package suite

import (
	"os"
	"testing"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"session-conformance/support/clause"
	"session-conformance/support/evidence"
	"session-conformance/support/report"
)

// A spec that Ginkgo never came to, or cut off, was not judged.
func TestWhatWasNotJudgedIsInconclusive(t *testing.T) {
	g := NewWithT(t)
	s := &Suite{catalogue: &clause.Catalogue{},
		targets: []*subject{{name: "lab"}}, judgements: map[judged]judgement{{"lab one", 0}: {Verdict: report.Warn,
			Message: "so", Exchanges: []int{3}}}}
	lab := &group{name: "lab", targets: []int{0}}
	s.specs = []spec{{full: "lab one", text: "one", group: lab}, {full: "lab two", text: "two", group: lab}}
	first, other := s.found(0)[0], s.found(0)[1]
	g.Expect(first.Verdict).To(Equal(report.Warn))
	g.Expect(first.Exchanges).To(Equal([]int{3}))
	g.Expect(other.Verdict).To(Equal(report.Inconclusive))
	g.Expect(other.Message).To(Equal("the run ended before this was judged"))
	g.Expect(other.Exchanges).To(Equal([]int{}))
}

// Processes of Ginkgo hand their judgements to the first one whole.
func TestJudgementsAreHandedOver(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("REPORTS_DIR", t.TempDir())
	api := &evidence.API{Name: "sdm"}
	s := &Suite{api: api, judgements: map[judged]judgement{}}
	path, err := s.handedBy(2)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.WriteFile(path, []byte(
		`[{"spec":"a b","target":1,"verdict":"fail","message":"m: n","seconds":0.5,"exchanges":[1,2]}]`), 0o600)).
		To(Succeed())
	g.Expect(s.takeFromOthers(3)).To(Succeed())
	g.Expect(s.judgements).To(Equal(map[judged]judgement{{"a b", 1}: {Verdict: report.Fail, Message: "m: n", Seconds: 0.5,
		Exchanges: []int{1, 2}}}))
	g.Expect(path).NotTo(BeAnExistingFile())
	g.Expect(os.WriteFile(path, []byte(`[{"spec"`), 0o600)).To(Succeed())
	g.Expect(s.takeFromOthers(2)).To(MatchError(ContainSubstring("process 2 cannot be read")))
}

func TestCutKeepsWholeCharacters(t *testing.T) {
	g := NewWithT(t)
	g.Expect(cut("short", 100)).To(Equal("short"))
	got := cut("ääääääääää", 10)
	g.Expect(len(got)).To(BeNumerically("<=", 10))
	g.Expect(got).To(HaveSuffix("…\n"))
	g.Expect(got).To(HavePrefix("ää"))
}

func TestFilterOfSaysWhatWasTyped(t *testing.T) {
	g := NewWithT(t)
	g.Expect(filterOf(types.SuiteConfig{FocusStrings: []string{"cookie"}, LabelFilter: "tier: containsAny stated"})).
		To(Equal(
			`--focus "cookie" --label-filter "tier: containsAny stated"`))
	g.Expect(filterOf(types.SuiteConfig{})).To(Equal("some specs only"))
}
