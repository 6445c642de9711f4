package saymon

import (
	"context"
	"fmt"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// LogIn is the control: it logs in twice and then uses both sessions, the second one twice.
var LogIn = saymon.Scenario("log in with the login", func(ctx context.Context, t *Caller) {
	body := password(t.User.Login, t.User.Password)
	first := logIn(ctx, t, "log in", body, Opens("user"))
	if first.Unanswered() != "" {
		return
	}
	if !first.Succeeded() {
		if !vary.IsASCII(t.User.Login + t.User.Password) {
			// Are the characters to blame, or the credentials? One more try, as the Python sample writes them, tells.
			logIn(ctx, t, escapedStep, escapedLogin(t), Opens("user"))
		}
		t.RefuseAccount("user", fmt.Sprintf("the configured login of user is answered %s", first.StatusLine()))
		return
	}
	second := logIn(ctx, t, "log in again", body, Opens("user"))
	early := whoAmI(ctx, t, "who am I in the first session", first)
	late := whoAmI(ctx, t, "who am I", second)
	if late.Succeeded() && !early.Succeeded() {
		t.TakeTurns()
	}
	whoAmI(ctx, t, "who am I again", second)
}, Control(), Account("user"))

// LogInWithEmail opens a session with the user's email and asks who it belongs to.
var LogInWithEmail = saymon.Scenario("log in with the email", func(ctx context.Context, t *Caller) {
	logInAndAsk(ctx, t, "user", "log in", password(t.User.Email, t.User.Password), Opens("user"))
}, Needs("user.email"), Account("user"))

// LogInChunked sends the login in chunks, as the NodeJS sample does.
var LogInChunked = saymon.Scenario("log in with a chunked body", func(ctx context.Context, t *Caller) {
	logIn(ctx, t, "log in", password(t.User.Login, t.User.Password), Opens("user"), Chunked())
}, Account("user"))

// LogInEscaped sends the login with \uXXXX in place of all that is not ASCII, as the Python sample does. Where the account
// has no such character, those of the password are written that way.
var LogInEscaped = saymon.Scenario("log in with an escaped body", func(ctx context.Context, t *Caller) {
	logIn(ctx, t, "log in", escapedLogin(t), Opens("user"))
}, Account("user"))

// escapedStep names the login of control that is sent with escapes, where the one in UTF-8 was refused.
const escapedStep = "log in with escapes"

func escapedLogin(t *Caller) Body {
	all := vary.IsASCII(t.User.Login + t.User.Password)
	return JSONText(fmt.Sprintf(`{"login": %s, "password": %s}`, vary.JSONEscaped(t.User.Login, false), vary.JSONEscaped(t.User.Password, all)))
}

// LogInIndented sends the login indented over several lines with a line end after it, as the Bash sample does.
var LogInIndented = saymon.Scenario("log in with an indented body", func(ctx context.Context, t *Caller) {
	text := fmt.Sprintf("{\n    \"login\": %s,\n    \"password\": %s\n}\n", vary.JSONString(t.User.Login), vary.JSONString(t.User.Password))
	logIn(ctx, t, "log in", JSONText(text), Opens("user"))
}, Account("user"))

// CurrentByBasic asks for the current user with Basic credentials.
var CurrentByBasic = saymon.Scenario("who am I by Basic credentials", func(ctx context.Context, t *Caller) {
	e := t.Get(ctx, currentPath, Basic(t.User.Login, t.User.Password), Step("who am I"))
	noteBasic(e, t)
}, Account("user"))

// Tokens creates two tokens for the user, uses the newest, and tries what must not create one.
var Tokens = saymon.Scenario("create authentication tokens", func(ctx context.Context, t *Caller) {
	create := func(step, id string, options ...Option) *exchange.Exchange {
		return t.Post(ctx, tokenPath(id), nil, append(options, Step(step), Mints())...)
	}
	basic := Basic(t.User.Login, t.User.Password)
	first := create("create a token", t.User.ID, basic)
	noteBasic(first, t)
	if !first.Succeeded() {
		return
	}
	newest := ID(create("create another token", t.User.ID, basic))
	if newest != "" {
		t.Secret("authentication token", newest)
		t.Get(ctx, currentPath, Query("api-token", newest), Step("who am I by token"))
		t.Get(ctx, currentPath, Query("api-token", newest), Step("who am I by token again"))
		altered := t.Secret("altered token", vary.AlteredSession(newest))
		t.Get(ctx, currentPath, Query("api-token", altered), Step("who am I by an altered token"))
		tryOpened(ctx, t, logIn(ctx, t, "try an altered token", JSON{"auth-token": altered}, Refused()), "try an altered token")
		logInAndAsk(ctx, t, "user", "log in with the token", JSON{"auth-token": newest})
	}
	tryToken(ctx, t, create("without credentials", t.User.ID, Fresh()), "without credentials")
	tryToken(ctx, t, create("for an unknown user", vary.Another(t.User.ID), basic), "for an unknown user")
}, Needs("auth-token", "user.id"), Account("user"))

// TokenForOther creates a token for the other user and asks whose it is.
var TokenForOther = saymon.Scenario("create a token for the other user", func(ctx context.Context, t *Caller) {
	created := t.Post(ctx, tokenPath(t.OtherUser.ID), nil, Basic(t.User.Login, t.User.Password), Step("create a token"), Mints())
	noteBasic(created, t)
	if token := ID(created); token != "" {
		t.Secret("authentication token", token)
		t.Get(ctx, currentPath, Query("api-token", token), Step("who am I by token"))
		logInAndAsk(ctx, t, "other_user", "log in with the token", JSON{"auth-token": token})
	}
}, Needs("auth-token", "other_user.id"), Account("user"))

// Sessionless asks for the current user without a session, with an invented one, and with one that differs in a character.
var Sessionless = saymon.Scenario("who am I without a session", func(ctx context.Context, t *Caller) {
	t.Get(ctx, currentPath, Step("without"))
	live := SessionID(t.Of(LogIn, "log in again"))
	t.Get(ctx, currentPath, Cookie("sid", t.Secret("invented session", vary.UUID())), Step("invented"))
	if live != "" {
		t.Get(ctx, currentPath, Cookie("sid", t.Secret("altered session", vary.AlteredSession(live))), Step("altered"))
	}
}, After(LogIn))

// UnknownAPIToken asks for the current user with an api-token that nobody created.
var UnknownAPIToken = saymon.Scenario("who am I by an unknown api-token", func(ctx context.Context, t *Caller) {
	t.Get(ctx, currentPath, Query("api-token", t.Secret("invented token", vary.UUID())), Step("who am I"))
	t.Get(ctx, currentPath, Query("api-token", ""), Step("who am I by nothing"))
}, Needs("auth-token"))

// noteBasic records what a spec must know of the credentials and cannot see any more: whether they go beyond ASCII.
func noteBasic(e *exchange.Exchange, t *Caller) {
	if !vary.IsASCII(t.User.Login + t.User.Password) {
		e.Note(beyondASCII, "yes")
	}
}

// beyondASCII notes that Basic credentials have characters which clients encode differently.
const beyondASCII = "credentials beyond ASCII"
