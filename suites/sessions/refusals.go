package sessions

import (
	. "github.com/onsi/ginkgo/v2"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/suite"
)

// All of this is extra: the document states no status of a refusal.
var _ = sessions.Describe("A refusal", func(ev *suite.Evidence) {
	is := func(text, id string, chosen func() []*exchange.Exchange, expected string, met func(status int) bool) {
		It(text, clause(id, everyRefusal()...), func() {
			live(ev)
			suite.ExpectEach(expected, chosen(), func(e *exchange.Exchange) bool { return met(e.Status()) })
		})
	}
	status := func(allowed ...int) func(int) bool {
		return func(status int) bool {
			for _, a := range allowed {
				if status == a {
					return true
				}
			}
			return false
		}
	}

	is("is answered with a status 4xx", "sessions-refusal-4xx", func() []*exchange.Exchange {
		return append(refusedLogins(ev, unknown, empty, incomplete), refusedCalls(ev)...)
	}, "a status 4xx", isClientError)
	is("of wrong credentials is answered with the status 401", "sessions-refusal-credentials-401", func() []*exchange.Exchange {
		return clientErrors(refusedLogins(ev, unknown))
	}, "the status 401", status(401))
	is("of an incomplete login is answered with the status 400 or 401", "sessions-refusal-incomplete-400-401", func() []*exchange.Exchange {
		return clientErrors(refusedLogins(ev, incomplete))
	}, "the status 400 or 401", status(400, 401))
	is("of a call without a live session is answered with the status 401", "sessions-refusal-session-401", func() []*exchange.Exchange {
		return clientErrors(refusedCalls(ev))
	}, "the status 401", status(401))
})

// everyRefusal are the scenarios in which something is refused, and those that send the same made right.
func everyRefusal() []*Scenario {
	list := []*Scenario{LogIn, LogInByToken, LogInAsNode, RefusedLogins, RefusedNode, Sessionless, LogOut}
	for _, r := range refusals {
		if r.kind != unreadable {
			list = append(list, r.scenario)
		}
	}
	return list
}

// refusedLogins are the refused logins of some kinds, of the doors that accept a login made right.
func refusedLogins(ev *suite.Evidence, kinds ...kind) []*exchange.Exchange {
	var all []*exchange.Exchange
	accepts := map[door]bool{}
	for d, r := range right {
		for _, e := range ev.All(r.scenarios[0], "log in") {
			accepts[d] = accepts[d] || e.Succeeded()
		}
	}
	for _, k := range kinds {
		for _, r := range refusals {
			if r.kind == k && accepts[r.door] {
				all = append(all, ev.All(r.scenario, "log in")...)
			}
		}
		if k == unknown {
			all = append(all, ev.All(RefusedLogins, "wrong password")...)
		}
		if k == unknown && accepts[asNode] {
			all = append(all, ev.All(RefusedNode, "every text")...)
			all = append(all, ev.All(RefusedNode, "password alone")...)
		}
	}
	return onlyRefused(all)
}

// refusedCalls are the refused calls about the user, of those that answer a live session.
func refusedCalls(ev *suite.Evidence) []*exchange.Exchange {
	var all []*exchange.Exchange
	for _, e := range uses(ev, LogIn) {
		if e.Succeeded() {
			all = append(all, ev.All(Sessionless, e.Step+" ")...)
			all = append(all, ev.All(LogOut, e.Step+" after it")...)
		}
	}
	return onlyRefused(all)
}

// onlyRefused leaves out what was wrongly accepted, the matter of another clause, and tries of what a refusal left.
func onlyRefused(all []*exchange.Exchange) []*exchange.Exchange {
	return those(all, func(e *exchange.Exchange) bool { return !e.Succeeded() && !isTry(e) })
}

// clientErrors leaves out what is no 4xx, the matter of another clause.
func clientErrors(all []*exchange.Exchange) []*exchange.Exchange {
	return those(all, func(e *exchange.Exchange) bool { return isClientError(e.Status()) })
}

func those(all []*exchange.Exchange, which func(*exchange.Exchange) bool) []*exchange.Exchange {
	var found []*exchange.Exchange
	for _, e := range all {
		if which(e) {
			found = append(found, e)
		}
	}
	return found
}

func isClientError(status int) bool { return status >= 400 && status < 500 }
