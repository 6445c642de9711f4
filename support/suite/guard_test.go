//go:build unit

package suite

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/canary"
)

const leakyClauses = `
api: saymon
documents: [{file: 001_a.txt, title: One, language: English, lines: 1, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}]
clauses:
- {id: saymon-failing, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: saymon-warning, tier: extra, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: saymon-skipping, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: saymon-panicking, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
- {id: saymon-inconclusive, tier: stated, call: GET /a, says: A., source: {document: 001_a.txt, lines: 1, section: I}}
`

// Its specs say secrets that they cannot know, as if hiding had failed, and show all that they can know.
const leakySuite = `package leaky

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	_ "session-conformance/suites/apis"
	"session-conformance/support/evidence"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

//go:embed clauses.yaml
var clauses []byte

var s = suite.New(suite.API{API: evidence.API{Name: "saymon"}, Title: "Leaky", Clauses: clauses})

var steps, more, most evidence.Steps

var first, second, third = steps.Step("first"), more.Step("second"), most.Step("third")

var control = s.Scenario("control", &steps, func(t *evidence.Caller) {
	t.Get(first, "/a", evidence.Basic(t.User.Login, t.User.Password))
}, evidence.Control())

var fails = s.Scenario("fails", &more, func(t *evidence.Caller) { panic(t.Target.User) })

var failsToo = s.Scenario("fails too", &most, func(t *evidence.Caller) {
	panic("with " + t.User.Password)
})

func TestLeaky(t *testing.T) { s.Run(t) }

const planted = "hunter2 & hunter3"

var _ = s.Describe("Judge", func(ev *suite.Evidence) {
	It("fails with a secret", s.Clause("saymon-failing", control), func() { Expect("the password " + planted).To(BeEmpty()) })
	It("warns with a secret", s.Clause("saymon-warning", control), func() {
		Expect("the password " + base64.StdEncoding.EncodeToString([]byte("somebody:" + planted))).To(BeEmpty())
	})
	It("skips with a secret", s.Clause("saymon-skipping", control), func() { suite.Skip(report.NotApplicable, "it is " + planted) })
	It("panics with all that it can know", s.Clause("saymon-panicking", control), func() {
		panic(fmt.Sprintf("%+v %+v", ev.Target(), *ev.Of(first)))
	})
	It("reads a scenario that panicked", s.Clause("saymon-inconclusive", fails), func() { ev.Of(second) })
	It("reads another scenario that panicked", s.Clause("saymon-inconclusive", failsToo), func() { ev.Of(third) })
})
`

// Whatever goes wrong in a suite, neither the terminal nor a report shows a secret.
func TestNoSecretIsPrintedWhereTheSuiteIsWrong(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.Header.Get("Authorization"))
	}))
	defer server.Close()
	output, reports := runThrowaway(t, leakyClauses, leakySuite,
		"targets:\n  - {name: lab, api: saymon, url: '"+server.URL+"', user: {login: somebody, password: 'hunter2 & "+
			"hunter3'}}\n")
	finder := canary.NewFinder([]string{"hunter2 & hunter3"})
	g.Expect(finder.Find([]byte(output))).To(BeEmpty(), output)
	for _, says := range []string{"[masked: lab: user.password", "panics with all that it can know", "the suite's own " +
		"spec failed, broken_test.go line",
		"the suite's own scenario failed: with "} {
		g.Expect(output).To(ContainSubstring(says))
	}
	files := 0
	g.Expect(filepath.WalkDir(reports, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		g.Expect(finder.Find(text)).To(BeEmpty(), path)
		return err
	})).To(Succeed())
	g.Expect(files).To(Equal(12), "the evidence, JSON, JUnit, CSV, summary, the page of all targets, the target's, its "+
		"certificate, the clauses, and three locks")
}
