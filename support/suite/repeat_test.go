//go:build unit

package suite

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/target"
)

func TestRepeatingIsForEmbeddedTargets(t *testing.T) {
	g := NewWithT(t)
	for line, flag := range map[string]string{
		"ginkgo -r": "", "ginkgo --repeat=0 suites": "", "ginkgo --repeat 0": "", "ginkgo --until-it-fails=false": "",
		"ginkgo repeat until-it-fails": "", "ginkgo --focus=repeat": "", "ginkgo -repeat": "", "": "",
		"ginkgo -r --repeat=2 suites": "--repeat", "ginkgo -repeat 12": "--repeat",
		"ginkgo --until-it-fails": "--until-it-fails", "ginkgo -until-it-fails=true": "--until-it-fails",
	} {
		g.Expect(repeating(strings.Fields(line))).To(Equal(flag), line)
	}
	jobs := []evidence.Job{{Target: target.Target{Name: "lab", URL: "embedded"}},
		{Target: target.Target{Name: "staging", URL: "http://127.0.0.1:1"}}}
	g.Expect(repeated(jobs, []string{"ginkgo", "--repeat=2"})).
		To(HavePrefix("--repeat would send the accounts of staging more"))
	g.Expect(repeated(jobs, []string{"ginkgo"})).To(BeEmpty())
	g.Expect(repeated(jobs[:1], []string{"ginkgo", "--repeat=2"})).To(BeEmpty())
	g.Expect(startedBy()).NotTo(BeEmpty(), "the system tells")
}
