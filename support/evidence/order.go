package evidence

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"session-conformance/support/exchange"
)

// run keeps the order: control alone, then side by side, then endings one by one, then the clean-up.
func (r *recorder) run(ctx context.Context, api *API, job Job) {
	defer context.AfterFunc(ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.cut = time.Now()
	})()
	chosen := api.chosen(job.Scenarios)
	for i, s := range api.Scenarios() {
		r.order[s] = i
	}
	r.stopped = cmp.Or(r.stopped, r.accounts.turnedAway(&r.target, "user"))
	r.refuse("other_user", r.accounts.turnedAway(&r.target, "other_user"))
	r.act(ctx, chosen[0])
	r.tellLogout(ctx, chosen[0])
	r.mu.Lock()
	if control := r.exchanges[chosen[0]]; r.stopped == "" && len(control) > 0 &&
		!slices.ContainsFunc(control, (*exchange.Exchange).Answered) {
		r.stopped = "the first request got no answer (" + cmp.Or(control[0].NoAnswer, control[0].Unanswered()) + ")"
	}
	r.mu.Unlock()

	var endings []*Scenario
	var sideBySide sync.WaitGroup
	turns := map[string][]*Scenario{}
	for _, s := range chosen {
		r.done[s] = make(chan struct{})
	}
	close(r.done[chosen[0]])
	if r.stopped == "" && slices.ContainsFunc(chosen, func(s *Scenario) bool { return s.asksTokens() && r.runs(s) }) {
		sideBySide.Go(func() { r.tokens() }) // so that it does not wait for the turn of who needs them
	}
	start := func(chain []*Scenario) {
		sideBySide.Go(func() {
			for _, s := range chain {
				for _, earlier := range s.after {
					<-r.done[earlier]
				}
				r.act(ctx, s)
				close(r.done[s])
			}
		})
	}
	letGo := r.client.HoldBack()
	for _, s := range chosen[1:] {
		switch {
		case s.ending:
			endings = append(endings, s)
		case r.takeTurns && s.account != "":
			key := r.turnsOf(s.account)
			turns[key] = append(turns[key], s)
		default:
			start([]*Scenario{s})
		}
	}
	for _, chain := range turns {
		start(chain)
	}
	time.Sleep(together)
	close(r.together)
	letGo()
	sideBySide.Wait()
	for _, s := range endings {
		r.act(ctx, s)
		close(r.done[s])
	}
	r.tellEnded(ctx)
	r.tidy(ctx)
	r.tellSteady()
	r.tellSilences()
	r.tellLocked()
	r.tellInPlace()
	if ctx.Err() != nil {
		r.stop("the run was interrupted")
	}
}

// tellLocked voids the refusals since the account was let in last, where the target ended because it is not any more:
// whatever keeps it out, a lock or a ban, may have answered them.
func (r *recorder) tellLocked() {
	var let time.Time
	var refused []*exchange.Exchange
	for _, e := range r.every() {
		if e.Account == r.lockedOut && e.Succeeded() && e.Started.After(let) {
			let = e.Started
		} else if e.Answered() && !e.Succeeded() {
			refused = append(refused, e)
		}
	}
	for _, e := range refused {
		if r.lockedOut != "" && e.Started.Add(e.Took).After(let) { // of what overlaps nobody knows which came first
			e.Void(r.stopped)
		}
	}
}

// tellSteady finds the calls that the target answers 503 while it answers others before and after: that is their
// answer.
func (r *recorder) tellSteady() {
	var answered []time.Time
	var busy []*exchange.Exchange
	for _, e := range r.every() {
		if e.Answered() {
			answered = append(answered, e.Started)
		} else {
			busy = append(busy, e)
		}
	}
	for _, e := range busy {
		if slices.ContainsFunc(answered, e.Started.After) && slices.ContainsFunc(answered, e.Started.Before) {
			e.Steady()
		}
	}
}

// together is within what time the first requests of scenarios that start together have come.
const together = time.Millisecond

// runs says whether nothing keeps the scenario from running, as far as targets.yaml tells.
func (r *recorder) runs(s *Scenario) bool {
	verdict, _ := missing(s, &r.target)
	return verdict == ""
}

// act runs one scenario, or settles why it does not run. A scenario that panics ends alone.
func (r *recorder) act(ctx context.Context, s *Scenario) {
	if verdict, reason := missing(s, &r.target); verdict != "" {
		r.settle(s.outcome(verdict, reason))
		return
	}
	r.mu.Lock()
	reason := r.stopped
	r.mu.Unlock()
	if reason != "" {
		r.settle(s.outcome(Inconclusive, "not asked: "+reason))
		return
	}
	defer r.settleFailure(s)
	caller := r.caller(ctx, s)
	if s.asksTokens() {
		if verdict, reason := r.giveTokens(caller); verdict != "" {
			r.settle(s.outcome(verdict, reason))
			return
		}
	}
	if s.account != "" && (r.takeTurns || !s.control && !s.ending && r.logsOut()) {
		caller.seat = r.account(r.turnsOf(s.account)).seat
		caller.seat <- struct{}{}
		defer func() { <-caller.seat }()
	}
	s.act(caller)
	if !s.control {
		r.endSessions(ctx, s)
	}
}

// settleFailure records that a scenario panicked, where it did. To be deferred.
func (r *recorder) settleFailure(s *Scenario) {
	if failure := recover(); failure != nil {
		r.settle(s.outcome(Inconclusive, fmt.Sprintf("the suite's own scenario failed: %v", failure)))
	}
}
