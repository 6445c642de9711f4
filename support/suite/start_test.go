//go:build unit

package suite

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

const brokenClauses = `
api: saymon
documents: [{file: 001_a.txt, title: One, language: English, lines: 1, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}]
clauses:
- {id: saymon-judged, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: saymon-forgotten, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: saymon-excused, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}, unjudged: Nobody can see it.}
`

const brokenSuite = `package broken

import (
	_ "embed"
	"testing"

	. "github.com/onsi/ginkgo/v2"

	_ "session-conformance/suites/apis"
	"session-conformance/support/evidence"
	"session-conformance/support/suite"
)

//go:embed clauses.yaml
var clauses []byte

var s = suite.New(suite.API{API: evidence.API{Name: "saymon"}, Title: "Broken", Clauses: clauses})

var control = s.Scenario("control", &steps, func(*evidence.Caller) { panic("sent") }, evidence.Control())

func TestBroken(t *testing.T) { s.Run(t) }

var steps evidence.Steps

var _ = steps.Step("ask")

var _ = s.Describe("Judge", func(ev *suite.Evidence) {
	It("has one clause", s.Clause("saymon-judged", control), func() {})
	It("has one name", s.Clause("saymon-judged", control), func() {})
	It("has one name", s.Clause("saymon-judged", control), func() {})
	It("has no clause", func() {})
	It("has an unknown clause", s.Clause("saymon-unknown", control), func() {})
	It("judges what is excused", s.Clause("saymon-excused", control), func() {})
	It("has a (strange) name", s.Clause("saymon-judged", control), func() {})
})
`

// A suite whose specs and clauses do not fit refuses to start, says where, and sends nothing.
func TestASuiteThatDoesNotFitRefusesToStart(t *testing.T) {
	g := NewWithT(t)
	output, reports := runThrowaway(t, brokenClauses, brokenSuite, "targets:\n  - {name: a, api: saymon, url: "+
		"embedded}\n  - {name: b, api: saymon, url: embedded}\n")
	for _, says := range []string{
		`clause saymon-forgotten has no spec`,
		`clause saymon-excused says why it is unjudged, and yet "Judge judges what is excused" judges it`,
		`judges the clause saymon-unknown, which suites/saymon/clauses.yaml does not have`,
		`broken_test.go:31: spec "Judge has no clause" judges 0 clauses`,
		`broken_test.go:30: spec "Judge has one name" has the name of the one at`,
		`broken_test.go:34: spec "Judge has a (strange) name" has "(" in its name`,
	} {
		g.Expect(output).To(ContainSubstring(says))
	}
	g.Expect(output).NotTo(ContainSubstring("something was sent"))
	junit, err := os.ReadFile(filepath.Join(reports, "TEST-saymon.xml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(junit)).To(ContainSubstring("saymon-forgotten"))
}

// runThrowaway runs a suite that does not pass, and gives what it prints and its folder of reports.
func runThrowaway(t *testing.T, clauses, suite, targets string) (output, reports string) {
	t.Helper()
	g := NewWithT(t)
	// It must lie within the module to be compiled, and not in the repository, where ginkgo -r would find it.
	folder, err := os.MkdirTemp(".", "broken-")
	g.Expect(err).NotTo(HaveOccurred())
	defer func() { _ = os.RemoveAll(folder) }()
	reports = t.TempDir()
	file := filepath.Join(t.TempDir(), "targets.yaml")
	for path, text := range map[string]string{filepath.Join(folder, "clauses.yaml"): clauses,
		filepath.Join(folder, "broken_test.go"): suite, file: targets} {
		g.Expect(os.WriteFile(path, []byte(text), 0o600)).To(Succeed())
	}
	cmd := exec.Command("go", "test", "./"+folder, "-ginkgo.vv")
	cmd.Env = append(os.Environ(), "TARGETS_FILE="+file, "TARGET=", "EVIDENCE=", "REPORTS_DIR="+reports)
	text, err := cmd.CombinedOutput()
	g.Expect(err).To(HaveOccurred())
	return string(text), reports
}
