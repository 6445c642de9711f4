package evidence

import (
	"context"
	"sync/atomic"

	"session-conformance/support/exchange"
)

// refusals says whether a target refuses the logins that it must refuse. These open no session, so they need not keep
// out of Alone; but who lets one in is not trusted to refuse the next. The first wrong password finds out. Make them
// with newRefusals.
type refusals struct {
	asked   atomic.Bool   // a wrong password is on its way, or was
	told    chan struct{} // closed when it was answered, or is not going to be
	refused atomic.Bool   // all so far
}

func newRefusals() *refusals { return &refusals{told: make(chan struct{})} }

// logIn sends a request that may be a login: one that must be refused in its turn, and at once beside others where the
// target is trusted; others when no other scenario has the account to itself.
func (t *Caller) logIn(ctx context.Context, c call) (e *exchange.Exchange) {
	r := t.rec.refusals
	atOnce := func() func() { return func() {} }
	beside := atOnce
	if c.logsIn != "" && c.logsIn != t.alone {
		beside = func() func() { return t.rec.loginsOf(c.logsIn).one() }
	}
	if reason := t.rec.refusedAccount(c); reason != "" && !t.scenario.control {
		return t.rec.notAsked(t.scenario, c, reason)
	}
	name := t.rec.named(c)
	if name != "" { // others may wait for it already
		still := t.rec.account(name).waits()
		defer still(false)
		c.counted = still
	}
	if !c.refuse && c.logsIn != "" {
		t.rec.makeRoom(ctx, c.logsIn)
	}
	switch {
	case c.wrong != "" && r.first():
		defer func() { r.tell(e != nil && e.Answered() && !e.Succeeded()) }()
		e = t.refused(ctx, c, name, atOnce)
	// control begins and ends before the others begin
	case c.refuse && !t.scenario.control && c.logsIn != "" && r.trusted(t.rec.together):
		if e = t.refused(ctx, c, name, atOnce); e.Succeeded() {
			r.refused.Store(false)
		}
	case c.refuse:
		e = t.refused(ctx, c, name, beside)
	case c.opens != "":
		defer beside()()
		return t.good(ctx, c)
	default:
		over := beside()
		e = t.rec.send(ctx, t.scenario, c)
		over()
		if !c.odd {
			return e
		}
	}
	t.isThere(ctx, e)
	return e
}

// first says whether no wrong password was sent yet. It must be told then what became of this one.
func (r *refusals) first() bool { return !r.asked.Swap(true) }

func (r *refusals) tell(refused bool) {
	r.refused.Store(refused)
	close(r.told)
}

// trusted waits for what the first wrong password tells, where one is sent by the time when all scenarios have begun.
func (r *refusals) trusted(begun <-chan struct{}) bool {
	<-begun
	if !r.asked.Load() {
		return false
	}
	<-r.told
	return r.refused.Load()
}
