package saymon

import (
	"net/url"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var (
	ofLogOut      Steps
	bystander     = ofLogOut.Step("log in as the other user")
	lastLogin     = ofLogOut.Step("log in")
	lastUser      = ofLogOut.Step("who am I")
	lastUserLater = []*Step{ofLogOut.Step("who am I again"), ofLogOut.Step("who am I a third time"),
		ofLogOut.Step("who am I a fourth time"), ofLogOut.Step("who am I a fifth time"),
		ofLogOut.Step("who am I a sixth time"), ofLogOut.Step("who am I a seventh time"),
		ofLogOut.Step("who am I an eighth time")}
	userAfterPause = ofLogOut.Step("who am I after a pause")
	quotedUser     = ofLogOut.Step("who am I with a quoted sid")
	verifyLive     = ofLogOut.Step("verify")

	nobodysLogin    = ofLogOut.Step("log in as nobody")
	nobodysToken    = ofLogOut.Step("log in with an unknown token")
	nobodysUser     = ofLogOut.Step("who am I without a session")
	userAfterNobody = ofLogOut.Step("who am I after refused requests of nobody")
	bystanderBefore = ofLogOut.Step("who am I as the other user before the logouts")

	userAmongOthers = ofLogOut.Step("who am I with the cookie among others")
	userBesideToken = ofLogOut.Step("who am I with an unknown api-token beside the cookie")

	userBeforeLogout = ofLogOut.Step("who am I before the logouts")

	inventedLogout = ofLogOut.Step("log out with an invented session")
	userStillThere = ofLogOut.Step("who am I after the logout with an invented session")
	loggedOut      = ofLogOut.Step("log out")
	userAfterwards = ofLogOut.Step("who am I after it")
	userByHeader   = ofLogOut.Step("who am I by X-Session-Id after it")
	bystanderUser  = ofLogOut.Step("who am I as the other user")
	loggedOutAgain = ofLogOut.Step("log out again")
	verifyEnded    = ofLogOut.Step("verify after it")
	verifyInvented = ofLogOut.Step("verify an invented one")
	loginAfter     = ofLogOut.Step("log in after it")
	userAtLast     = ofLogOut.Step("who am I with the ended session at last")
)

// LogOut opens a session, uses it, lets it rest, sends requests that must be refused, verifies it, ends it, and tries
// it again. The other user's session stays meanwhile.
var LogOut = saymon.Scenario("log out", &ofLogOut, func(t *Caller) {
	var others *exchange.Exchange
	if t.Meets("other_user.password", bystander) {
		others = logIn(t, bystander, byOthersLogin.Body(t), Opens("other_user"))
	}
	login := logIn(t, lastLogin, byLogin.Body(t), Opens("user"))
	sid := SessionID(login)
	if sid == "" {
		return
	}
	opened := sessionOfLogin(t, login)
	verify := func(step *Step, sid string) { // with Basic credentials, as the vendor's sample
		e := t.Get(step, sessionPath+"/verify/"+url.PathEscape(sid), Basic(t.User.Login, t.User.Password))
		noteBasic(e, t)
		noteShown(t, e)
	}
	whoAmI(t, lastUser, login)
	for _, step := range lastUserLater { // on new connections: each may come to another process of the product
		whoAmI(t, step, login, Fresh())
	}
	t.Wait(t.SessionIdle)
	whoAmI(t, userAfterPause, login)
	logIn(t, nobodysLogin, refusals.Of("saymon-refuses-unknown-login")[0].Body(t), Refused(), BesideSession())
	if !t.Lacks("auth-token") {
		logIn(t, nobodysToken, compact(authToken(t.Secret("invented token", vary.UUID()))), Refused(), BesideSession())
	}
	t.Get(nobodysUser, currentPath, Fresh())
	whoAmI(t, userAfterNobody, login)
	if others != nil {
		whoAmI(t, bystanderBefore, others)
	}
	t.Get(userAmongOthers, currentPath, CookieHeader("oldsid=none; sid="+sid+"; lang=en"))
	verify(verifyLive, sid)
	t.Get(quotedUser, currentPath, Cookie("sid", `"`+sid+`"`))
	t.Get(userBesideToken, currentPath, Cookie("sid", sid), Query("api-token", t.Secret("invented token", vary.UUID())))
	whoAmI(t, userBeforeLogout, login) // one of these may have ended the session, which no logout did
	logOut(t, inventedLogout, Session{
		Cookie: strings.Replace(opened.Cookie, sid, t.Secret("invented session", vary.UUID()), 1)})
	whoAmI(t, userStillThere, login)
	noteShown(t, t.LogOut(loggedOut, opened))
	tryCookie(t, whoAmI(t, userAfterwards, login), userAfterwards)
	t.Get(userByHeader, currentPath, Header("X-Session-Id", sid))
	if others != nil {
		whoAmI(t, bystanderUser, others)
	}
	logOut(t, loggedOutAgain, opened)
	verify(verifyEnded, sid)
	verify(verifyInvented, t.Secret("invented session", vary.UUID()))
	logIn(t, loginAfter, byLogin.Body(t), Opens("user"), Cookie("sid", sid)) // which not every client has forgotten
	whoAmI(t, userAtLast, login)
}, Account("user"), Ending())

var (
	ofTokenByOther Steps
	tokenByOther   = ofTokenByOther.Step("create a token")
)

// TokenByOther creates a token of the user in the name of the other user, who may lack the permission. DeleteToken
// takes it away.
var TokenByOther = saymon.Scenario("create the user's token as the other user", &ofTokenByOther, func(t *Caller) {
	e := t.Post(tokenByOther, tokenPath(t.User.ID), nil, Basic(t.OtherUser.Login, t.OtherUser.Password), Mints())
	tryTokens(t, e, tokenByOther)
}, After(Tokens), Needs("auth-token", "user.id", "other_user.password"), Account("other_user"), Ending())

var (
	ofDeleteToken      Steps
	deletion           = ofDeleteToken.Step("delete")
	userByDeletedToken = ofDeleteToken.Step("who am I by token")
	deletedLogin       = ofDeleteToken.Step("log in with the token")
	deletedLoginUser   = ofDeleteToken.Step("who am I")
)

// DeleteToken takes the user's authentication token away and tries it again.
var DeleteToken = saymon.Scenario("delete the authentication token", &ofDeleteToken, func(t *Caller) {
	newest := newestToken(t)
	if newest == "" {
		return
	}
	if t.Delete(deletion, tokenPath(t.User.ID), Basic(t.User.Login, t.User.Password)).Succeeded() {
		t.Undone(tokenOf(t.User.ID))
	}
	t.Get(userByDeletedToken, currentPath, Query("api-token", newest))
	login := logIn(t, deletedLogin, compact(authToken(newest)), Refused())
	whoAmI(t, deletedLoginUser, login)
}, After(Tokens, DeleteTokenOfOther), Needs("auth-token", "user.id"), Account("user"), Ending())

var (
	ofDeleteTokenOfOther Steps
	ownTokenBefore       = ofDeleteTokenOfOther.Step("who am I by the user's own token")
	otherTokenBefore     = ofDeleteTokenOfOther.Step("who am I by the other user's token")
	deletionForOther     = ofDeleteTokenOfOther.Step("delete")
	otherTokenAfter      = ofDeleteTokenOfOther.Step("who am I by the other user's token after it")
	ownTokenAfter        = ofDeleteTokenOfOther.Step("who am I by the user's own token after it")
)

// DeleteTokenOfOther uses the tokens of both users, takes the other's away, so that nothing is left behind, and uses
// them again.
var DeleteTokenOfOther = saymon.Scenario("delete the other user's token", &ofDeleteTokenOfOther, func(t *Caller) {
	// Naming LogOut makes Go declare that scenario first: the tokens are then used after its requests.
	_ = LogOut
	own, others := newestToken(t), ID(t.Of(otherToken))
	by := func(step *Step, token string) {
		if token != "" {
			t.Get(step, currentPath, Query("api-token", token))
		}
	}
	by(ownTokenBefore, own)
	if others != "" {
		by(otherTokenBefore, others)
		if t.Delete(deletionForOther, tokenPath(t.OtherUser.ID), Basic(t.User.Login, t.User.Password)).Succeeded() {
			t.Undone(tokenOf(t.OtherUser.ID))
		}
		by(ownTokenAfter, own)
		by(otherTokenAfter, others)
	}
}, Needs("auth-token", "other_user.id"), Account("user"), Ending())

// newestToken is the user's token that was created last: a new one may replace the earlier ones.
func newestToken(t *Caller) string {
	if byOther := t.Of(tokenByOther); byOther.Succeeded() && ID(byOther) != "" {
		return t.Minted("authentication token", ID(byOther))
	}
	return ID(t.Of(secondToken))
}

// endToken is the clean-up's step.
var endToken = NewStep("delete a token")

func tokenOf(userID string) string { return "the token of " + userID }

// leavesToken sees to it that a token which the run made is deleted when all is done, by a live session. One that was
// there before stays.
func leavesToken(t *Caller, userID, token string) {
	if token == "" || token == text(t.Of(currentUser), "authenticationToken") {
		return
	}
	t.Leaves(tokenOf(userID), func(t *Caller) {
		as := []Option{Basic(t.User.Login, t.User.Password)}
		if live := t.Live("user"); live.Cookie != "" {
			as = append(session.CSRF(t, live.Cookie), CookieHeader(live.Cookie))
		}
		t.Delete(endToken, tokenPath(userID), as...)
	})
}
