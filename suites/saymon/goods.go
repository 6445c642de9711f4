package saymon

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// goodAfter are the good logins by the refused one before them; goodLogins are all of these, in their order.
var (
	goodAfter  = map[*Step]*Step{}
	goodLogins []*Step
)

// refusedStep declares a login that must be refused, and the good one after it.
func refusedStep(of *Steps, name string) *Step {
	step := of.Step(name)
	followWithGood(step)
	return step
}

// followWithGood declares a good login after a step.
func followWithGood(step *Step) {
	goodAfter[step] = step.Beside("log in after " + step.Name)
	goodLogins = append(goodLogins, goodAfter[step])
}

// goodLogin logs in rightly after a step that was to be refused.
func goodLogin(ctx context.Context, t *Caller, after *Step, way *session.Way) *exchange.Exchange {
	return logIn(ctx, t, goodAfter[after], way.Body(t), Opens(way.Account))
}

// stillGood logs the user in rightly after a step that was to be refused, says whether that succeeds, and ends the
// session.
func stillGood(ctx context.Context, t *Caller, after *Step, way *session.Way) bool {
	good := goodLogin(ctx, t, after, way)
	t.Leave(ctx, sessionOfLogin(t, good))
	return session.StillGood(t, way.Account, good)
}
