package saymon

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// life is what becomes of a session after its first use: it is used three times more and ended.
type life struct {
	uses       []*Step
	out, after *Step // its logout, and its use after that
}

func newLife(of *Steps) *life {
	return &life{[]*Step{of.Step("who am I again"), of.Step("who am I a third time"), of.Step("who am I a fourth time")},
		of.Step("log out"), of.Step("who am I after the logout")}
}

// lives are those of the sessions that the ways in open; that of the login is spread over control and LogOut.
var lives = map[*session.Way]*life{byEmail: newLife(&ofLogInWithEmail), byToken: newLife(&ofTokens),
	byKeycloak: newLife(&ofLogInWithKeycloak)}

// liveOut uses the session of a login and ends it.
func (l *life) liveOut(t *Caller, login *exchange.Exchange) {
	sid := SessionID(login)
	if sid == "" {
		return
	}
	for _, use := range l.uses {
		t.Get(use, currentPath, Cookie("sid", sid))
	}
	t.LogOut(l.out, sessionOfLogin(t, login))
	t.Get(l.after, currentPath, Cookie("sid", sid))
}
