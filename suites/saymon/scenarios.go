package saymon

import (
	"fmt"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// Steps of LogIn, with an account that is not ASCII also loginWithEscapes.
var (
	ofLogIn           Steps
	firstLogin        = ofLogIn.Step("log in")
	loginWithEscapes  = ofLogIn.Step("log in with escapes")
	loginWithKeycloak = ofLogIn.Step("log in with the Keycloak token")
	secondLogin       = ofLogIn.Step("log in again")
	userOfFirst       = ofLogIn.Step("who am I in the first session")
	currentUser       = ofLogIn.Step("who am I")
	userAgain         = ofLogIn.Step("who am I again")
)

// LogIn is the control: it logs in twice and then uses both sessions, the second one twice.
var LogIn = saymon.Scenario("log in with the login", &ofLogIn, func(t *Caller) {
	first := logIn(t, firstLogin, byLogin.Body(t), Opens("user"))
	if first.Unanswered() != "" {
		return
	}
	if !LetIn(first) {
		t.NotLetIn("user", first, otherWays(t)...)
		return
	}
	again := func() *exchange.Exchange { return logIn(t, secondLogin, byLogin.Body(t), Opens("user")) }
	second, early := again(), &exchange.Exchange{}
	if NoRoom(second) {
		second = t.RefusedBeside(second, again)
	} else {
		early = whoAmI(t, userOfFirst, first)
	}
	late := whoAmI(t, currentUser, second)
	session.NoteAlike(second, SessionID(second), SessionID(first))
	if late.Succeeded() && !early.Succeeded() {
		t.TakeTurns()
	}
	whoAmI(t, userAgain, second, Fresh()) // a session is bound to no connection
}, Control(), Account("user"))

var (
	ofLogInWithEmail      Steps
	emailLogin, emailUser = ofLogInWithEmail.Step("log in"), ofLogInWithEmail.Step("who am I")
)

// otherWays are further ways of the user, where the login with the login is refused: are the characters to blame, or
// the credentials?
func otherWays(t *Caller) (ways []func() *exchange.Exchange) {
	if !vary.IsASCII(t.User.Login + t.User.Password) { // as the Python sample writes them
		ways = append(ways, func() *exchange.Exchange { return logIn(t, loginWithEscapes, escaped(t), Opens("user")) })
	}
	if t.UseTokens() {
		ways = append(ways, func() *exchange.Exchange { return logIn(t, loginWithKeycloak, byKeycloak.Body(t)) })
	}
	return ways
}

// LogInWithEmail opens a session with the user's email and asks who it belongs to.
var LogInWithEmail = saymon.Scenario("log in with the email", &ofLogInWithEmail, func(t *Caller) {
	logInAndAsk(t, byEmail, Opens("user"))
}, Needs(byEmail.Needs...), Account("user"))

// Steps of the scenarios that log in with a body in another form.
var (
	ofLogInChunked, ofLogInEscaped, ofLogInIndented Steps

	chunkedLogin  = ofLogInChunked.Step("log in")
	escapedLogin  = ofLogInEscaped.Step("log in")
	indentedLogin = ofLogInIndented.Step("log in")
)

// LogInChunked sends the login in chunks, as the NodeJS sample does.
var LogInChunked = saymon.Scenario("log in with a chunked body", &ofLogInChunked, func(t *Caller) {
	logIn(t, chunkedLogin, byLogin.Body(t), Opens("user"), Chunked())
}, Account("user"))

// LogInEscaped sends the login with \uXXXX in place of all that is not ASCII, as the Python sample does. Where the
// account has no such character, those of the password are written that way.
var LogInEscaped = saymon.Scenario("log in with an escaped body", &ofLogInEscaped, func(t *Caller) {
	logIn(t, escapedLogin, escaped(t), Opens("user"))
}, Account("user"))

func escaped(t *Caller) Body {
	all := vary.IsASCII(t.User.Login + t.User.Password)
	return JSONText(fmt.Sprintf(`{"login": %s, "password": %s}`, vary.JSONEscaped(t.User.Login, false),
		vary.JSONEscaped(t.User.Password, all)))
}

// LogInIndented sends the login indented over several lines with a line end after it, as the Bash sample does.
var LogInIndented = saymon.Scenario("log in with an indented body", &ofLogInIndented, func(t *Caller) {
	text := fmt.Sprintf("{\n    \"login\": %s,\n    \"password\": %s\n}\n", vary.JSON(t.User.Login),
		vary.JSON(t.User.Password))
	logIn(t, indentedLogin, JSONText(text), Opens("user"))
}, Account("user"))

var (
	ofCurrentByBasic Steps
	basicUser        = ofCurrentByBasic.Step("who am I")
)

// CurrentByBasic asks for the current user with Basic credentials.
var CurrentByBasic = saymon.Scenario("who am I by Basic credentials", &ofCurrentByBasic, func(t *Caller) {
	e := t.Get(basicUser, currentPath, Basic(t.User.Login, t.User.Password))
	noteBasic(e, t)
	noteShown(t, e)
}, Account("user"))

var (
	ofSessionless                              Steps
	noSession, inventedSession, alteredSession = ofSessionless.Step("without"), ofSessionless.Step("invented"),
		ofSessionless.Step("altered")
)

// Sessionless asks for the current user without a session, with an invented one, and with one that differs in a
// character.
var Sessionless = saymon.Scenario("who am I without a session", &ofSessionless, func(t *Caller) {
	tryCookie(t, t.Get(noSession, currentPath, Odd()), noSession)
	live := SessionID(t.Of(secondLogin))
	tryCookie(t, t.Get(inventedSession, currentPath, Cookie("sid", t.Secret("invented session", vary.UUID())),
		Odd()), inventedSession)
	if live != "" {
		t.Get(alteredSession, currentPath, Cookie("sid", t.Altered("altered session", vary.AlteredSession(live), live)),
			Odd())
	}
}, After(LogIn))

var (
	ofUnknownAPIToken        Steps
	unknownToken, emptyToken = ofUnknownAPIToken.Step("who am I"), ofUnknownAPIToken.Step("who am I by nothing")
)

// UnknownAPIToken asks for the current user with an api-token that nobody created.
var UnknownAPIToken = saymon.Scenario("who am I by an unknown api-token", &ofUnknownAPIToken, func(t *Caller) {
	tryCookie(t, t.Get(unknownToken, currentPath, Query("api-token", t.Secret("invented token", vary.UUID())),
		Odd()), unknownToken)
	t.Get(emptyToken, currentPath, Query("api-token", ""), Odd())
}, Needs("auth-token"))

// noteBasic records what a spec must know of the credentials and cannot see any more: whether they go beyond ASCII.
func noteBasic(e *exchange.Exchange, t *Caller) {
	if !vary.IsASCII(t.User.Login + t.User.Password) {
		e.Note(beyondASCII, "yes")
	}
}

// beyondASCII notes that Basic credentials have characters which clients encode differently.
const beyondASCII = "credentials beyond ASCII"
