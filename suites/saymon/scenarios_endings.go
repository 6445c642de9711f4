package saymon

import (
	"context"
	"net/url"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// LogOut opens a session, verifies it, ends it, and tries it again.
var LogOut = saymon.Scenario("log out", func(ctx context.Context, t *Caller) {
	login := logIn(ctx, t, "log in", password(t.User.Login, t.User.Password), Opens("user"))
	sid := SessionID(login)
	if sid == "" {
		return
	}
	verify := func(step, sid string) *exchange.Exchange {
		return t.Get(ctx, sessionPath+"/verify/"+url.PathEscape(sid), Step(step))
	}
	whoAmI(ctx, t, "who am I", login)
	t.Get(ctx, currentPath, Cookie("sid", `"`+sid+`"`), Step("who am I with a quoted sid"))
	verify("verify", sid)
	out := t.Delete(ctx, sessionPath, Cookie("sid", sid), Step("log out"))
	if out.Succeeded() {
		t.Ended(sessionOf(sid))
	}
	whoAmI(ctx, t, "who am I after it", login)
	verify("verify after it", sid)
	verify("verify an invented one", t.Secret("invented session", vary.UUID()))
}, Account("user"), Ending())

// DeleteToken takes the user's authentication token away and tries it again.
var DeleteToken = saymon.Scenario("delete the authentication token", func(ctx context.Context, t *Caller) {
	newest := ID(t.Of(Tokens, "create another token"))
	if newest == "" {
		return
	}
	t.Delete(ctx, tokenPath(t.User.ID), Basic(t.User.Login, t.User.Password), Step("delete"))
	t.Get(ctx, currentPath, Query("api-token", newest), Step("who am I by token"))
	login := logIn(ctx, t, "log in with the token", JSON{"auth-token": newest}, Refused())
	whoAmI(ctx, t, "who am I", login)
}, After(Tokens), Needs("auth-token", "user.id"), Account("user"), Ending())

// DeleteTokenOfOther takes the other user's token away, so that nothing is left behind.
var DeleteTokenOfOther = saymon.Scenario("delete the other user's token", func(ctx context.Context, t *Caller) {
	if ID(t.Of(TokenForOther, "create a token")) != "" {
		t.Delete(ctx, tokenPath(t.OtherUser.ID), Basic(t.User.Login, t.User.Password), Step("delete"))
	}
}, Needs("auth-token", "other_user.id"), Account("user"), Ending())
