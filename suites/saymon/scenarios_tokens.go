package saymon

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var (
	ofTokens           Steps
	firstToken         = ofTokens.Step("create a token")
	secondToken        = ofTokens.Step("create another token")
	userByToken        = ofTokens.Step("who am I by token")
	userByTokenAgain   = ofTokens.Step("who am I by token again")
	userByTokenThird   = ofTokens.Step("who am I by token a third time")
	userByTokenFourth  = ofTokens.Step("who am I by token a fourth time")
	userByReadToken    = ofTokens.Step("who am I by the token as clients read it")
	curlToken          = ofTokens.Step("create a token as the sample for curl does")
	userByCurlToken    = ofTokens.Step("who am I by the token of the sample for curl")
	userByAlteredToken = ofTokens.Step("who am I by an altered token")
	alteredTokenLogin  = ofTokens.Step("try an altered token")
	tokenLogin         = ofTokens.Step("log in with the token")
	tokenLoginUser     = ofTokens.Step("who am I")
	tokenLoginAgain    = ofTokens.Step("log in with the token again")
	tokenLoginLater    = []*Step{ofTokens.Step("log in with the token a third time"),
		ofTokens.Step("log in with the token a fourth time")}
	tokenWithoutCredentials = ofTokens.Step("without credentials")
	tokenOfUnknown          = ofTokens.Step("for an unknown user")
	tokenOfLonger           = ofTokens.Step("for the user's ID with a digit more")

	deleteIt = saymon.FollowUp("delete it")
)

// Tokens creates two tokens for the user, uses the newest, and tries what must not create one.
var Tokens = saymon.Scenario("create authentication tokens", &ofTokens, func(t *Caller) {
	create := func(step *Step, id string, options ...Option) *exchange.Exchange {
		return t.Post(step, tokenPath(id), nil, append(options, Mints())...)
	}
	basic := Basic(t.User.Login, t.User.Password)
	first := create(firstToken, t.User.ID, basic)
	noteBasic(first, t)
	noteShown(t, first)
	if !first.Succeeded() {
		return
	}
	leavesToken(t, t.User.ID, ID(first))
	curls := create(curlToken, t.User.ID, append(samples[0].options(), basic, Lacking("Content-Length"))...)
	if ID(curls) != "" {
		token := t.Minted("authentication token as read", asClientsRead(curls))
		t.Get(userByCurlToken, currentPath, append(samples[0].options(), Query("api-token", token))...)
	}
	second := create(secondToken, t.User.ID, basic)
	session.NoteAlike(second, ID(second), ID(first))
	newest := ID(second)
	if newest != "" {
		t.Minted("authentication token", newest)
		noteShown(t, t.Get(userByToken, currentPath, Query("api-token", newest)))
		if read := asClientsRead(second); read != newest {
			t.Get(userByReadToken, currentPath, Query("api-token", t.Secret("authentication token as read", read)))
		}
		t.Get(userByTokenAgain, currentPath, Query("api-token", newest), Fresh()) // a token is bound to no connection
		altered := t.Altered("altered token", vary.AlteredSession(newest), newest)
		t.Get(userByAlteredToken, currentPath, Query("api-token", altered))
		refuse(t, alteredTokenLogin, compact(authToken(altered)), Refused())
		logInAndAsk(t, byToken)
		t.Get(userByTokenThird, currentPath, Query("api-token", newest), Fresh())
		for _, step := range append([]*Step{tokenLoginAgain}, tokenLoginLater...) {
			t.Leave(sessionOfLogin(t, logIn(t, step, byToken.Body(t))))
		}
		t.Get(userByTokenFourth, currentPath, Query("api-token", newest), Fresh())
	}
	without := create(tokenWithoutCredentials, t.User.ID, Fresh())
	tryTokens(t, without, tokenWithoutCredentials)
	tryCookie(t, without, tokenWithoutCredentials)
	nobodys := map[*Step]string{tokenOfUnknown: vary.Unassigned(t.User.ID), tokenOfLonger: vary.Longer(t.User.ID)}
	for _, step := range []*Step{tokenOfUnknown, tokenOfLonger} {
		id := nobodys[step]
		if id == "" {
			t.Omit(step, NotApplicable, "a user's ID with a digit more could be another user's")
			continue
		}
		e := create(step, id, basic)
		tryTokens(t, e, step)
		if e.Succeeded() { // it is somebody's after all
			t.Delete(step.Then(deleteIt), tokenPath(id), basic)
		}
	}
}, Needs("auth-token", "user.id"), Account("user"))

var (
	ofTokenForOther  Steps
	otherToken       = ofTokenForOther.Step("create a token")
	userByOtherToken = ofTokenForOther.Step("who am I by token")
	userByOwnToken   = ofTokenForOther.Step("who am I by the user's own token")
	otherLogin       = ofTokenForOther.Step("log in with the token")
	otherUser        = ofTokenForOther.Step("who am I")
)

// byOtherToken is the way into a session of the other user.
var byOtherToken = &session.Way{Clause: byToken.Clause, Account: "other_user", Login: otherLogin, Use: otherUser,
	Write: compact, Right: func(t *Caller) session.Fields { return authToken(ID(t.Of(otherToken))) }}

// TokenForOther creates a token for the other user and asks whose it is.
var TokenForOther = saymon.Scenario("create a token for the other user", &ofTokenForOther, func(t *Caller) {
	created := t.Post(otherToken, tokenPath(t.OtherUser.ID), nil, Basic(t.User.Login, t.User.Password), Mints())
	noteBasic(created, t)
	leavesToken(t, t.OtherUser.ID, ID(created))
	if token := ID(created); token != "" {
		t.Minted("authentication token", token)
		noteShown(t, t.Get(userByOtherToken, currentPath, Query("api-token", token)))
		if own := ID(t.Of(secondToken)); own != "" {
			t.Get(userByOwnToken, currentPath, Query("api-token", own))
		}
		logInAndAsk(t, byOtherToken)
	}
}, After(Tokens), Needs("auth-token", "other_user.id"), Account("user"))
