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

// nearMisses are the logins for which the first account has no room, in the order in which they are sent.
var nearMisses = session.Refusals{
	near("refuses a password of blanks", "sessions-login-empty-password", "blanks for the password", "log in after blanks",
		session.Refusal{Wrong: true, Change: session.Put("password", session.Blank)}),
	near("refuses the password with a letter more", "sessions-login-password-whole", "a letter more",
		"log in after a letter more", wrongly(func(right string) string { return right + vary.Beyond })),
	near("refuses a list of the right password", "sessions-wrong-types-4xx", "a list of the right password",
		"log in after a list of the right password", session.Refusal{Change: session.ListOf("password")}),
	near("refuses a percent sign for the password in a live session of that user", "sessions-login-wrong-password",
		"a percent sign for the password in a live session of that user", "log in after a percent sign",
		session.Refusal{Wrong: true, Beside: true, Change: session.Put("password", "%")}),
	near("refuses a condition of SQL for the password", "sessions-login-wrong-password",
		"a condition of SQL for the password", "log in after a condition of SQL", unlessBasic(wrongly(vary.Condition))),
	near("refuses a list of the right login", "sessions-wrong-types-4xx", "a list of the right login",
		"log in after a list of the right login", session.Refusal{Change: session.ListOf("login")}),
	near("refuses the password with another character amid", "sessions-login-password-whole",
		"another character amid the password", "log in at last",
		wrongly(func(right string) string { return vary.Mistaken(right, vary.Middle(right)) })),
}

// near declares one, with its login and the good one behind it.
func near(text, clause, step, behind string, r session.Refusal) *session.Refusal {
	r.Text, r.Clause, r.Way, r.Named = text, clause, otherWay, true
	r.Step, r.Behind = ofOtherUser.Step(step), ofOtherUser.Step(behind)
	return &r
}

// wrongly is a login with a wrong password, made of the right one.
func wrongly(wrong func(right string) string) session.Refusal {
	return session.Refusal{Wrong: true, Change: func(t *Caller, right session.Fields) session.Fields {
		return right.With("password", t.Secret("wrong password", wrong(right.Text("password"))))
	}}
}

// unlessBasic leaves the login out where a wrong password went out as a Basic one: an account sees few of them.
func unlessBasic(r session.Refusal) session.Refusal {
	r.Unless = basicRight
	return r
}

// OtherUser logs the second account in, and sends it the wrong passwords for which the first one has no room.
var OtherUser = sessions.Scenario("log in as the other user", &ofOtherUser, func(t *Caller) {
	v := logIn(t, otherWay, otherLogin, otherWay.Body(t), Opens("other_user"))
	if v.login.Unanswered() == "" && !v.login.Succeeded() {
		t.RefuseAccount("other_user", "the configured login of other_user is answered "+v.login.StatusLine())
		return
	}
	v.get(otherDetails, detailsPath)
	inTurn(t, nearMisses, v)
}, Needs(otherWay.Needs...), After(LogIn, ByBasic), Account("other_user"))
