//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// Evidence that somebody redacted is refused, unless who judges says that it is to be judged as it is; then every
// report says so.
func TestAlteredEvidenceIsRefusedUnlessItIsAskedFor(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, nil, program, "run", "-q")
	g.Expect(r.exit).To(Equal(0), r.output)
	folder := t.TempDir()
	path := filepath.Join(folder, "lab.one.har")
	har, err := os.ReadFile(r.reports.Evidence("lab.one"))
	g.Expect(err).NotTo(HaveOccurred())
	judge := func(text string, flags ...string) ran {
		g.Expect(os.WriteFile(path, []byte(text), 0o600)).To(Succeed())
		return call(t, "", nil, program, append([]string{"judge", folder}, flags...)...)
	}
	g.Expect(judge(string(har)).exit).To(Equal(0))

	altered := strings.Replace(string(har), `"statusText": "Unauthorized"`, `"statusText": "[redacted]"`, 1)
	g.Expect(altered).NotTo(Equal(string(har)), "something was altered")
	r = judge(altered)
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
	g.Expect(r.output).To(ContainSubstring("was altered after it was written"))

	r = judge(altered, "--altered")
	g.Expect(r.exit).NotTo(Equal(report.ExitWrongUse), r.output)
	const says = "altered after it was written"
	g.Expect(r.output).To(ContainSubstring(says))
	for _, file := range []string{"saymon.json", "TEST-saymon.xml", "summary.md", "index.html", "targets/lab.one.html",
		"certificate/lab.one.html"} {
		text, err := os.ReadFile(filepath.Join(r.reports.Path, file))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(text)).To(ContainSubstring(says), file)
	}

	cut := strings.Replace(string(har), `"_step"`, `"_gone"`, 1)
	r = judge(cut, "--altered")
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), "what is missing cannot be judged")
	g.Expect(r.output).To(ContainSubstring("_step"))
	r = judge(`{"log":{"version":"1.2","creator":{"name":"Firefox","version":"140"},"pages":[],"entries":[]}}`,
		"--altered")
	g.Expect(r.exit).To(Equal(report.ExitWrongUse))
	g.Expect(r.output).To(ContainSubstring("log._target"))
}

// Evidence that could not be read leaves a failure for each API. It does not outlive the judgement of what was mended.
func TestAJudgementThatFailedIsGoneWithTheNextOne(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, nil, program, "run", "-q")
	g.Expect(r.exit).To(Equal(0), r.output)
	har, err := os.ReadFile(r.reports.Evidence("lab.one"))
	g.Expect(err).NotTo(HaveOccurred())
	folder := t.TempDir()
	g.Expect(os.Mkdir(filepath.Join(folder, "gathered"), 0o700)).To(Succeed())
	for _, text := range []string{string(har[:1000]), string(har)} {
		g.Expect(os.WriteFile(filepath.Join(folder, "gathered", "lab.one.har"), []byte(text), 0o600)).To(Succeed())
		output, exit := inFolder(t, folder, "judge", "gathered")
		left, err := filepath.Glob(filepath.Join(folder, "reports", "judged", "TEST-*.xml"))
		g.Expect(err).NotTo(HaveOccurred())
		if len(text) == 1000 {
			g.Expect(exit).To(Equal(report.ExitWrongUse), output)
			g.Expect(len(left)).To(BeNumerically(">", 1))
		} else {
			g.Expect(exit).To(Equal(0), output)
			g.Expect(left).To(HaveLen(1))
		}
	}
}
