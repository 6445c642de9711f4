package saymon

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// goods are the good logins by the refused one before them.
var goods = map[*Step]*Step{}

func goodAfter(step *Step) *Step {
	if goods[step] == nil {
		goods[step] = NewStep("log in after " + step.Name)
	}
	return goods[step]
}

// goodLogins are the good ones after refused ones.
func goodLogins() (steps []*Step) {
	for _, account := range []int{0, 1} {
		for _, step := range stepsOfAttempts(account) {
			if good := goods[step]; good != nil {
				steps = append(steps, good)
			}
		}
	}
	for _, r := range refusals {
		if r.Named {
			steps = append(steps, goodAfter(r.Step))
		}
	}
	for _, r := range oddOfOther {
		steps = append(steps, goodAfter(r.step))
	}
	return append(steps, goodAfter(emptyBasicUser), goodAfter(emptyBasicToken))
}

// goodLogin logs in rightly after a step that was to be refused.
func goodLogin(ctx context.Context, t *Caller, after *Step, way *session.Way) *exchange.Exchange {
	return logIn(ctx, t, goodAfter(after), way.Body(t), Opens(way.Account))
}

// stillGood logs the user in rightly after a step that was to be refused, says whether that succeeds, and ends the
// session.
func stillGood(ctx context.Context, t *Caller, after *Step, way *session.Way) bool {
	good := goodLogin(ctx, t, after, way)
	t.Leave(ctx, sessionOfLogin(t, good))
	return session.StillGood(t, way.Account, good)
}
