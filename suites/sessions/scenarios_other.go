package sessions

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// otherWay is the login of other_user.
var otherWay = &session.Way{Name: "as the other user", Clause: "sessions-login-opens", Account: "other_user",
	Path:  byPassword.Path,
	Write: inJSON, Needs: []string{"other_user.password"}, First: otherLogin, Login: otherLogin, Use: otherDetails,
	Right: func(t *Caller) session.Fields { return credentials(t.OtherUser.Login, t.OtherUser.Password) }}

// Steps of OtherUser.
var (
	ofOtherUser        Steps
	otherLogin         = ofOtherUser.Step("log in")
	otherDetails       = ofOtherUser.Step("details")
	blankPassword      = ofOtherUser.Step("blanks for the password")
	goodAfterBlanks    = ofOtherUser.Step("log in after blanks")
	longerPassword     = ofOtherUser.Step("a letter more")
	goodAfterLonger    = ofOtherUser.Step("log in after a letter more")
	percentPassword    = ofOtherUser.Step("a percent sign for the password in a live session of that user")
	goodAfterPercent   = ofOtherUser.Step("log in after a percent sign")
	listPassword       = ofOtherUser.Step("a list of the right password")
	goodAfterList      = ofOtherUser.Step("log in after a list of the right password")
	listLogin          = ofOtherUser.Step("a list of the right login")
	goodAfterLogins    = ofOtherUser.Step("log in after a list of the right login")
	conditionPassword  = ofOtherUser.Step("a condition of SQL for the password")
	goodAfterCondition = ofOtherUser.Step("log in after a condition of SQL")
	middlePassword     = ofOtherUser.Step("another character amid the password")
	goodAfterMiddle    = ofOtherUser.Step("log in at last")
)

// OtherUser logs the second account in, and sends it the wrong passwords for which the first one has no room.
var OtherUser = sessions.Scenario("log in as the other user", &ofOtherUser, func(ctx context.Context, t *Caller) {
	v := logIn(ctx, t, otherWay, otherLogin, otherWay.Body(t), Opens("other_user"))
	if v.login.Unanswered() == "" && !v.login.Succeeded() {
		t.RefuseAccount("other_user", "the configured login of other_user is answered "+v.login.StatusLine())
		return
	}
	v.get(ctx, otherDetails, detailsPath)
	right := otherWay.Right(t)
	wrong := func(password string) session.Fields {
		return right.With("password", t.Secret("wrong password", password))
	}
	password := t.OtherUser.Password
	for _, near := range []struct {
		step, behind *Step
		fields       session.Fields
		option       Option
	}{
		{blankPassword, goodAfterBlanks, right.With("password", "   "), WrongPassword("other_user")},
		{longerPassword, goodAfterLonger, wrong(password + vary.Beyond), WrongPassword("other_user")},
		{listPassword, goodAfterList, right.With("password", []any{password}), Refused()},
		{percentPassword, goodAfterPercent, right.With("password", "%"), WrongPassword("other_user")},
		{conditionPassword, goodAfterCondition, wrong(vary.Another(password) + "' OR '1'='1"), WrongPassword("other_user")},
		{listLogin, goodAfterLogins, right.With("login", []any{t.OtherUser.Login}), Refused()},
		{middlePassword, goodAfterMiddle, wrong(vary.Mistaken(password, vary.Middle(password))),
			WrongPassword("other_user")},
	} {
		if near.step == conditionPassword && t.Of(basicRight).Succeeded() {
			t.Omit(near.step, NotApplicable, "the wrong password that is left went out as a Basic one")
			continue
		}
		if near.step == percentPassword && !t.OneAtATime() {
			// A product may renew that session, so nothing that the answer leaves is tried.
			logIn(ctx, t, otherWay, near.step, inJSON(near.fields), near.option, CookieHeader(v.cookies))
		} else {
			refuse(ctx, t, otherWay, near.step, inJSON(near.fields), near.option)
		}
		if !good(ctx, t, otherWay, near.behind) {
			return
		}
	}
}, Needs(otherWay.Needs...), After(LogIn, ByBasic), Account("other_user"))
