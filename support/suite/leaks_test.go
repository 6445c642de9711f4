//go:build unit

package suite

import (
	"encoding/base64"
	"net/url"
	"os"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/redact"
	"session-conformance/support/report"
)

// A secret in the results is masked where it stands: all verdicts stay, and every report says so.
func TestAPlantedSecretIsMaskedWhereItStands(t *testing.T) {
	const secret = `hunter2 & "hunter3"`
	for name, planted := range map[string]string{"plain": secret, "percent": url.QueryEscape(secret),
		"base64": base64.StdEncoding.EncodeToString([]byte("login:" + secret))} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			hider := redact.New()
			hider.Learn("user.password", secret)
			s := &Suite{api: &evidence.API{Name: "saymon"}, configured: redact.New()}
			s.configured.LearnFrom(hider, "lab: ")
			results := &report.Results{Format: report.Format, API: "saymon", Started: time.Now().UTC(), Targets: []report.Target{
				{Name: "lab", Verdict: report.NonConformant, RefusedLogins: map[string]int{},
					Results: []report.Result{{Clause: "c", Spec: "a", Verdict: report.Fail, Message: "got 404 and nothing else",
						Exchanges: []int{}}},
					Observations: []report.Observation{{Name: "seen", Value: "nothing"}}},
				{Name: "other", Verdict: report.Conformant, RefusedLogins: map[string]int{}, Observations: []report.Observation{},
					Results: []report.Result{{Clause: "c", Spec: "a", Verdict: report.Pass, Exchanges: []int{}}}}}}
			folder := report.Dir{Path: t.TempDir()}
			g.Expect(s.write(folder, results)).To(BeFalse())
			results.Targets[0].Observations[0].Value = planted
			g.Expect(s.write(folder, results)).To(BeTrue(), "the last net")
			for _, path := range folder.Files("saymon") {
				text, err := os.ReadFile(path)
				g.Expect(err).NotTo(HaveOccurred())
				g.Expect(hider.Leaks(text)).To(BeEmpty(), path)
			}
			results.Notices = s.mask(nil, &results.Targets[0])
			g.Expect(s.write(folder, results)).To(BeFalse())
			g.Expect(folder.Files("saymon")).To(HaveLen(9))
			for _, path := range folder.Files("saymon") {
				text, err := os.ReadFile(path)
				g.Expect(err).NotTo(HaveOccurred())
				g.Expect(hider.Leaks(text)).To(BeEmpty(), path)
				g.Expect(string(text)).To(And(MatchRegexp("lab(:|&#58;) the observation seen held a secret"),
					ContainSubstring("not of the product")), path)
			}
			read, err := folder.Read("saymon")
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(read.Targets[0].Verdict).To(Equal(report.NonConformant))
			g.Expect(read.Targets[0].Results[0].Message).To(Equal("got 404 and nothing else"))
			g.Expect(read.Targets[1].Verdict).To(Equal(report.Conformant))
			g.Expect(report.Exit([]*report.Results{read})).To(Equal(report.ExitNonConformant), "as without it")
			g.Expect(folder.ReadBack(results)).To(BeEmpty())
		})
	}
}
