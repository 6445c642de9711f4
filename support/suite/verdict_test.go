//go:build unit

package suite

import (
	"testing"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

func TestVerdictOfASpec(t *testing.T) {
	spec := func(state types.SpecState, message string) types.SpecReport {
		return types.SpecReport{State: state, Failure: types.Failure{Message: message, ForwardedPanic: "boom"}}
	}
	for _, test := range []struct {
		spec    types.SpecReport
		verdict report.Verdict
		message string
	}{
		{spec(types.SpecStatePassed, ""), report.Pass, ""},
		{spec(types.SpecStateFailed, "a: b"), report.Fail, "a: b"},
		{spec(types.SpecStateSkipped, "warn: it: is so"), report.Warn, "it: is so"},
		{spec(types.SpecStateSkipped, "not-applicable: no"), report.NotApplicable, "no"},
		{spec(types.SpecStateSkipped, "something else"), report.Inconclusive, "the run ended before this was judged. something else"},
		{spec(types.SpecStateSkipped, ""), report.Inconclusive, "the run ended before this was judged."},
		{spec(types.SpecStateInterrupted, ""), report.Inconclusive, "the run was interrupted before this was judged"},
		{spec(types.SpecStatePanicked, "it panicked"), report.Fail, "the suite's own spec failed: it panicked boom"},
		{spec(types.SpecStateTimedout, "late"), report.Fail, "late"},
	} {
		verdict, message := verdictOf(test.spec)
		NewWithT(t).Expect(verdict).To(Equal(test.verdict))
		NewWithT(t).Expect(message).To(Equal(test.message))
	}
}

func TestCutKeepsWholeCharacters(t *testing.T) {
	g := NewWithT(t)
	g.Expect(cut("short", 100)).To(Equal("short"))
	got := cut("ääääääääää", 10)
	g.Expect(len(got)).To(BeNumerically("<=", 10))
	g.Expect(got).To(HaveSuffix("…\n"))
	g.Expect(got).To(HavePrefix("ää"))
}

func TestFilterOfSaysWhatWasTyped(t *testing.T) {
	g := NewWithT(t)
	g.Expect(filterOf(types.SuiteConfig{FocusStrings: []string{"cookie"}}, "tier: containsAny stated")).To(Equal(
		`--focus "cookie" --label-filter "tier: containsAny stated"`))
	g.Expect(filterOf(types.SuiteConfig{}, "")).To(Equal("some specs only"))
}
