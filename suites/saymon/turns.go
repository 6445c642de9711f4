package saymon

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
)

// inTurn declares the scenario of a login that names the user: it is sent when the one before it has been, and a good
// login follows.
func inTurn(r *session.Refusal) {
	waits := lastInTurn
	lastInTurn = saymon.Scenario(r.Name, Steps(r.Step, goodAfter(r.Step)), func(ctx context.Context, t *Caller) {
		t.Await(waits)
		refuse(ctx, t, r.Step, r.Body(t), Refused())
		stillGood(ctx, t, r.Step, byLogin)
	}, Needs(r.Way.Needs...), Account("user"))
}

// lastInTurn is the latest scenario of those that send refused logins of the user one after another.
var lastInTurn = RefusedLogins
