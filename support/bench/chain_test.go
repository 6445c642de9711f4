//go:build unit

package main

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

// Control's two answers, one of two that ran side by side, a session's end, and after a pause an ending.
func TestTheLongestChainNamesItsLinks(t *testing.T) {
	g := NewWithT(t)
	began := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	at := func(scenario string, from, took int) *exchange.Exchange {
		return &exchange.Exchange{Scenario: scenario, Started: began.Add(time.Duration(from) * time.Millisecond),
			Took: time.Duration(took) * time.Millisecond}
	}
	c := longestChain([]*exchange.Exchange{at("log in", 0, 50), at("log in", 51, 50), at("one", 103, 50),
		at("another", 102, 60), at("another", 163, 50), at(evidence.CleanUpName, 214, 50), at("log out", 1265, 50)})
	g.Expect(c.answers).To(Equal(map[string]int{inControl: 2, inTurn: 2, inScenario: 1, inEnding: 1}))
	g.Expect(c.pauses).To(Equal(1001 * time.Millisecond))
	g.Expect(c.least()).To(Equal(1301 * time.Millisecond))
}
