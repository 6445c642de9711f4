package saymon

import (
	"context"
	"net/url"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// Steps of LogOut.
var (
	lastLogin      = NewStep("log in")
	lastUser       = NewStep("who am I")
	quotedUser     = NewStep("who am I with a quoted sid")
	verifyLive     = NewStep("verify")
	loggedOut      = NewStep("log out")
	userAfterwards = NewStep("who am I after it")
	verifyEnded    = NewStep("verify after it")
	verifyInvented = NewStep("verify an invented one")
)

// LogOut opens a session, verifies it, ends it, and tries it again.
var LogOut = saymon.Scenario("log out", Steps(lastLogin, lastUser, quotedUser, verifyLive, loggedOut, userAfterwards, verifyEnded,
	verifyInvented), func(ctx context.Context, t *Caller) {
	login := logIn(ctx, t, lastLogin, byLogin.Body(t), Opens("user"))
	sid := SessionID(login)
	if sid == "" {
		return
	}
	verify := func(step *Step, sid string) { t.Get(ctx, step, sessionPath+"/verify/"+url.PathEscape(sid)) }
	whoAmI(ctx, t, lastUser, login)
	t.Get(ctx, quotedUser, currentPath, Cookie("sid", `"`+sid+`"`))
	verify(verifyLive, sid)
	out := t.Delete(ctx, loggedOut, sessionPath, Cookie("sid", sid))
	if out.Succeeded() {
		t.Ended(sessionOf(sid))
	}
	whoAmI(ctx, t, userAfterwards, login)
	verify(verifyEnded, sid)
	verify(verifyInvented, t.Secret("invented session", vary.UUID()))
}, Account("user"), Ending())

// Steps of DeleteToken.
var (
	deletion           = NewStep("delete")
	userByDeletedToken = NewStep("who am I by token")
	deletedLogin       = NewStep("log in with the token")
	deletedLoginUser   = NewStep("who am I")
)

// DeleteToken takes the user's authentication token away and tries it again.
var DeleteToken = saymon.Scenario("delete the authentication token", Steps(deletion, userByDeletedToken, deletedLogin, deletedLoginUser),
	func(ctx context.Context, t *Caller) {
		newest := ID(t.Of(secondToken))
		if newest == "" {
			return
		}
		t.Delete(ctx, deletion, tokenPath(t.User.ID), Basic(t.User.Login, t.User.Password))
		t.Get(ctx, userByDeletedToken, currentPath, Query("api-token", newest))
		login := logIn(ctx, t, deletedLogin, compact(authToken(newest)), Refused())
		whoAmI(ctx, t, deletedLoginUser, login)
	}, After(Tokens), Needs("auth-token", "user.id"), Account("user"), Ending())

// deletionForOther is the step of DeleteTokenOfOther.
var deletionForOther = NewStep("delete")

// DeleteTokenOfOther takes the other user's token away, so that nothing is left behind.
var DeleteTokenOfOther = saymon.Scenario("delete the other user's token", Steps(deletionForOther), func(ctx context.Context, t *Caller) {
	if ID(t.Of(otherToken)) != "" {
		t.Delete(ctx, deletionForOther, tokenPath(t.OtherUser.ID), Basic(t.User.Login, t.User.Password))
	}
}, Needs("auth-token", "other_user.id"), Account("user"), Ending())
