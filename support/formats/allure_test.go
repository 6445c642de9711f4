//go:build readers

package formats

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// allureCase is what both versions of Allure write of a case, in words of their own.
type allureCase struct {
	Name, Status, StatusMessage, StatusTrace string
	Error                                    struct{ Message, Trace string }
}

// read decodes all files that fit a pattern.
func read[T any](g *WithT, pattern string) (all []T) {
	files, err := filepath.Glob(pattern)
	g.Expect(err).NotTo(HaveOccurred())
	for _, file := range files {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		var one T
		g.Expect(json.Unmarshal(text, &one)).To(Succeed(), file)
		all = append(all, one)
	}
	return all
}

// Allure makes a report of our results in which each case has the status and the text that it has in JUnit, what could
// not be judged is no success, and the head says how each target was judged. Allure 2 is a program of Java.
func TestAllureReadsWhatWeMean(t *testing.T) {
	g := NewWithT(t)
	r := results()
	r.Targets[1].Results[0].Spec, r.Targets[1].Results[0].Message = "asks again", "not asked: Пульт 雪"
	r.Notices = []string{`judged in part: "a=b" C:\x Пульт 😀`}
	broken := &report.Results{API: "sdm", Started: r.Started, Problems: []string{"no such clause"}}
	ours := t.TempDir()
	g.Expect(report.WriteAllure([]*report.Results{r, broken}, ours)).To(Succeed())
	for version, cases := range map[string]string{"allure-commandline@2.46.1": "data/test-cases/*.json",
		"allure@3.18.0": "data/test-results/*.json"} {
		folder := t.TempDir()
		call(t, folder, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, version)
		call(t, folder, filepath.Join(folder, "node_modules/.bin/allure"), "generate", "-o", "out", ours)
		seen := map[string]string{}
		for _, c := range read[allureCase](g, filepath.Join(folder, "out", cases)) {
			seen[c.Name] = c.Status + ": " + c.StatusMessage + c.Error.Message + "|" + c.StatusTrace + c.Error.Trace
		}
		twice := func(text string) string { return "broken: " + text + "|" + text }
		g.Expect(seen).To(Equal(map[string]string{
			"logs in":         "passed: |",
			"sets the cookie": "failed: first ]]> <b>|first ]]> <b>\nsecond",
			"has XML": "skipped: unsupported: lab.one is without xml|" +
				"unsupported: lab.one is without xml\nand says so",
			"asks again":                    twice("inconclusive: not asked: Пульт 雪"),
			"the target could be judged":    twice("down is inconclusive: no answer"),
			"the configuration can be used": twice("no such clause"),
		}), version)
		type said struct {
			Name   string
			Values []string
		}
		var head []said
		for _, list := range read[[]said](g, filepath.Join(folder, "out/widgets/*environment.json")) {
			head = append(head, list...)
		}
		notice := `; judged in part: "a=b" C:\x Пульт 😀`
		g.Expect(head).To(ConsistOf(
			said{"saymon.lab.one", []string{"non-conformant; judged live, 2 of 3 specs" + notice}},
			said{"saymon.down", []string{"inconclusive; judged live, 0 of 1 specs" + notice}},
			said{"sdm.configuration", []string{"not judged"}}), version)
	}
}
