package sessions

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// otherWay is the login of other_user.
var otherWay = &session.Way{Name: "as the other user", Clause: "sessions-login-opens", Account: "other_user",
	Path: byPassword.Path, Write: inJSON, Needs: []string{"other_user.password"},
	First: otherLogin, Login: otherLogin, Use: otherDetails,
	Right: func(t *Caller) session.Fields { return credentials(t.OtherUser.Login, t.OtherUser.Password) }}

// Steps of OtherUser, beside those of nearMisses.
var (
	ofOtherUser  Steps
	otherLogin   = ofOtherUser.Step("log in")
	otherDetails = ofOtherUser.Step("details")
)

// nearMiss is a login of the other user that must be refused though it is almost right.
type nearMiss struct {
	text, clause string // of its spec
	step, behind *Step  // the login, and the good one behind it
	change       session.Change
	kind         missKind
}

// missKind says how a near miss is sent.
type missKind int

const (
	wrongOnce   missKind = iota // as a wrong password
	inSession                   // as one with the user's live session
	unlessBasic                 // as one, where none went out as a Basic one
	noText                      // as a login that is no wrong password
)

// nearMisses are the logins for which the first account has no room, in the order in which they are sent.
var nearMisses = []nearMiss{
	near("refuses a password of blanks", "sessions-login-empty-password", "blanks for the password", "log in after blanks",
		wrongOnce, session.Put("password", session.Blank)),
	near("refuses the password with a letter more", "sessions-login-password-whole", "a letter more",
		"log in after a letter more", wrongOnce, wrongly(func(right string) string { return right + vary.Beyond })),
	near("refuses a list of the right password", "sessions-login-password-no-text", "a list of the right password",
		"log in after a list of the right password", noText, session.ListOf("password")),
	near("refuses a percent sign for the password in a live session of that user", "sessions-login-wrong-password",
		"a percent sign for the password in a live session of that user", "log in after a percent sign",
		inSession, session.Put("password", "%")),
	near("refuses a condition of SQL for the password", "sessions-login-wrong-password",
		"a condition of SQL for the password", "log in after a condition of SQL", unlessBasic, wrongly(vary.Condition)),
	near("refuses a list of the right login", "sessions-login-no-text", "a list of the right login",
		"log in after a list of the right login", noText, session.ListOf("login")),
	near("refuses the password with another character amid", "sessions-login-password-whole",
		"another character amid the password", "log in at last", wrongOnce,
		wrongly(func(right string) string { return vary.Mistaken(right, vary.Middle(right)) })),
}

func near(text, clause, step, behind string, kind missKind, change session.Change) nearMiss {
	return nearMiss{text, clause, ofOtherUser.Step(step), ofOtherUser.Step(behind), change, kind}
}

// wrongly puts a wrong password, made of the right one, into a login.
func wrongly(wrong func(right string) string) session.Change {
	return func(t *Caller, right session.Fields) session.Fields {
		return right.With("password", t.Secret("wrong password", wrong(right.Text("password"))))
	}
}

// OtherUser logs the second account in, and sends it the wrong passwords for which the first one has no room.
var OtherUser = sessions.Scenario("log in as the other user", &ofOtherUser, func(t *Caller) {
	v := logIn(t, otherWay, otherLogin, otherWay.Body(t), Opens("other_user"))
	if v.login.Unanswered() == "" && !v.login.Succeeded() {
		t.RefuseAccount("other_user", "the configured login of other_user is answered "+v.login.StatusLine())
		return
	}
	v.get(otherDetails, detailsPath)
	for _, m := range nearMisses {
		body, option := inJSON(m.change(t, otherWay.Right(t))), WrongPassword("other_user")
		switch {
		case m.kind == unlessBasic && t.Of(basicRight).Succeeded():
			t.Omit(m.step, NotApplicable, "the wrong password that is left went out as a Basic one")
			continue
		case m.kind == inSession && !t.OneAtATime():
			// A product may renew that session, so nothing that the answer leaves is tried.
			logIn(t, otherWay, m.step, body, option, CookieHeader(v.Cookie))
		case m.kind == noText:
			refuse(t, otherWay, m.step, body, Refused())
		default:
			refuse(t, otherWay, m.step, body, option)
		}
		if !good(t, otherWay, m.behind) {
			return
		}
	}
}, Needs(otherWay.Needs...), After(LogIn, ByBasic), Account("other_user"))
