//go:build unit

package report

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// A summary is read in a pull request, and cut where it is too long: a clause stands in it once, a target that is
// down takes a line, and what fails comes before what could not be judged.
func TestASummaryIsShortAndBeginsWithTheWorst(t *testing.T) {
	g := NewWithT(t)
	down := Target{Name: "down", Verdict: Inconclusive, Stopped: "nobody | listens", Results: []Result{
		{Clause: "c-a", Tier: "stated", Verdict: Inconclusive, Message: "no answer"},
		{Clause: "c-b", Tier: "stated", Verdict: Inconclusive, Message: "no answer"}}}
	bad := Target{Name: "bad", Verdict: NonConformant, Results: []Result{
		{Clause: "c-a", Tier: "stated", Documented: Documented{Says: "A."}, Verdict: Fail},
		{Clause: "c-a", Tier: "stated", Documented: Documented{Says: "A."}, Verdict: Fail},
		{Clause: "c-b", Tier: "stated", Verdict: Inconclusive, Message: "waits for c-a: got 500"},
		{Clause: "c-c", Tier: "stated", Verdict: Inconclusive, Message: "waits for c-a: got 500"}}}
	good := Target{Name: "good", Verdict: Conformant, Results: []Result{{Clause: "c-a", Verdict: Pass}}}
	summary := Summary([]*Results{{API: "saymon", Started: now, Targets: []Target{down, good}},
		{API: "sdm", Started: now, Targets: []Target{bad}}})
	_, sections, _ := strings.Cut(summary, "\n\n## ")
	g.Expect(sections).To(Equal(`bad (sdm)

- fail **c-a** (stated): A.
- inconclusive: 2 specs wait for **c-a**, which is not met

## down (saymon)

- stopped: nobody &#124; listens
`))
}
