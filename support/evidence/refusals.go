package evidence

import (
	"context"
	"sync"

	"session-conformance/support/exchange"
)

// refusals says whether a target refuses the logins that it must refuse. These open no session, so they need not keep out of Alone;
// but who lets one in is not trusted to refuse the next. The first wrong password finds out. Make them with newRefusals.
type refusals struct {
	mu      sync.Mutex
	asked   bool          // a wrong password is on its way, or was
	told    chan struct{} // closed when it was answered, or is not going to be
	refused bool          // all so far
}

func newRefusals() *refusals { return &refusals{told: make(chan struct{})} }

// logIn sends a login: one that must be refused at once, where the target is trusted, and others when no other scenario has the account
// to itself.
func (t *Caller) logIn(ctx context.Context, c call) *exchange.Exchange {
	r := t.rec.refusals
	switch {
	case c.wrong != "" && r.first():
		var e *exchange.Exchange
		defer func() { r.tell(e != nil && e.Unanswered() == "" && !e.Succeeded()) }()
		e = t.rec.send(ctx, t.scenario, c)
		return e
	case c.refuse && !t.scenario.control && r.trusted(t.rec.together): // control begins and ends before the others begin
		e := t.rec.send(ctx, t.scenario, c)
		if e.Succeeded() {
			r.distrust()
		}
		return e
	}
	defer t.rec.loginsOf(c.logsIn).one()()
	return t.rec.send(ctx, t.scenario, c)
}

// first says whether no wrong password was sent yet. It must be told then what became of this one.
func (r *refusals) first() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.asked
	r.asked = true
	return !was
}

func (r *refusals) tell(refused bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refused = refused
	close(r.told)
}

// trusted waits for what the first wrong password tells, where one is sent by the time when all scenarios have begun.
func (r *refusals) trusted(begun <-chan struct{}) bool {
	<-begun
	r.mu.Lock()
	asked := r.asked
	r.mu.Unlock()
	if !asked {
		return false
	}
	<-r.told
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.refused
}

// distrust says that a later one was let in.
func (r *refusals) distrust() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refused = false
}
