package saymon

import (
	"context"
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
)

// inTurn declares the scenario of a login that names the user: it is sent when those before it have been, and a good
// login follows.
func inTurn(r *session.Refusal, steps *Steps) {
	followWithGood(r.Step)
	before := slices.Clone(allInTurn)
	s := saymon.Scenario(r.Name, steps, func(ctx context.Context, t *Caller) {
		awaitAll(t, before)
		refuse(ctx, t, r.Step, r.Body(t), Refused())
		stillGood(ctx, t, r.Step, byLogin)
	}, Needs(r.Way.Needs...), Account("user"))
	allInTurn = append(allInTurn, s)
}

// allInTurn are the scenarios that send refused logins of the user one after another.
var allInTurn = []*Scenario{RefusedLogins}

// awaitAll waits for all of them: one that does not run is no bound between those around it.
func awaitAll(t *Caller, all []*Scenario) {
	for _, s := range all {
		t.Await(s)
	}
}
