//go:build unit

package proof

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/servers"
	"session-conformance/support/report"
)

func TestADeclaredStepThatIsNeverSentIsAProblem(t *testing.T) {
	g := NewWithT(t)
	problems, err := api{Reference: servers.Reference{API: "saymon"}}.unsent("", &report.Results{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(problems).To(ContainElement(
		`saymon: the step "log in again" of "log in with the login" is declared, and no case of the proof has it sent`))
	problems, err = api{Reference: servers.Reference{API: "saymon"}, wanted: Wanted{Clause: "saymon-cookie-path"}}.unsent(
		"", &report.Results{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(problems).To(BeEmpty(), "a part of the proof sends a part of the steps")
}
