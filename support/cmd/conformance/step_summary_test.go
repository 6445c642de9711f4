//go:build unit

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

func TestAppendWithinTheLimit(t *testing.T) {
	const limit = 200
	lines := strings.Repeat("0123456789\n", 30)
	for name, test := range map[string]struct{ before, text, after string }{
		"the first":          {"", "a\nb\n", "a\nb\n"},
		"behind another":     {"x", "a\n", "x\na\n"},
		"just fits":          {"", lines[:limit], lines[:limit]},
		"cut at a line":      {"", lines, strings.TrimSuffix(lines[:11*11], "\n") + cutShort()},
		"no room for a line": {lines[:150], lines, lines[:150]},
		"no room at all":     {lines[:210], "a\n", lines[:210]},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			file := filepath.Join(t.TempDir(), "summary")
			if test.before != "" {
				g.Expect(os.WriteFile(file, []byte(test.before), 0o600)).To(Succeed())
			}
			err := appendWithin(file, []byte(test.text), limit)
			g.Expect(err != nil).To(Equal(test.before == test.after))
			after, err := os.ReadFile(file)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(after)).To(Equal(test.after))
			g.Expect(len(after)).To(Or(BeNumerically("<=", limit), Equal(len(test.before))))
		})
	}
}

func TestAppendStepSummaryWhereItIsAskedFor(t *testing.T) {
	g := NewWithT(t)
	folder, file := report.Dir{Path: t.TempDir()}, filepath.Join(t.TempDir(), "step")
	t.Setenv("GITHUB_STEP_SUMMARY", file)
	appendStepSummary(folder)
	g.Expect(file).NotTo(BeAnExistingFile(), "there is no summary.md")
	g.Expect(os.WriteFile(filepath.Join(folder.Path, "summary.md"), []byte("# It\n"), 0o600)).To(Succeed())
	appendStepSummary(folder)
	g.Expect(os.ReadFile(file)).To(BeEquivalentTo("# It\n"))
	t.Setenv("GITHUB_STEP_SUMMARY", "")
	appendStepSummary(folder)
	g.Expect(os.ReadFile(file)).To(BeEquivalentTo("# It\n"))
}
