package main

import (
	"slices"
	"time"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

// links are the rules of the order that make one answer wait for another, as a reader of the table knows them.
const (
	inControl  = "control comes first and alone"
	inScenario = "a scenario's requests follow one another"
	inTurn     = "scenarios of an account take turns, endings come last"
	inEnding   = "a session ends before the next ones open"
	inBetween  = "a good login follows a refused one"
)

// links are in the order of the table.
var links = []string{inControl, inScenario, inTurn, inEnding, inBetween}

// chain is what a run waited for one after another: how many answers, by the rule that made each wait, and pauses.
type chain struct {
	answers map[string]int
	pauses  time.Duration
}

// longestChain goes back from the answer that came last: each request waited for the one that had been answered latest
// when it went out. What lies between them, where it is more than the run's own work, is a pause that the suite keeps.
func longestChain(all []*exchange.Exchange) chain {
	ended := func(e *exchange.Exchange) time.Time { return e.Started.Add(e.Took) }
	byEnd := slices.Clone(all)
	slices.SortFunc(byEnd, func(a, b *exchange.Exchange) int { return ended(a).Compare(ended(b)) })
	c := chain{answers: map[string]int{}}
	for i := len(byEnd) - 1; i >= 0; {
		e := byEnd[i]
		before := i - 1
		for before >= 0 && ended(byEnd[before]).After(e.Started) {
			before--
		}
		switch {
		case e.Scenario == all[0].Scenario:
			c.answers[inControl]++
		case e.Scenario == evidence.CleanUpName:
			c.answers[inEnding]++
		case e.Scenario == evidence.BetweenName:
			c.answers[inBetween]++
		case before >= 0 && byEnd[before].Scenario == e.Scenario:
			c.answers[inScenario]++
		default:
			c.answers[inTurn]++
		}
		if before >= 0 {
			if gap := e.Started.Sub(ended(byEnd[before])); gap > lateness/2 {
				c.pauses += gap
			}
		}
		i = before
	}
	return c
}

// least is how long the chain takes where nothing but answers and pauses take time.
func (c chain) least() time.Duration {
	least := c.pauses
	for _, n := range c.answers {
		least += time.Duration(n) * lateness
	}
	return least
}
