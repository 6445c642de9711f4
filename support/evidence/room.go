package evidence

import (
	"context"
	"fmt"

	"session-conformance/support/exchange"
)

// Leave ends a session that the scenario needs no more, where a logout ends no other one: few may live at once.
func (t *Caller) Leave(ctx context.Context, s Session) {
	if t.rec.harmless && s.Cookie != "" {
		t.rec.end(ctx, s)
	}
}

// RefusedBeside settles that control's further login is refused while its first session lives: this one ends, and again
// sends the login once more. Accepted, a user of the target has one session at a time, as on a target where a login
// ends the earlier one. Refused all the same, or where the first session has no end, there is nothing more to ask.
func (t *Caller) RefusedBeside(ctx context.Context, refused *exchange.Exchange,
	again func() *exchange.Exchange) *exchange.Exchange {
	why := fmt.Sprintf("a further login is answered %s while the first session lives", refused.StatusLine())
	for _, l := range t.rec.leftBy(t.scenario) {
		if l.undo == nil && (!t.rec.logsOut() || !t.rec.end(ctx, l.session).Succeeded()) {
			why += ", and a logout does not end that: a user may have one session, so that nothing else can be asked; let the " +
				"account have more"
			refused.Void(why)
			t.Stop(why)
			return refused
		}
	}
	refused.Step += ", beside the first session"
	refused.Void(why)
	e := again()
	if LetIn(e) {
		t.rec.takeTurns, t.rec.oneAtOnce = true, true
	}
	return e
}

// OneAtATime tells whether a user of the target has one session at a time: see RefusedBeside.
func (t *Caller) OneAtATime() bool { return t.rec.oneAtOnce }

// makeRoom ends the sessions of an account that may have one at a time, before a login.
func (r *recorder) makeRoom(ctx context.Context, account string) {
	if !r.oneAtOnce {
		return
	}
	for _, l := range r.leftBy(nil) {
		if l.undo == nil && l.session.Account == account {
			r.end(ctx, l.session)
		}
	}
}
