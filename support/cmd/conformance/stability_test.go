//go:build unit

package main

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

func TestDifferencesFindsWhatDiffers(t *testing.T) {
	g := NewWithT(t)
	a := map[string]report.Verdict{"x": report.Pass, "y": report.Pass, "gone": report.Pass}
	b := map[string]report.Verdict{"x": report.Pass, "y": report.Warn, "new": report.Pass}
	g.Expect(differences(a, b)).To(Equal([]string{`gone: "pass", then ""`, "new: not judged in the first run",
		`y: "pass", then "warn"`}))
	g.Expect(differences(a, a)).To(BeEmpty())
}
