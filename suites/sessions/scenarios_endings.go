package sessions

import (
	"context"

	. "session-conformance/support/evidence"
)

// LogOut opens a session, uses it, ends it, and tries it again with the cookies from before the end. Where logins do not end
// earlier sessions, it also looks what becomes of another session of the user.
var LogOut = sessions.Scenario("log out", func(ctx context.Context, t *Caller) {
	v := byPassword.logIn(ctx, t, "log in", credentials(t.User.Login, t.User.Password), Opens("user"))
	if v.cookies == "" {
		return
	}
	v.get(ctx, userPath, "user")
	v.get(ctx, detailsPath, "details")
	other := &visit{t: t, account: "user"}
	if !t.Turned() {
		other.heed(t.Of(LogIn, "log in again"))
		for _, step := range useOfControl {
			other.heed(t.Of(LogIn, step))
		}
	}
	lived := other.get(ctx, userPath, "other session, user").Succeeded()
	if end(ctx, t, v.cookies).Succeeded() {
		t.Ended(Session{Account: "user", Cookie: v.cookies})
	}
	get(ctx, t, userPath, v.cookies, "user after it")
	get(ctx, t, detailsPath, v.cookies, "details after it")
	if lived {
		other.get(ctx, userPath, "other session, user after it")
	}
}, Account("user"), Ending())
