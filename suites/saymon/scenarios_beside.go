package saymon

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var (
	ofLogInWithMore     Steps
	moreLogin, moreUser = ofLogInWithMore.Step("log in"), ofLogInWithMore.Step("who am I")
	doubledLogin        = ofLogInWithMore.Step("log in with the other user's login before the user's")
	doubledUser         = ofLogInWithMore.Step("who am I after it")
	tokenWithLogin      = ofLogInWithMore.Step("log in with the token beside another login")
	tokenMoreUser       = ofLogInWithMore.Step("who am I by the token beside another login")
)

// LogInWithMore names the other user beside right credentials: beside the login in the fields that frameworks copy into
// their models, and by the same name; beside the token as the login.
var LogInWithMore = saymon.Scenario("log in with more than credentials", &ofLogInWithMore, func(t *Caller) {
	ask := func(login, user *Step, fields session.Fields) {
		t.Alone("user", func() {
			opened := logIn(t, login, compact(fields), LogsIn("user"), Odd())
			whoAmI(t, user, opened)
			t.Leave(sessionOfLogin(t, opened))
		})
	}
	fields := byLogin.Right(t)
	for _, f := range []session.Field{{Name: "user", Value: t.OtherUser.Login}, {Name: "userId", Value: t.OtherUser.ID},
		{Name: "id", Value: t.OtherUser.ID}, {Name: "role", Value: "admin"}} {
		if f.Value != "" {
			fields = append(fields, f)
		}
	}
	t.Await(Tokens) // before a session is open
	ask(moreLogin, moreUser, fields)
	// The last of two equal names counts for nearly all readers: for them this is a good login.
	ask(doubledLogin, doubledUser,
		append(session.Fields{{Name: "login", Value: t.OtherUser.Login}}, byLogin.Right(t)...))
	if !t.Of(tokenLogin).Succeeded() {
		t.Omit(tokenWithLogin, NotApplicable, "the token opens no session")
		return
	}
	ask(tokenWithLogin, tokenMoreUser, append(byToken.Right(t), session.Field{Name: "login", Value: t.OtherUser.Login}))
}, Needs("other_user"), Account("user"))

var (
	ofLogInWithCookie   Steps
	inventedCookieLogin = ofLogInWithCookie.Step("log in with an invented cookie")
	inventedCookieUser  = ofLogInWithCookie.Step("who am I with the invented cookie")
	ownCookieLogin      = ofLogInWithCookie.Step("log in with the cookie of the user's own session")
	strangersLogin      = ofLogInWithCookie.Step("log in with the cookie of a refused call")
	victimLogin         = ofLogInWithCookie.Step("log in as the other user")
	liveCookieLogin     = ofLogInWithCookie.Step("log in with the other user's cookie")
	victimUser          = ofLogInWithCookie.Step("who am I with the other user's cookie")
)

// LogInWithCookie logs in with a cookie that was there before: an invented one, that of the session before, that of a
// refused call where it set one, and the live one of the other user. Each session ends before the next but one.
var LogInWithCookie = saymon.Scenario("log in with a cookie", &ofLogInWithCookie, func(t *Caller) {
	keeping := func(step *Step, sid string) *exchange.Exchange {
		return logIn(t, step, byLogin.Body(t), Opens("user"), Cookie("sid", sid))
	}
	planted := t.Secret("invented session", vary.UUID())
	first := keeping(inventedCookieLogin, planted)
	t.Get(inventedCookieUser, currentPath, Cookie("sid", planted))
	if sid := SessionID(first); sid != "" {
		t.Leave(sessionOfLogin(t, keeping(ownCookieLogin, sid)))
		t.Leave(sessionOfLogin(t, first))
	}
	if c, ok := t.Of(noSession).Cookie("sid"); ok && !t.Of(noSession).Succeeded() && !c.Deletes() {
		t.Leave(sessionOfLogin(t, keeping(strangersLogin, c.Value)))
	} else {
		t.Omit(strangersLogin, NotApplicable, "a call that is refused sets no sid cookie")
	}
	if !t.Meets("other_user.password", liveCookieLogin) {
		return
	}
	if sid := SessionID(logIn(t, victimLogin, byOthersLogin.Body(t), Opens("other_user"))); sid != "" {
		keeping(liveCookieLogin, sid)
		t.Get(victimUser, currentPath, Cookie("sid", sid))
	}
}, Account("user"), After(Sessionless))
