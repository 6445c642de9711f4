//go:build unit

package report

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

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
	g.Expect(files).To(HaveLen(2))
	found := map[string]allureResult{}
	for _, file := range files {
		g.Expect(file.Name()).To(MatchRegexp(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-result\.json$`))
		text, err := os.ReadFile(filepath.Join(folder, file.Name()))
		g.Expect(err).NotTo(HaveOccurred())
		var a allureResult
		g.Expect(json.Unmarshal(text, &a)).To(Succeed())
		found[a.Name] = a
	}
	g.Expect(found["is so"].Status).To(Equal("failed"))
	g.Expect(found["is so"].Details.Message).To(HavePrefix("fail: got"))
	g.Expect(found["is so"].Details.Message).NotTo(ContainSubstring("\x1b"))
	g.Expect(found["is so"].Stop - found["is so"].Start).To(BeEquivalentTo(250))
	g.Expect(found["is so"].Labels).To(ContainElements(allureLabel{"suite", "lab"}, allureLabel{"severity", "critical"},
		allureLabel{"tag", "c-a"}))
	g.Expect(found["is well"].Status).To(Equal("skipped"))
	g.Expect(found["is well"].Start).To(Equal(found["is so"].Stop))
}
