package evidence

import (
	"bytes"
	"slices"

	"session-conformance/support/exchange"
)

// The scenarios of the suite's own. No spec reads them; they stand in the evidence after all others, in this order, so
// that it shows whatever was sent.
const (
	// LookName is the GET without credentials that may explain why control was not let in.
	LookName = "look at the address"
	// BetweenName are the good logins that no scenario asked for: see goodBetween.
	BetweenName = "log in between refused logins"
	// CleanUpName is what undoes what is left.
	CleanUpName = "end the sessions that are left open"
)

var ownNames = []string{LookName, BetweenName, CleanUpName}

// IsOwn says whether a scenario is one of them.
func IsOwn(scenario string) bool { return slices.Contains(ownNames, scenario) }

// unlikeOwn says why an entry of such a scenario is none that a run leaves; empty: it may be one.
func (ev *Evidence) unlikeOwn(e *exchange.Exchange) string {
	switch e.Scenario {
	case LookName:
		if e.Request.Method != "GET" || len(e.Request.Body) > 0 || e.Configured || e.Request.Header.Get("Cookie") != "" {
			return "it is no GET without credentials"
		}
	case BetweenName:
		if !e.Configured || !slices.ContainsFunc(ev.Exchanges, func(o *exchange.Exchange) bool {
			return !IsOwn(o.Scenario) && o.Configured && o.Succeeded() && o.Request.Method == e.Request.Method &&
				o.Request.URL == e.Request.URL && bytes.Equal(o.Request.Body, e.Request.Body)
		}) {
			return "it repeats no login that a scenario made"
		}
	}
	return ""
}
