package reference

import (
	"maps"
	"sync"
)

// Tally is what one account of a server saw: how many logins were refused, in what order, and how many sessions lived
// at once.
type Tally struct {
	Good           int  // logins by password that opened a session
	Refused        int  // logins that named the account and were refused, wrong passwords included
	WrongPasswords int  // of these: with a password that is a text and not empty
	InARow         int  // the most refused ones without a good login between them
	LastRefused    bool // the last login was a refused one
	Sessions       int  // the most that lived at once

	row int
}

// Tallies count for each account of a server. They are safe for concurrent use; the zero value is ready.
type Tallies struct {
	mu  sync.Mutex
	all map[string]Tally
}

// LoggedIn counts a login by password that opened a session of the account.
func (t *Tallies) LoggedIn(account string) {
	t.change(account, func(a *Tally) { a.Good, a.row, a.LastRefused = a.Good+1, 0, false })
}

// Refused counts a login that named the account and was refused, or should have been. wrongPassword: it carried a text
// for a password that is not empty.
func (t *Tallies) Refused(account string, wrongPassword bool) {
	t.change(account, func(a *Tally) {
		if wrongPassword {
			a.WrongPasswords++
		}
		a.Refused, a.row, a.LastRefused = a.Refused+1, a.row+1, true
		a.InARow = max(a.InARow, a.row)
	})
}

// Live notes how many sessions of the account live by now.
func (t *Tallies) Live(account string, sessions int) {
	t.change(account, func(a *Tally) { a.Sessions = max(a.Sessions, sessions) })
}

// Counted gives what was counted by now, by account.
func (t *Tallies) Counted() map[string]Tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.all)
}

func (t *Tallies) change(account string, how func(*Tally)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil {
		t.all = map[string]Tally{}
	}
	a := t.all[account]
	how(&a)
	t.all[account] = a
}
