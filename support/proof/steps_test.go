//go:build unit

package proof

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/support/reference"
	"session-conformance/support/report"
)

func TestADeclaredStepThatIsNeverSentIsAProblem(t *testing.T) {
	g := NewWithT(t)
	_, problems, err := api{Server: reference.Server{API: "saymon"}}.asked("", &report.Results{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(problems).To(ContainElement(
		`saymon: the step "log in again" of "log in with the login" is declared, and no case of the proof has it sent`))
	g.Expect(problems).To(ContainElement(
		`saymon: "delete it" is declared to follow a step, and no case of the proof has it sent`))
	asked, problems, err := api{Server: reference.Server{API: "saymon"},
		wanted: Wanted{Clause: "saymon-cookie-path"}}.asked(
		"", &report.Results{})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(problems).To(BeEmpty(), "a part of the proof sends a part of the steps")
	g.Expect(asked).To(Equal(suites.Of("saymon").Asked()), "and what others ask stays")
}
