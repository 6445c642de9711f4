package saymon

import (
	"context"
	"fmt"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// Steps of LogIn, with an account that is not ASCII also loginWithEscapes.
var (
	firstLogin        = NewStep("log in")
	loginWithEscapes  = NewStep("log in with escapes")
	loginWithKeycloak = NewStep("log in with the Keycloak token")
	secondLogin       = NewStep("log in again")
	userOfFirst       = NewStep("who am I in the first session")
	currentUser       = NewStep("who am I")
	userAgain         = NewStep("who am I again")
)

// LogIn is the control: it logs in twice and then uses both sessions, the second one twice.
var LogIn = saymon.Scenario("log in with the login", Steps(firstLogin, loginWithEscapes, loginWithKeycloak, secondLogin,
	userOfFirst, currentUser, userAgain),
	func(ctx context.Context, t *Caller) {
		first := logIn(ctx, t, firstLogin, byLogin.Body(t), Opens("user"))
		if first.Unanswered() != "" {
			return
		}
		if !LetIn(first) {
			t.NotLetIn(ctx, "user", first, otherWays(ctx, t)...)
			return
		}
		again := func() *exchange.Exchange { return logIn(ctx, t, secondLogin, byLogin.Body(t), Opens("user")) }
		second, early := again(), &exchange.Exchange{}
		if second.Answered() && !LetIn(second) {
			second = t.RefusedBeside(ctx, second, again)
		} else {
			early = whoAmI(ctx, t, userOfFirst, first)
		}
		late := whoAmI(ctx, t, currentUser, second)
		noteAlike(SessionID, second, first)
		if late.Succeeded() && !early.Succeeded() {
			t.TakeTurns()
		}
		whoAmI(ctx, t, userAgain, second, Fresh()) // a session is bound to no connection
	}, Control(), Account("user"))

// Steps of LogInWithEmail.
var emailLogin, emailUser = NewStep("log in"), NewStep("who am I")

// otherWays are further ways of the user, where the login with the login is refused: are the characters to blame, or
// the credentials?
func otherWays(ctx context.Context, t *Caller) (ways []func() *exchange.Exchange) {
	if !vary.IsASCII(t.User.Login + t.User.Password) { // as the Python sample writes them
		ways = append(ways, func() *exchange.Exchange { return logIn(ctx, t, loginWithEscapes, escaped(t), Opens("user")) })
	}
	if t.UseTokens() {
		ways = append(ways, func() *exchange.Exchange { return logIn(ctx, t, loginWithKeycloak, byKeycloak.Body(t)) })
	}
	return ways
}

// LogInWithEmail opens a session with the user's email and asks who it belongs to.
var LogInWithEmail = saymon.Scenario("log in with the email", append(lives[byEmail].steps(), emailLogin, emailUser),
	func(ctx context.Context, t *Caller) {
		logInAndAsk(ctx, t, byEmail, Opens("user"))
	}, Needs(byEmail.Needs...), Account("user"))

// Steps of the scenarios that log in with a body in another form.
var chunkedLogin, escapedLogin, indentedLogin = NewStep("log in"), NewStep("log in"), NewStep("log in")

// LogInChunked sends the login in chunks, as the NodeJS sample does.
var LogInChunked = saymon.Scenario("log in with a chunked body", Steps(chunkedLogin),
	func(ctx context.Context, t *Caller) {
		logIn(ctx, t, chunkedLogin, byLogin.Body(t), Opens("user"), Chunked())
	}, Account("user"))

// LogInEscaped sends the login with \uXXXX in place of all that is not ASCII, as the Python sample does. Where the
// account has no such character, those of the password are written that way.
var LogInEscaped = saymon.Scenario("log in with an escaped body", Steps(escapedLogin),
	func(ctx context.Context, t *Caller) {
		logIn(ctx, t, escapedLogin, escaped(t), Opens("user"))
	}, Account("user"))

func escaped(t *Caller) Body {
	all := vary.IsASCII(t.User.Login + t.User.Password)
	return JSONText(fmt.Sprintf(`{"login": %s, "password": %s}`, vary.JSONEscaped(t.User.Login, false),
		vary.JSONEscaped(t.User.Password, all)))
}

// LogInIndented sends the login indented over several lines with a line end after it, as the Bash sample does.
var LogInIndented = saymon.Scenario("log in with an indented body", Steps(indentedLogin),
	func(ctx context.Context, t *Caller) {
		text := fmt.Sprintf("{\n    \"login\": %s,\n    \"password\": %s\n}\n", vary.JSON(t.User.Login),
			vary.JSON(t.User.Password))
		logIn(ctx, t, indentedLogin, JSONText(text), Opens("user"))
	}, Account("user"))

// basicUser is the step of CurrentByBasic.
var basicUser = NewStep("who am I")

// CurrentByBasic asks for the current user with Basic credentials.
var CurrentByBasic = saymon.Scenario("who am I by Basic credentials", Steps(basicUser),
	func(ctx context.Context, t *Caller) {
		e := t.Get(ctx, basicUser, currentPath, Basic(t.User.Login, t.User.Password))
		noteBasic(e, t)
		noteShown(t, e)
	}, Account("user"))

// Steps of Tokens.
var (
	firstToken              = NewStep("create a token")
	secondToken             = NewStep("create another token")
	userByToken             = NewStep("who am I by token")
	userByTokenAgain        = NewStep("who am I by token again")
	userByTokenThird        = NewStep("who am I by token a third time")
	userByTokenFourth       = NewStep("who am I by token a fourth time")
	userByReadToken         = NewStep("who am I by the token as clients read it")
	curlToken               = NewStep("create a token as the sample for curl does")
	userByAlteredToken      = NewStep("who am I by an altered token")
	alteredTokenLogin       = NewStep("try an altered token")
	tokenLogin              = NewStep("log in with the token")
	tokenLoginUser          = NewStep("who am I")
	tokenLoginAgain         = NewStep("log in with the token again")
	tokenWithoutCredentials = NewStep("without credentials")
	tokenOfUnknown          = NewStep("for an unknown user")
	tokenOfLonger           = NewStep("for the user's ID with a digit more")
)

// Tokens creates two tokens for the user, uses the newest, and tries what must not create one.
var Tokens = saymon.Scenario("create authentication tokens", append(lives[byToken].steps(), firstToken, secondToken,
	userByToken,
	userByTokenAgain, userByTokenThird, userByTokenFourth, userByReadToken, curlToken, userByAlteredToken,
	alteredTokenLogin, tokenLogin, tokenLoginUser, tokenLoginAgain, tokenWithoutCredentials, tokenOfUnknown,
	tokenOfLonger), func(ctx context.Context, t *Caller) {
	create := func(step *Step, id string, options ...Option) *exchange.Exchange {
		return t.Post(ctx, step, tokenPath(id), nil, append(options, Mints())...)
	}
	basic := Basic(t.User.Login, t.User.Password)
	first := create(firstToken, t.User.ID, basic)
	noteBasic(first, t)
	noteShown(t, first)
	if !first.Succeeded() {
		return
	}
	leavesToken(t, t.User.ID, ID(first))
	create(curlToken, t.User.ID, append(samples[0].options(), basic, Lacking("Content-Length"))...)
	second := create(secondToken, t.User.ID, basic)
	noteAlike(ID, second, first)
	newest := ID(second)
	if newest != "" {
		t.Secret("authentication token", newest)
		noteShown(t, t.Get(ctx, userByToken, currentPath, Query("api-token", newest)))
		if read := asClientsRead(second); read != newest {
			t.Get(ctx, userByReadToken, currentPath, Query("api-token", t.Secret("authentication token as read", read)))
		}
		t.Get(ctx, userByTokenAgain, currentPath, Query("api-token", newest))
		altered := t.Secret("altered token", vary.AlteredSession(newest))
		t.Get(ctx, userByAlteredToken, currentPath, Query("api-token", altered))
		refuse(ctx, t, alteredTokenLogin, compact(authToken(altered)), Refused())
		logInAndAsk(ctx, t, byToken)
		t.Get(ctx, userByTokenThird, currentPath, Query("api-token", newest))
		logIn(ctx, t, tokenLoginAgain, byToken.Body(t))
		t.Get(ctx, userByTokenFourth, currentPath, Query("api-token", newest))
	}
	without := create(tokenWithoutCredentials, t.User.ID, Fresh())
	tryTokens(ctx, t, without, tokenWithoutCredentials)
	tryCookie(ctx, t, without, tokenWithoutCredentials)
	nobodys := map[*Step]string{tokenOfUnknown: vary.Unassigned(t.User.ID), tokenOfLonger: vary.Longer(t.User.ID)}
	for _, step := range []*Step{tokenOfUnknown, tokenOfLonger} {
		id := nobodys[step]
		if id == "" {
			t.Omit(step, NotApplicable, "a user's ID with a digit more could be another user's")
			continue
		}
		e := create(step, id, basic)
		tryTokens(ctx, t, e, step)
		if e.Succeeded() { // it is somebody's after all
			t.Delete(ctx, step.Then("delete it"), tokenPath(id), basic)
		}
	}
}, Needs("auth-token", "user.id"), Account("user"))

// Steps of TokenForOther.
var (
	otherToken       = NewStep("create a token")
	userByOtherToken = NewStep("who am I by token")
	userByOwnToken   = NewStep("who am I by the user's own token")
	otherLogin       = NewStep("log in with the token")
	otherUser        = NewStep("who am I")
)

// byOtherToken is the way into a session of the other user.
var byOtherToken = &session.Way{Clause: byToken.Clause, Account: "other_user", Login: otherLogin, Use: otherUser,
	Write: compact,
	Right: func(t *Caller) session.Fields { return authToken(ID(t.Of(otherToken))) }}

// TokenForOther creates a token for the other user and asks whose it is.
var TokenForOther = saymon.Scenario("create a token for the other user",
	Steps(otherToken, userByOtherToken, userByOwnToken, otherLogin, otherUser),
	func(ctx context.Context, t *Caller) {
		created := t.Post(ctx, otherToken, tokenPath(t.OtherUser.ID), nil, Basic(t.User.Login, t.User.Password), Mints())
		noteBasic(created, t)
		leavesToken(t, t.OtherUser.ID, ID(created))
		if token := ID(created); token != "" {
			t.Secret("authentication token", token)
			noteShown(t, t.Get(ctx, userByOtherToken, currentPath, Query("api-token", token)))
			if own := ID(t.Of(secondToken)); own != "" {
				t.Get(ctx, userByOwnToken, currentPath, Query("api-token", own))
			}
			logInAndAsk(ctx, t, byOtherToken)
		}
	}, After(Tokens), Needs("auth-token", "other_user.id"), Account("user"))

// Steps of Sessionless.
var noSession, inventedSession, alteredSession = NewStep("without"), NewStep("invented"), NewStep("altered")

// Sessionless asks for the current user without a session, with an invented one, and with one that differs in a
// character.
var Sessionless = saymon.Scenario("who am I without a session", Steps(noSession, inventedSession, alteredSession),
	func(ctx context.Context, t *Caller) {
		tryCookie(ctx, t, t.Get(ctx, noSession, currentPath), noSession)
		live := SessionID(t.Of(secondLogin))
		tryCookie(ctx, t, t.Get(ctx, inventedSession, currentPath, Cookie("sid", t.Secret("invented session", vary.UUID()))),
			inventedSession)
		if live != "" {
			t.Get(ctx, alteredSession, currentPath, Cookie("sid", t.Secret("altered session", vary.AlteredSession(live))))
		}
	}, After(LogIn))

// Steps of UnknownAPIToken.
var unknownToken, emptyToken = NewStep("who am I"), NewStep("who am I by nothing")

// UnknownAPIToken asks for the current user with an api-token that nobody created.
var UnknownAPIToken = saymon.Scenario("who am I by an unknown api-token", Steps(unknownToken, emptyToken),
	func(ctx context.Context, t *Caller) {
		tryCookie(ctx, t, t.Get(ctx, unknownToken, currentPath, Query("api-token", t.Secret("invented token", vary.UUID()))),
			unknownToken)
		t.Get(ctx, emptyToken, currentPath, Query("api-token", ""))
	}, Needs("auth-token"))

// noteBasic records what a spec must know of the credentials and cannot see any more: whether they go beyond ASCII.
func noteBasic(e *exchange.Exchange, t *Caller) {
	if !vary.IsASCII(t.User.Login + t.User.Password) {
		e.Note(beyondASCII, "yes")
	}
}

// beyondASCII notes that Basic credentials have characters which clients encode differently.
const beyondASCII = "credentials beyond ASCII"
