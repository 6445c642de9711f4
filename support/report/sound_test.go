//go:build unit

package report

import (
	"testing"

	. "github.com/onsi/gomega"
)

// What a part of a run left may be damaged on its way, or edited; a merge decides the exit by it.
func TestResultsWhoseVerdictsContradictThemselvesAreRefused(t *testing.T) {
	for says, change := range map[string]func(r *Results){
		`"fbil" is no verdict of a spec`: func(r *Results) { r.Targets[0].Results[0].Verdict = "fbil" },
		`its verdict is "conformant", and its specs make it "non-conformant"`: func(r *Results) {
			r.Targets[0].Verdict = Conformant
		},
		`its verdict is "partial", and`: func(r *Results) { r.Targets[0].Verdict = Partial },
		"nothing of it was judged":      func(r *Results) { r.Targets[0].Results = []Result{} },
		"results of no target":          func(r *Results) { r.Targets = []Target{} },
		"results of sdm":                func(r *Results) { r.API = "sdm" },
	} {
		g, r := NewWithT(t), sample()
		r.Targets[1].Stopped = "nobody listens"
		g.Expect(r.Sound("saymon")).To(Succeed())
		change(r)
		g.Expect(r.Sound("saymon")).To(MatchError(ContainSubstring(says)))
	}
}

// v0.1.0 took a target for partial that is conformant now: its results stay readable, for a history of releases.
func TestResultsOfAnEarlierVersionStaySound(t *testing.T) {
	of := judged(result(Pass, "stated"))
	of.Verdict = Partial
	NewWithT(t).Expect((&Results{API: "sdm", Targets: []Target{*of}}).Sound("sdm")).To(Succeed())
}
