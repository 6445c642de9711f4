//go:build unit

package proof

import (
	"os"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

func TestMalformedReportsAreNamed(t *testing.T) {
	g := NewWithT(t)
	folder := report.Dir{Path: t.TempDir()}
	results := &report.Results{Format: report.Format, API: "saymon",
		Targets: []report.Target{{Name: "fine"}, {Name: "broken"}, {Name: "missing"}}}
	g.Expect(folder.Write(results)).To(Succeed())
	g.Expect(folder.WriteEvidence("fine",
		[]byte(`{"log": {"version": "1.2", "creator": {"name": "n", "version": "v"}, "entries": []}}`))).To(Succeed())
	g.Expect(folder.WriteEvidence("broken", []byte(`{"log": {}}`))).To(Succeed())
	g.Expect(malformed(folder.Path, results)).
		To(ConsistOf(ContainSubstring("broken.har: the file is no HAR 1.2"), ContainSubstring("missing.har: no such file")))
	g.Expect(os.WriteFile(folder.Path+"/TEST-saymon.xml", []byte("<a/>"), 0o600)).To(Succeed())
	g.Expect(malformed(folder.Path, results)).
		To(ContainElement(ContainSubstring("TEST-saymon.xml: the file is no JUnit: line 1: the element a is not known")))
}
