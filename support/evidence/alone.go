package evidence

import (
	"context"
	"sync"

	"session-conformance/support/exchange"
)

// Alone does the work, a login and the use of its session, while no other scenario logs the account in: a product may bound
// how many sessions a user has, and end the eldest.
func (t *Caller) Alone(account string, work func()) {
	lock := t.rec.loginsOf(account)
	lock.Lock()
	t.alone = account
	defer func() {
		t.alone = ""
		lock.Unlock()
	}()
	work()
}

// refusals says whether a target refuses the logins that it must refuse. These open no session, so they need not keep out of Alone;
// but who lets one in is not trusted to refuse the next.
type refusals struct {
	sync.Mutex // held while the first such login is under way: the others wait for what it tells
	known      bool
	refused    bool // all that were answered so far
}

// logIn sends a login while no other scenario has its account to itself.
func (t *Caller) logIn(ctx context.Context, c call) (e *exchange.Exchange) {
	if c.refuse {
		known, refused := t.rec.refusals.ask()
		if refused {
			if e = t.rec.send(ctx, t.scenario, c); e.Succeeded() {
				t.rec.refusals.distrust()
			}
			return e
		}
		if !known {
			defer func() { t.rec.refusals.tell(e != nil && e.Unanswered() == "" && !e.Succeeded()) }()
		}
	}
	lock := t.rec.loginsOf(c.logsIn)
	lock.RLock()
	defer lock.RUnlock()
	return t.rec.send(ctx, t.scenario, c)
}

// ask gives what is known. Where nothing is, the caller must tell.
func (r *refusals) ask() (known, refused bool) {
	r.Lock()
	if r.known {
		defer r.Unlock()
	}
	return r.known, r.refused
}

// tell says what became of the first one.
func (r *refusals) tell(refused bool) {
	r.known, r.refused = true, refused
	r.Unlock()
}

// distrust says that a later one was let in.
func (r *refusals) distrust() {
	r.Lock()
	defer r.Unlock()
	r.refused = false
}

// loginsOf is held by whoever logs the account in.
func (r *recorder) loginsOf(account string) *sync.RWMutex {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.logins[account] == nil {
		r.logins[account] = &sync.RWMutex{}
	}
	return r.logins[account]
}
