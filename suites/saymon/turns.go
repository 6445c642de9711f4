package saymon

import (
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// inTurn declares the scenario of a login that names the user: it is sent when those before it have been, and a good
// login follows.
func inTurn(r *session.Refusal, steps *Steps) {
	followWithGood(r.Step)
	before := slices.Clone(allInTurn)
	s := saymon.Scenario(r.Name, steps, func(t *Caller) {
		awaitAll(t, before)
		refuse(t, r.Step, r.Body(t), Refused())
		stillGood(t, r.Step, byLogin)
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
func goodLogin(t *Caller, after *Step, way *session.Way) *exchange.Exchange {
	return logIn(t, goodAfter[after], way.Body(t), Opens(way.Account))
}

// stillGood logs the user in rightly after a step that was to be refused, says whether that succeeds, and ends the
// session.
func stillGood(t *Caller, after *Step, way *session.Way) bool {
	good := goodLogin(t, after, way)
	t.Leave(sessionOfLogin(t, good))
	return session.StillGood(t, way.Account, good)
}
