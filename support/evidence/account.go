package evidence

import (
	"context"
	"fmt"
	"sync"
	"time"

	"session-conformance/support/exchange"
)

const (
	// othersLimit is how many refused logins an account sees in a run besides wrong passwords.
	othersLimit = 10
	// wrongAgainLimit is how many wrong passwords of an account that were put off, and so not judged, go out again.
	wrongAgainLimit = 2
)

// account keeps the order of the logins that a product may count: between two that it refuses there is a good one by
// password, and wrong passwords keep a distance. The good logins that scenarios need anyway are the ones between; where
// none is to come, one is made (see Caller.goodBetween).
type account struct {
	mu       sync.Mutex
	changed  chan struct{} // closed, and made anew, with each change
	waiting  int           // refused logins that wait for a good one, or could go
	goods    int           // good logins that wait or are under way
	passing  bool          // a good login is let through because one is owed
	refusing bool          // a refused login is under way
	owed     bool          // the latest refused login was not followed by a good one yet
	ended    int           // refused logins that have ended
	wrong    int           // wrong passwords
	again    int           // of these, sent again because they were put off
	others   int           // other refused logins
	latest   time.Time     // when the latest wrong password had ended
	extra    sync.Mutex    // held by who makes a good login because one is owed
}

// change does what changes the account, and wakes who waits for that.
func (a *account) change(how func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	how()
	close(a.changed)
	a.changed = make(chan struct{})
}

// spend takes one refused login from what the account may see in a run; it says why there is none left, or is empty.
func (a *account) spend(name string, wrong bool, limit int) (reason string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case wrong && a.wrong >= limit:
		return fmt.Sprintf("the account %s has seen %d wrong passwords in this run, of all its targets; more could lock "+
			"it (wrong_passwords in targets.yaml allows more)", name, a.wrong)
	case wrong:
		a.wrong++
	case a.others >= othersLimit:
		return fmt.Sprintf("the account %s has seen %d refused logins in this run, of all its targets; more could lock it",
			name, a.others)
	default:
		a.others++
	}
	return ""
}

// giveBack returns what spend took, for a login that was not sent.
func (a *account) giveBack(wrong bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if wrong {
		a.wrong--
	} else {
		a.others--
	}
}

// wrongAgain says whether a wrong password that was put off may go out once more, and counts it.
func (a *account) wrongAgain() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.again >= wrongAgainLimit {
		return false
	}
	a.again++
	return true
}

// wait counts a refused login among those that wait, or does not any more; counted says which it did last.
func (a *account) wait(counted *bool, is bool) {
	if *counted == is {
		return
	}
	*counted = is
	a.change(func() {
		if is {
			a.waiting++
		} else {
			a.waiting--
		}
	})
}

// turn is what a refused login that wants to go out has to do.
type turn int

const (
	goes  turn = iota // go; it must say then when it has ended
	waits             // wait for a change
	owes              // see to a good login first: none is to come
)

// refuse says what a refused login has to do now. Wrong passwords keep a distance.
func (a *account) refuse(wrong bool, pause time.Duration) (t turn, changed <-chan struct{}, left time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if wrong && !a.latest.IsZero() {
		left = pause - time.Since(a.latest)
	}
	switch {
	case a.refusing, left > 0:
		return waits, a.changed, left
	case !a.owed:
		a.refusing = true
		return goes, nil, 0
	case a.goods > 0:
		return waits, a.changed, 0
	}
	return owes, a.changed, 0
}

// refused says that a refused login has ended.
func (a *account) refused(wrong bool) {
	a.change(func() {
		a.refusing, a.owed = false, true
		a.ended++
		if wrong {
			a.latest = time.Now()
		}
	})
}

// good waits until a good login may go out: while refused ones wait for their turn, they and good ones alternate. It
// waits no longer than so; whoever must not wait passes zero. The caller says when it is over, and whether it was
// accepted.
func (a *account) good(ctx context.Context, patience time.Duration) (over func(e *exchange.Exchange)) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	a.mu.Lock()
	a.goods++
	for patience > 0 && ctx.Err() == nil && a.waiting > 0 && (a.refusing || !a.owed || a.passing) {
		changed := a.changed
		a.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		case <-timer.C:
			patience = 0
		}
		a.mu.Lock()
	}
	began, beside, passing := a.ended, a.refusing, a.waiting > 0 && a.owed
	a.passing = a.passing || passing
	a.mu.Unlock()
	return func(e *exchange.Exchange) {
		a.change(func() {
			a.goods--
			if passing {
				a.passing = false
			}
			switch {
			case e.Succeeded() && began == a.ended && !beside:
				a.owed = false
			case e.Answered() && !e.Succeeded(): // a product counts it, however right it is
				a.owed = true
			}
		})
	}
}

// owing says whether the account's latest login was a refused one.
func (a *account) owing() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.owed
}
