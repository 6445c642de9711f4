//go:build unit

package suite

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/redact"
	"session-conformance/support/report"
)

func TestSearchRemovesAFileWithASecret(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "saymon.json")
	g.Expect(os.WriteFile(path, []byte("a hunter2-hunter2 b"), 0o600)).To(Succeed())
	find := func(secret string) []*Evidence {
		return []*Evidence{{name: "other"}, {name: "lab", leaks: func(text []byte) []string {
			if bytes.Contains(text, []byte(secret)) {
				return []string{"user.password"}
			}
			return nil
		}}}
	}
	g.Expect(search(path, find("something else"))).To(BeEmpty())
	g.Expect(path).To(BeAnExistingFile())
	g.Expect(search(path, find("hunter2-hunter2"))).To(And(ContainSubstring("held a secret of lab: user.password. It was removed."), Not(ContainSubstring("hunter2"))))
	g.Expect(path).NotTo(BeAnExistingFile())
	g.Expect(search(path, find("x"))).To(ContainSubstring("cannot be read back"))
}

// A secret in the results ends in a failing report that names it and does not hold it: nothing green stays.
func TestAPlantedSecretWithholdsTheResults(t *testing.T) {
	const secret = `hunter2 & "hunter3"`
	for _, planted := range []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte("login:" + secret))} {
		g := NewWithT(t)
		hider := redact.New()
		hider.Learn("user.password", secret)
		s := &Suite{api: &evidence.API{Name: "saymon"}, targets: []*Evidence{{name: "lab", leaks: hider.Leaks}}}
		results := &report.Results{Format: report.Format, API: "saymon", Started: time.Now().UTC(), Targets: []report.Target{{Name: "lab", Verdict: report.Conformant,
			RefusedLogins: map[string]int{}, Results: []report.Result{{Clause: "c", Spec: "a", Verdict: report.Pass, Exchanges: []int{}}},
			Observations: []report.Observation{{Name: "seen", Value: "nothing"}}}}}
		folder := report.Dir{Path: t.TempDir()}
		g.Expect(folder.Write(results)).To(Succeed())
		g.Expect(s.untrusted(folder, results)).To(BeEmpty())

		results.Targets[0].Observations[0].Value = planted
		g.Expect(folder.Write(results)).To(Succeed())
		wrong := s.untrusted(folder, results)
		g.Expect(wrong).To(ContainElement(ContainSubstring("saymon.json held a secret of lab: user.password")))
		g.Expect(withhold(folder, results, wrong)).To(Equal(wrong))
		g.Expect(folder.Files("saymon")).To(HaveLen(4), "a failing report stands in the place of each")
		for _, path := range folder.Files("saymon") {
			text, err := os.ReadFile(path)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(hider.Leaks(text)).To(BeEmpty(), path)
			g.Expect(string(text)).To(ContainSubstring("the results are withheld"), path)
		}
		junit, err := os.ReadFile(filepath.Join(folder.Path, "TEST-saymon.xml"))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(junit)).To(And(ContainSubstring(`failures="1"`), ContainSubstring("held a secret of lab: user.password")))
		read, err := folder.Read("saymon")
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(report.Exit([]*report.Results{read})).To(Equal(report.ExitWrongUse))
	}
}

// Where even the failing report does not hold, none stays.
func TestWithholdLeavesNothingThatDoesNotReadBack(t *testing.T) {
	g := NewWithT(t)
	folder := report.Dir{Path: t.TempDir()}
	results := &report.Results{Format: "other/1", API: "saymon", Started: time.Now().UTC()}
	g.Expect(withhold(folder, results, []string{"first"})).To(And(HaveLen(2), ContainElement(ContainSubstring("cannot be read back"))))
	g.Expect(folder.Files("saymon")).To(BeEmpty())
}
