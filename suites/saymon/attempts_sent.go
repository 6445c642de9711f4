package saymon

import (
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// expectAttemptRefused expects it to be refused by the account that saw it, and to leave nothing live.
func expectAttemptRefused(ev *suite.Evidence, a *attempt) {
	step := a.steps[theUser]
	if a.near && (step == nil || !ev.Optional(step).Answered()) {
		ev.Requires("saymon-session-by-login", ev.Of(othersLogin)) // unconfigured without the other user's password
		if a.steps[theOther] != nil {
			step = a.steps[theOther]
		}
		if !ev.Optional(step).Answered() {
			suite.Skip(report.NotApplicable, "no password of user or other_user can be made "+a.text[len("refuses "):])
		}
	}
	switch a.door {
	case loginDoor:
		ev.Requires("saymon-session-by-login")
	case emailDoor:
		ev.Requires("saymon-session-by-email")
	case tokenDoor:
		ev.Requires("saymon-token-by-basic", ev.Of(firstToken))
		expectNoToken(ev, step)
		return
	case currentDoor:
		needBasic(ev)
		expectNoUser(ev, step)
		return
	}
	if a.near {
		ev.Requires("saymon-refuses-wrong-password", ev.Of(wrongPassword))
	}
	expectRefused(ev, step)
}

// send sends the attempts to one account, each followed by a good login in the way.
func (list attemptList) send(t *Caller, account int, way *session.Way) {
	name := [2]string{"user", "other_user"}[account]
	var before, used *exchange.Exchange // a good login whose session the next wrong password must not end
	var kept *exchange.Exchange         // a good login whose session goes with the next wrong password
	if t.OneAtATime() {
		for _, step := range [2][]*Step{{userAfterWrong}, {usersLogin, usersAfter}}[account] {
			t.Omit(step, NotApplicable, session.NoneBeside)
		}
	}
	for i, a := range list {
		step := a.steps[account]
		password := a.password(t, account)
		if len(strings.TrimSpace(password)) > 2 { // a pattern is no secret
			t.Secret("wrong password", password)
		}
		var refused *exchange.Exchange
		body := compact(way.Right(t).With("password", password))
		switch {
		case a.beside && kept != nil: // a product may renew that session, so nothing that the answer leaves is tried
			logIn(t, step, body, WrongPassword(name), Cookie("sid", SessionID(kept)))
			t.Leave(sessionOfLogin(t, kept))
		case a.inUsers && !t.OneAtATime():
			t.Await(Tokens) // whose sessions would be too many beside this one
			t.Alone("user", func() {
				mine := logIn(t, usersLogin, byLogin.Body(t), Opens("user"))
				logIn(t, step, body, WrongPassword(name), Cookie("sid", SessionID(mine)))
				whoAmI(t, usersAfter, mine)
				t.Leave(sessionOfLogin(t, mine))
			})
		case a.door == loginDoor:
			refused = refuse(t, step, body, WrongPassword(name))
		case a.door == emailDoor:
			refuse(t, step, compact(byEmail.Right(t).With("password", password)), WrongPassword(name))
		case a.door == tokenDoor:
			t.Await(Tokens)
			e := t.Post(step, tokenPath(t.User.ID), nil, Basic(t.User.Login, password), WrongPassword(name), Mints())
			noteBasic(e, t)
			tryTokens(t, e, step)
			tryCookie(t, e, step)
		case a.door == currentDoor:
			e := t.Get(step, currentPath, Basic(t.User.Login, password), WrongPassword(name))
			noteBasic(e, t)
			tryCookie(t, e, step)
		}
		if before != nil {
			used = whoAmI(t, userAfterWrong, before)
			t.Leave(sessionOfLogin(t, before))
			before = nil
		}
		good := goodLogin(t, step, way)
		if !session.StillGood(t, name, good) {
			return
		}
		if refused != nil {
			tryAgain(t, refused, step)
		}
		if account == theUser && used == nil && i+1 < len(list) && !t.OneAtATime() &&
			list[i+1].door != tokenDoor { // that one waits for others
			before = good
			continue
		}
		if kept = nil; i+1 < len(list) && list[i+1].beside && !t.OneAtATime() && SessionID(good) != "" {
			kept = good
			continue
		}
		t.Leave(sessionOfLogin(t, good))
	}
}

// liveAfterGood are the attempts that tryAgain makes.
var liveAfterGood = saymon.Attempt("is its cookie live after a good login")

// tryAgain asks for the current user with the sid cookie of a refused login once more: a good login must not bring it
// to life.
func tryAgain(t *Caller, refused *exchange.Exchange, step *Step) {
	if c, ok := refused.Cookie("sid"); ok && !refused.Succeeded() && !c.Deletes() {
		t.Get(step.Then(liveAfterGood), currentPath, Cookie("sid", strings.Trim(c.Value, `"`)))
	}
}
