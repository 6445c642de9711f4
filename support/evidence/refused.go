package evidence

import (
	"context"
	"fmt"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// refusedAccount says why the right credentials that a request carries are not sent any more; empty: it carries none,
// or may.
func (r *recorder) refusedAccount(c call) string {
	if c.wrong != "" || c.refuse {
		return ""
	}
	name := c.opens
	if name == "" && c.request.Header.Get("Authorization") != "" && r.target.User != nil &&
		holdsLogin(c.request, r.target.User.Login) {
		name = "user"
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at(name).barred
}

// refused sends a login of the account that must not succeed, in its turn. beside lets it go beside other logins, or
// waits until it may, and gives what ends that.
func (t *Caller) refused(c call, name string, beside func() (over func())) *exchange.Exchange {
	if name == "" { // nobody's account is at stake
		defer beside()()
		return t.rec.send(t.ctx, t.scenario, c)
	}
	a, wrong := t.rec.account(name), c.wrong != ""
	if reason := a.spend(name, wrong, t.rec.wrongLimit()); reason != "" {
		if wrong && t.rec.wrongLimit() < target.DefaultWrongPasswords { // whoever runs it wants so
			return t.rec.notAskedAs(Unconfigured, t.scenario, c, reason)
		}
		return t.rec.notAsked(t.scenario, c, reason)
	}
	t.rec.refuses(t.ctx, t.scenario)
	giveUp := func(reason string) *exchange.Exchange {
		a.giveBack(wrong)
		return t.rec.notAsked(t.scenario, c, reason)
	}
	for {
		if reason := t.rec.over(t.ctx); reason != "" {
			return giveUp(reason)
		}
		over := beside()
		next, changed, left := a.refuse(wrong, t.Target.WrongPasswordPause)
		if next == goes {
			a.wait(c.counted, false)
			t.rec.makeRoom(t.ctx, name) // who has too many sessions may be told so whatever the password
			e := t.rec.send(t.ctx, t.scenario, c)
			a.refused(wrong)
			over()
			return e
		}
		over()
		a.wait(c.counted, left <= 0) // not while a distance is kept
		if next == owes {
			if reason := t.goodBetween(name); reason != "" {
				return giveUp(reason)
			}
			continue
		}
		if left <= 0 {
			left = time.Minute
		}
		select {
		case <-changed:
		case <-t.ctx.Done():
		case <-time.After(left):
		}
	}
}

// goodBetween makes a good login of the account by password, as control sent it, where one is owed; what it returns
// says why it cannot, or is empty. What it opens is ended at once.
func (t *Caller) goodBetween(name string) (reason string) {
	a := t.rec.account(name)
	defer t.takeTurn(name)()
	defer t.oneLogin(name)() // before extra: who has the account to itself comes here too, and waits for nobody then
	a.extra.Lock()
	defer a.extra.Unlock()
	if !a.owing() { // another one was made meanwhile
		return ""
	}
	e := t.plainly(name, "log in")
	switch {
	case e == nil:
		return fmt.Sprintf("the account %s has seen a refused login, and no good one of control is known to follow it", name)
	case e.NotAsked != "":
		return e.NotAsked
	case !e.Answered():
		return "the good login that must follow a refused one got no answer: " + e.Unanswered()
	case !e.Succeeded():
		return t.rec.over(t.ctx)
	}
	return ""
}

// takeTurn waits until no other scenario of the account has its turn, where they take turns: a login would end its
// session. Who has the account to itself does not wait: no other login goes out, and who has its turn may wait for that.
func (t *Caller) takeTurn(name string) (over func()) {
	own := t.scenario.account
	hasTurn := own != "" && !t.scenario.control && t.rec.turnsOf(own) == t.rec.turnsOf(name)
	if !t.rec.takeTurns || t.alone != "" || hasTurn {
		return func() {}
	}
	seat := t.rec.account(t.rec.turnsOf(name)).seat
	seat <- struct{}{}
	return func() { <-seat }
}

// oneLogin waits until a login of the account may go out, unless this scenario has the account to itself.
func (t *Caller) oneLogin(name string) (over func()) {
	if t.alone == name {
		return func() {}
	}
	return t.rec.account(name).logins.one()
}

// plain sends the account's login as control sent it, and ends what it opens; nil where none was accepted yet. Refused,
// it ends the target: the account is probably locked.
func (t *Caller) plain(name, step string) *exchange.Exchange {
	defer t.oneLogin(name)()
	return t.plainly(name, step)
}

// plainly is plain for who knows that a login may go out.
func (t *Caller) plainly(name, step string) *exchange.Exchange {
	r := t.rec
	e, _ := r.logInAgain(t.ctx, between, name, step)
	switch {
	case e.Answered() && e.InItsPlace() != "":
		r.notTheProduct(name, e)
	case e.Succeeded():
		r.endSessions(t.ctx, between)
	case e.Answered():
		r.locked(name, e)
	}
	return e
}

// logInAgain sends the account's login as control sent it, and registers what it opens; nil where none was accepted
// yet.
func (r *recorder) logInAgain(ctx context.Context, s *Scenario, account, step string) (e *exchange.Exchange,
	opened Session) {
	own := r.account(account)
	r.mu.Lock()
	accepted := own.accepted
	r.mu.Unlock()
	if accepted == nil {
		return nil, Session{}
	}
	c := *accepted
	c.step, c.request.Header = NewStep(step), c.request.Header.Clone()
	r.makeRoom(ctx, account)
	over := own.good(ctx, 0)
	e = r.send(ctx, s, c)
	over(e)
	if e.Succeeded() && r.api.Session != nil {
		opened = r.api.Session(r.caller(ctx, s), e)
		r.opened(s, opened)
	}
	return e, opened
}

// locked ends the target because a good login is refused that was accepted before.
func (r *recorder) locked(name string, e *exchange.Exchange) {
	a := r.account(name)
	a.mu.Lock()
	wrong, others := a.wrong, a.others
	a.mu.Unlock()
	why := fmt.Sprintf("the login of %s that was accepted before is answered %s after %d wrong passwords and %d other "+
		"refused logins, while %d sessions of this run live: is the account locked, may it have no more sessions, or does "+
		"something else use it?", name, e.StatusLine(), wrong, others, len(r.sessions(nil, name)))
	e.Void(why)
	r.stop(why)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lockedOut = name
}

// untilOneIsIn has the logins of an account go one by one until one was accepted: wrong ones at once could lock it.
func (t *Caller) untilOneIsIn(own *ownAccount) (letGo func()) {
	own.first.Lock()
	t.rec.mu.Lock()
	defer t.rec.mu.Unlock()
	if own.accepted != nil {
		own.first.Unlock()
		return func() {}
	}
	return own.first.Unlock
}

// good sends a login with the account's right credentials. Where it is refused, a plain one tells at once whether the
// form is at fault or the account.
func (t *Caller) good(c call) *exchange.Exchange {
	t.rec.endBetween(t.ctx, t.scenario)
	patience := t.Timeout
	if t.scenario.control || t.alone == c.opens { // nobody waits for another one there
		patience = 0
	} else {
		<-t.rec.together // those that must be refused have come by then
	}
	own := t.rec.account(c.opens)
	letGo := t.untilOneIsIn(own)
	over := own.good(t.ctx, patience)
	if reason := t.rec.refusedAccount(c); reason != "" && !t.scenario.control { // another was refused meanwhile
		e := t.rec.notAsked(t.scenario, c, reason)
		over(e)
		letGo()
		return e
	}
	e := t.rec.send(t.ctx, t.scenario, c)
	over(e)
	turnedAway := e.Answered() && !e.Succeeded() && !t.scenario.control
	t.rec.mu.Lock()
	switch {
	case e.Succeeded() && own.accepted == nil:
		c.request.Header = c.request.Header.Clone()
		own.accepted, t.rec.letIn = &c, true
	case turnedAway && own.turned != nil && own.accepted == nil:
		own.barred = fmt.Sprintf("two logins of %s with what is configured were refused and none was accepted, and once "+
			"more could lock the account: is its password right?", c.opens)
		t.rec.accounts.turnAway(&t.Target, c.opens)
	case turnedAway:
		own.turned = &c
	}
	t.rec.mu.Unlock()
	letGo()
	if turnedAway {
		defer t.takeTurn(c.opens)()
		if plain := t.plain(c.opens, "log in, to see whether the form or the account is at fault"); plain != nil &&
			t.rec.isLocked() {
			e.Void("nor is the account let in otherwise any more: " + t.rec.over(t.ctx))
		}
	}
	return e
}
