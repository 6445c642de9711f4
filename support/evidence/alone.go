package evidence

import "sync"

// Alone does the work, a login and the use of its session, while no more than one other login of the account goes out:
// a product may bound how many sessions a user has, and end the eldest. That it has two at once the control has shown;
// otherwise no other goes out.
func (t *Caller) Alone(account string, work func()) {
	leave := t.rec.loginsOf(account).alone(t.rec.takeTurns)
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
