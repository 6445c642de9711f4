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
	otherLogin       = NewStep("log in")
	otherDetails     = NewStep("details")
	blankPassword    = NewStep("blanks for the password")
	goodAfterBlanks  = NewStep("log in after blanks")
	longerPassword   = NewStep("a letter more")
	goodAfterLonger  = NewStep("log in after a letter more")
	percentPassword  = NewStep("a percent sign for the password")
	goodAfterPercent = NewStep("log in after a percent sign")
	patternPassword  = NewStep("a pattern for the password")
	goodAfterPattern = NewStep("log in after a pattern")
	middlePassword   = NewStep("another character amid the password")
	goodAfterMiddle  = NewStep("log in at last")
)

// OtherUser logs the second account in, and sends it the wrong passwords for which the first one has no room.
var OtherUser = sessions.Scenario("log in as the other user", Steps(otherLogin, otherDetails, blankPassword,
	goodAfterBlanks, longerPassword,
	goodAfterLonger, percentPassword, goodAfterPercent, patternPassword, goodAfterPattern, middlePassword,
	goodAfterMiddle),
	func(ctx context.Context, t *Caller) {
		v := logIn(ctx, t, otherWay, otherLogin, otherWay.Body(t), Opens("other_user"))
		if v.login.Unanswered() == "" && !v.login.Succeeded() {
			t.RefuseAccount("other_user", "the configured login of other_user is answered "+v.login.StatusLine())
			return
		}
		v.get(ctx, otherDetails, detailsPath)
		for _, near := range []struct {
			step, behind *Step
			password     string
		}{
			{blankPassword, goodAfterBlanks, "   "},
			{longerPassword, goodAfterLonger, t.OtherUser.Password + vary.Beyond},
			{percentPassword, goodAfterPercent, "%"},
			{patternPassword, goodAfterPattern, ".*"},
			{middlePassword, goodAfterMiddle,
				t.Secret("wrong password", vary.Mistaken(t.OtherUser.Password, vary.Middle(t.OtherUser.Password)))},
		} {
			refuse(ctx, t, otherWay, near.step, inJSON(otherWay.Right(t).With("password", near.password)),
				WrongPassword("other_user"))
			if !good(ctx, t, otherWay, near.behind) {
				return
			}
		}
	}, Needs(otherWay.Needs...), After(LogIn), Account("other_user"))

// withoutOther omits a step that needs the password of a second account.
func withoutOther(t *Caller, step *Step) {
	t.Omit(step, Unconfigured,
		"other_user.password is not set for "+t.Name+": fill it in in targets.yaml to have this judged")
}
