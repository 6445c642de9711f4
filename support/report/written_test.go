//go:build unit

package report

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
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

func TestCSVHasALineForEachSpec(t *testing.T) {
	g := NewWithT(t)
	r := whole()
	r.Targets[0].Results[1].Says = "=cmd|' /C calc'!A0"
	var b strings.Builder
	g.Expect(writeCSV(&b, []*Results{r, {API: "sdm", Problems: []string{"no\ngood"}}})).To(Succeed())
	lines, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(lines).To(HaveLen(1 + 1 + 7 + 1))
	g.Expect(lines[1]).To(ContainElements("notice", `some specs only: --focus "cookies"`))
	g.Expect(lines[3][:10]).To(Equal([]string{"saymon", "lab", "SAYMON", "3.21", "c-fail-stated", "stated", "fail",
		"POST /session", "spec b", "'=cmd|' /C calc'!A0"}))
	g.Expect(lines[9]).To(ContainElements("not judged", "no good"))
}

func TestAllureHasAResultForEachSpec(t *testing.T) {
	g := NewWithT(t)
	r := &Results{API: "saymon", Started: now, Targets: []Target{*judged(
		Result{Clause: "c-a", Tier: "stated", Spec: "is so", Verdict: Fail, Message: "got\x1b[31m 500", Seconds: 0.25},
		Result{Clause: "c-b", Tier: "extra", Spec: "is well", Verdict: Warn, Message: "no"})}}
	folder := t.TempDir()
	g.Expect(WriteAllure([]*Results{r}, folder)).To(Succeed())
	g.Expect(WriteAllure([]*Results{r}, folder)).To(Succeed(), "again, into the same files")
	files, err := os.ReadDir(folder)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(files).To(HaveLen(3))
	g.Expect(files[2].Name()).To(Equal("environment.properties"))
	type label struct{ Name, Value string }
	type result struct {
		Name, Status  string
		StatusDetails struct{ Message string }
		Labels        []label
		Start, Stop   int64
	}
	found := map[string]result{}
	for _, file := range files[:2] {
		g.Expect(file.Name()).To(MatchRegexp(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-result\.json$`))
		text, err := os.ReadFile(filepath.Join(folder, file.Name()))
		g.Expect(err).NotTo(HaveOccurred())
		var a result
		g.Expect(json.Unmarshal(text, &a)).To(Succeed())
		found[a.Name] = a
	}
	g.Expect(found["is so"].Status).To(Equal("failed"))
	g.Expect(found["is so"].StatusDetails.Message).To(HavePrefix("got"))
	g.Expect(found["is so"].StatusDetails.Message).NotTo(ContainSubstring("\x1b"))
	g.Expect(found["is so"].Stop - found["is so"].Start).To(BeEquivalentTo(250))
	g.Expect(found["is so"].Labels).To(ContainElements(label{"suite", "lab"}, label{"severity", "critical"},
		label{"tag", "c-a"}))
	g.Expect(found["is well"].Status).To(Equal("skipped"))
	g.Expect(found["is well"].Start).To(Equal(found["is so"].Stop))
}
