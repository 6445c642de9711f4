package evidence

import (
	"sync"
	"sync/atomic"
	"time"

	"session-conformance/support/exchange"
)

// Alone does the work, a login and the use of its session, while no more than one other login of the account goes out:
// a product may bound how many sessions a user has, and end the eldest. That it has two at once the control has shown;
// otherwise no other goes out.
func (t *Caller) Alone(account string, work func()) {
	leave := t.rec.account(account).logins.alone(t.rec.takeTurns)
	t.alone = account
	defer func() {
		t.alone = ""
		leave()
	}()
	work()
}

// logins are those of one account. Make them with newLogins.
type logins struct {
	mu       sync.Mutex
	changed  *sync.Cond
	underWay int
	taken    bool // a scenario has the account to itself
	full     bool // and no other login may go out beside it any more
}

func newLogins() *logins {
	l := &logins{}
	l.changed = sync.NewCond(&l.mu)
	return l
}

// one waits until a login may go out. The caller says when it is over.
func (l *logins) one() (over func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.taken && l.full {
		l.changed.Wait()
	}
	l.full = l.taken
	l.underWay++
	return func() { l.change(func() { l.underWay-- }) }
}

// alone waits until a scenario may have the account to itself, strictly or beside one login. The caller says when it
// leaves.
func (l *logins) alone(strictly bool) (leave func()) {
	guests := 1
	if strictly {
		guests = 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.taken || l.underWay > guests {
		l.changed.Wait()
	}
	l.taken, l.full = true, l.underWay == guests
	return func() { l.change(func() { l.taken = false }) }
}

func (l *logins) change(how func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	how()
	l.changed.Broadcast()
}

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
func (t *Caller) logIn(c call) (e *exchange.Exchange) {
	r := t.rec.refusals
	atOnce := func() func() { return func() {} }
	beside := atOnce
	if c.logsIn != "" && c.logsIn != t.alone {
		beside = func() func() { return t.rec.account(c.logsIn).logins.one() }
	}
	if reason := t.rec.refusedAccount(c); reason != "" && !t.scenario.control {
		return t.rec.notAsked(t.scenario, c, reason)
	}
	name := t.rec.named(c)
	if name != "" { // others may wait for it already
		a := t.rec.account(name)
		c.counted = new(bool)
		a.wait(c.counted, true)
		defer a.wait(c.counted, false)
	}
	if !c.refuse && c.logsIn != "" {
		t.rec.makeRoom(t.ctx, c.logsIn)
	}
	switch {
	case c.wrong != "" && r.first():
		defer func() { r.tell(e != nil && e.Answered() && !e.Succeeded()) }()
		e = t.refused(c, name, atOnce)
	// control begins and ends before the others begin
	case c.refuse && !t.scenario.control && c.logsIn != "" && r.trusted(t.rec.together, t.Timeout):
		if e = t.refused(c, name, atOnce); e.Succeeded() {
			r.refused.Store(false)
		}
	case c.refuse:
		e = t.refused(c, name, beside)
	case c.opens != "":
		defer beside()()
		return t.good(c)
	default:
		over := beside()
		e = t.rec.send(t.ctx, t.scenario, c)
		over()
		if !c.odd {
			return e
		}
	}
	if !c.beside {
		t.isThere(e)
	}
	return e
}

// first says whether no wrong password was sent yet. It must be told then what became of this one.
func (r *refusals) first() bool { return !r.asked.Swap(true) }

func (r *refusals) tell(refused bool) {
	r.refused.Store(refused)
	close(r.told)
}

// trusted waits for what the first wrong password tells, where one is sent by the time when all scenarios have begun.
// It waits no longer than so: who waits may have the account to itself, in which a good login may have to come before
// that wrong password.
func (r *refusals) trusted(begun <-chan struct{}, patience time.Duration) bool {
	<-begun
	if !r.asked.Load() {
		return false
	}
	select {
	case <-r.told:
	case <-time.After(patience):
	}
	return r.refused.Load()
}
