package saymon

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// life is what becomes of a session after its first use: it is used three times more and ended.
type life struct {
	uses       []*Step
	out, after *Step // its logout, and its use after that
}

func newLife() *life {
	return &life{[]*Step{NewStep("who am I again"), NewStep("who am I a third time"), NewStep("who am I a fourth time")},
		NewStep("log out"), NewStep("who am I after the logout")}
}

func (l *life) steps() []*Step { return append(append([]*Step{}, l.uses...), l.out, l.after) }

// lives are those of the sessions that the ways in open; that of the login is spread over control and LogOut.
var lives = map[*session.Way]*life{byEmail: newLife(), byToken: newLife(), byKeycloak: newLife()}

// liveOut uses the session of a login and ends it.
func (l *life) liveOut(ctx context.Context, t *Caller, login *exchange.Exchange) {
	sid := SessionID(login)
	if sid == "" {
		return
	}
	for _, use := range l.uses {
		t.Get(ctx, use, currentPath, Cookie("sid", sid))
	}
	if opened := sessionOfLogin(t, login); endOne(ctx, t, l.out, opened).Succeeded() {
		t.Ended(opened)
	}
	t.Get(ctx, l.after, currentPath, Cookie("sid", sid))
}
