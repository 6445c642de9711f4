package sessions

import (
	"context"

	. "session-conformance/support/evidence"
)

// Steps of LogOut.
var (
	lastLogin         = NewStep("log in")
	lastUser          = NewStep("user")
	lastDetails       = NewStep("details")
	otherSession      = NewStep("other session, user")
	loggedOut         = NewStep("log out")
	userAfter         = NewStep("user after it")
	detailsAfter      = NewStep("details after it")
	otherSessionAfter = NewStep("other session, user after it")
)

// LogOut opens a session, uses it, ends it, and tries it again with the cookies from before the end. Where logins do not end
// earlier sessions, it also looks what becomes of another session of the user.
var LogOut = sessions.Scenario("log out", Steps(lastLogin, lastUser, lastDetails, otherSession, loggedOut, userAfter, detailsAfter,
	otherSessionAfter), func(ctx context.Context, t *Caller) {
	v := logIn(ctx, t, byPassword, lastLogin, byPassword.Body(t), Opens("user"))
	if v.cookies == "" {
		return
	}
	v.get(ctx, lastUser, userPath)
	v.get(ctx, lastDetails, detailsPath)
	other := &visit{t: t, account: "user"}
	if !t.Turned() {
		// The control's second session, with the cookies of all that used it.
		for _, step := range Steps(secondLogin, currentUser, details, status, detailsAgain) {
			other.keep(t.Of(step))
		}
	}
	lived := other.get(ctx, otherSession, userPath).Succeeded()
	if end(ctx, t, loggedOut, v.cookies).Succeeded() {
		t.Ended(Session{Account: "user", Cookie: v.cookies})
	}
	get(ctx, t, userAfter, userPath, v.cookies)
	get(ctx, t, detailsAfter, detailsPath, v.cookies)
	if lived {
		other.get(ctx, otherSessionAfter, userPath)
	}
}, Account("user"), Ending())
