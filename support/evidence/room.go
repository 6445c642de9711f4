package evidence

import (
	"context"
	"fmt"
	"net/http"

	"session-conformance/support/exchange"
)

// Leave ends a session that the scenario needs no more, where a logout ends no other one: few may live at once.
func (t *Caller) Leave(s Session) {
	if t.rec.harmless && s.Cookie != "" {
		t.rec.end(t.ctx, s)
	}
}

// NoRoom says whether a further login of control is refused while others of its sessions live. A product may put it
// off: with 429 or 503, for as long as anybody waits.
func NoRoom(login *exchange.Exchange) bool {
	putOff := login.Status() == http.StatusTooManyRequests || login.Status() == http.StatusServiceUnavailable
	return !LetIn(login) && (putOff || login.Answered())
}

// RefusedBeside settles that control's further login is refused while its first session lives: this one ends, and again
// sends the login once more. Accepted, a user of the target has one session at a time, as on a target where a login
// ends the earlier one. Refused all the same, or where the first session has no end, there is nothing more to ask.
func (t *Caller) RefusedBeside(refused *exchange.Exchange, again func() *exchange.Exchange) *exchange.Exchange {
	why := fmt.Sprintf("a further login is answered %s while the first session lives", refused.StatusLine())
	for _, o := range t.rec.sessions(t.scenario, "") {
		if !t.rec.logsOut() || !t.rec.end(t.ctx, o.Session).Succeeded() {
			why += ", and a logout does not end that: a user may have one session, so that nothing else can be asked; let the " +
				"account have more"
			refused.Void(why)
			t.Stop(why)
			return refused
		}
	}
	refused.Step += ", " + besideFirst.Name
	refused.Void(why)
	e := again()
	if LetIn(e) {
		t.rec.takeTurns, t.rec.oneAtOnce = true, true
	}
	return e
}

// OneAtATime tells whether a user of the target has one session at a time: see RefusedBeside.
func (t *Caller) OneAtATime() bool { return t.rec.oneAtOnce }

// makeRoom ends the sessions of an account that may have one at a time, before a login, be it right or wrong.
func (r *recorder) makeRoom(ctx context.Context, account string) {
	if !r.oneAtOnce {
		return
	}
	for _, o := range r.sessions(nil, account) {
		r.end(ctx, o.Session)
	}
}

// tellLogout opens and ends a third session beside the two of control, and uses the first one again: may a user have
// three, and does a logout end its own session only? Where there may be two the scenarios take turns, as where control
// saw that a login ends the earlier session, of which there is nothing to tell.
func (r *recorder) tellLogout(ctx context.Context, control *Scenario) {
	defer r.settleFailure(tidies)
	left := r.sessions(control, "")
	if !r.logsOut() || r.takeTurns || len(left) < 2 || r.over(ctx) != "" {
		return
	}
	first, last := left[0].Session, left[len(left)-1].Session
	again, witness := r.useOf(control, last), first
	if again == nil {
		return
	}
	if r.useOf(control, first) == nil { // it never lived
		witness = last
	}
	e, third := r.logInAgain(ctx, tidies, last.Account, "log in while two sessions live")
	switch {
	case e != nil && NoRoom(e):
		r.takeTurns, r.oneAtOnce = true, true
		return
	case third.Cookie == "" || !r.end(ctx, third).Succeeded():
		return
	}
	used := r.use(ctx, again, witness)
	if used.Succeeded() {
		r.harmless = true
		r.end(ctx, first)
		return
	}
	if used.Answered() && witness == first {
		if used = r.use(ctx, again, last); used.Succeeded() { // the third login ended the first session
			r.takeTurns = true
			r.ended(first)
			return
		}
	}
	if used.Answered() { // the logout ended them all; else nobody knows
		r.ended(first)
		r.ended(last)
	}
}

// use repeats a request with a session.
func (r *recorder) use(ctx context.Context, e *exchange.Exchange, s Session) *exchange.Exchange {
	header := e.Request.Header.Clone()
	header.Set("Cookie", s.Cookie)
	return r.send(ctx, tidies, call{step: NewStep("use another session"),
		request: exchange.Request{Method: e.Request.Method, URL: e.Request.URL, Header: header}})
}

// useOf is a request of the scenario that was answered with the session; nil where there is none.
func (r *recorder) useOf(s *Scenario, session Session) *exchange.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.exchanges[s] {
		if e.Request.Method == http.MethodGet && e.Request.Header.Get("Cookie") == session.Cookie && e.Succeeded() {
			return e
		}
	}
	return nil
}
