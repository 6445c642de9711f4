//go:build unit

package report

import (
	"regexp"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// commanding is what agents of CI obey in a job's log, in the texts of JUnit and in Markdown.
const commanding = "x\n::error::x\n##vso[artifact.upload]/etc/hostname\n##[group]x\n##teamcity[x]\n[[ATTACHMENT|/etc/passwd]]\nsection_start:1:x\r\x1b[0K@octocat | \u202e"

// Results that others wrote are read by the command: nothing in them is obeyed where it is printed.
func TestNothingInResultsIsObeyedInALog(t *testing.T) {
	g := NewWithT(t)
	r := sample()
	c := commanding
	r.API, r.Problems, r.Filter = c, []string{c}, c
	for i := range r.Targets {
		x := &r.Targets[i]
		x.Name, x.Stopped, x.URL, x.Product = c, c, c, target.Product{Name: c}
		x.Waivers = []Waiver{{target.Waiver{Clause: c, Reason: c, Until: c}, c}}
		for j := range x.Results {
			x.Results[j].Clause, x.Results[j].Tier, x.Results[j].Says, x.Results[j].Message, x.Results[j].Spec = c, c, c, c, c
		}
	}
	changes := &Comparison{Targets: []TargetChanges{{API: c, Name: c, Changes: []Change{{Kind: kinds()[0], Subject: c, Before: c, Now: c, Worse: true}}}}}
	obeyed := regexp.MustCompile(`(?mi)^\s*::|##[a-z]*\[|section_start:|[\x00-\x08\x0b-\x1f\x{202e}]`)
	for name, text := range map[string]string{"terminal": Terminal([]*Results{r}), "comparison": changes.Text(c),
		"JUnit": string(r.JUnit("")), "summary": Summary([]*Results{r})} {
		g.Expect(obeyed.FindString(text)).To(BeEmpty(), name)
	}
	g.Expect(sink.Text(Terminal([]*Results{r}))).To(Equal(Terminal([]*Results{r})))
	g.Expect(string(r.JUnit(""))).NotTo(ContainSubstring("ATTACHMENT|/etc"))
	g.Expect(Summary([]*Results{r})).NotTo(ContainSubstring("@"))
}
