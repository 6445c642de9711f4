package saymon

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// The ways of LogInAtOnce: of the user, of the user again, and of the other user.
var (
	ofLogInAtOnce Steps
	atOnce        = []*session.Way{atOnceWay(byLogin, ""), atOnceWay(byLogin, " beside it"),
		atOnceWay(byOthersLogin, " as the other user")}
)

func atOnceWay(w *session.Way, which string) *session.Way {
	return &session.Way{Account: w.Account, Write: compact, Right: w.Right, Login: ofLogInAtOnce.Step("log in" + which),
		Use: ofLogInAtOnce.Step("who am I" + which)}
}

// LogInAtOnce logs in three times within milliseconds, twice as the user and once as the other one, and uses the
// sessions.
var LogInAtOnce = saymon.Scenario("log in three times at once", &ofLogInAtOnce, func(t *Caller) {
	t.Alone("user", func() {
		logins := make([]*exchange.Exchange, len(atOnce))
		var acts []func()
		for i, w := range atOnce {
			if i == 1 && t.OneAtATime() {
				t.Omit(w.Login, NotApplicable, "a user has one session at a time")
				continue
			}
			if w.Account == "user" || t.Meets("other_user.password") {
				acts = append(acts, func() { logins[i] = logIn(t, w.Login, w.Body(t), Opens(w.Account), Fresh()) })
			}
		}
		session.AtOnce(acts...)
		for i, w := range atOnce {
			if logins[i] != nil {
				whoAmI(t, w.Use, logins[i])
			}
		}
	})
}, Account("user"))

var (
	ofLogInBeside                        Steps
	besideLogin, besideOther, besideUser = ofLogInBeside.Step("log in"), ofLogInBeside.Step("log in as the other user"),
		ofLogInBeside.Step("who am I")
)

// LogInBeside logs the other user in while the user's session lives, and uses that.
var LogInBeside = saymon.Scenario("log in beside another user", &ofLogInBeside, func(t *Caller) {
	t.Alone("user", func() {
		login := logIn(t, besideLogin, byLogin.Body(t), Opens("user"))
		logIn(t, besideOther, byOthersLogin.Body(t), Opens("other_user"))
		whoAmI(t, besideUser, login)
	})
}, Needs("other_user.password"), Account("user"))
