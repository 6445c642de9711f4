package sessions

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/types"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// All of this is extra: the document states no status of a refusal.
var _ = sessions.Describe("A refusal", func(ev *suite.Evidence) {
	is := func(text, id string, matcher types.GomegaMatcher, chosen func() []*exchange.Exchange) {
		It(text, clause(id, everyRefusal()...), func() {
			live(ev)
			suite.ExpectEach(chosen(), matcher)
		})
	}
	is("is answered with a status 4xx", "sessions-refusal-4xx", BeClientError(), func() []*exchange.Exchange {
		return append(refusedLogins(ev, session.Unknown, session.Invalid, session.Incomplete), refusedCalls(ev)...)
	})
	is("of wrong credentials is answered with the status 401", "sessions-refusal-credentials-401", HaveStatus(401),
		func() []*exchange.Exchange { return clientErrors(refusedLogins(ev, session.Unknown)) })
	is("of an incomplete login is answered with the status 400 or 401", "sessions-refusal-incomplete-400-401",
		HaveStatus(400, 401), func() []*exchange.Exchange { return clientErrors(refusedLogins(ev, session.Incomplete)) })
	is("of a value that is no text is answered with a status 4xx", "sessions-wrong-types-4xx", BeClientError(),
		func() []*exchange.Exchange { return refusedLogins(ev, session.Mistyped) })
	is("of a call without a live session is answered with the status 401", "sessions-refusal-session-401",
		HaveStatus(401), func() []*exchange.Exchange { return clientErrors(refusedCalls(ev)) })
})

// everyRefusal are the scenarios in which something is refused, and those that send the same made right.
func everyRefusal() []*Scenario {
	read := refusals.Where(func(r *session.Refusal) bool { return r.Kind != session.Unreadable })
	return append(read.Scenarios(), LogIn, LogInByToken, LogInAsNode, RefusedLogins, RefusedNode, Sessionless, Doors,
		LogOut)
}

// refusedLogins are the refused logins of some kinds, of the ways in that accept a login made right.
func refusedLogins(ev *suite.Evidence, kinds ...session.Kind) []*exchange.Exchange {
	accepts := map[*session.Way]bool{}
	for _, w := range []*session.Way{byPassword, byToken, asNode} {
		accepts[w] = slices.ContainsFunc(ev.All(w.First, w.Login), (*exchange.Exchange).Succeeded)
	}
	steps := refusals.Where(func(r *session.Refusal) bool { return slices.Contains(kinds, r.Kind) && accepts[r.Way] }).
		Steps()
	if slices.Contains(kinds, session.Unknown) {
		steps = append(steps, wrongPassword)
		if accepts[asNode] {
			steps = append(steps, everyText, passwordAlone)
		}
	}
	return refused(ev, steps...)
}

// refusedCalls are the refused calls about the user, of those that answer a live session.
func refusedCalls(ev *suite.Evidence) []*exchange.Exchange {
	usesOf(ev, currentUser, details)
	var steps []*Step
	if ev.Optional(currentUser).Succeeded() {
		steps = append(steps, userWithout, userInvented, userAfter)
		for _, no := range noSessions {
			steps = append(steps, no.user)
		}
	}
	if ev.Optional(details).Succeeded() {
		steps = append(steps, detailsWithout, detailsInvented, detailsAfter)
		for _, no := range noSessions {
			steps = append(steps, no.details)
		}
	}
	return refused(ev, steps...)
}

// refused are the answers to the steps without what was wrongly accepted, which other clauses are about.
func refused(ev *suite.Evidence, steps ...*Step) []*exchange.Exchange {
	return slices.DeleteFunc(ev.All(steps...), (*exchange.Exchange).Succeeded)
}

// clientErrors leaves out what is no 4xx, which another clause is about.
func clientErrors(all []*exchange.Exchange) []*exchange.Exchange {
	return slices.DeleteFunc(all, func(e *exchange.Exchange) bool { return !IsClientError(e) })
}
