package sdm

import (
	"context"
	"fmt"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// Steps of LogIn, beside those of the forms.
var (
	loginOnceMore  = NewStep("log in once more") // where only one form opens sessions
	earlierSession = NewStep("use the first session after the second login")
)

// LogIn is the control: it logs in with XML and with JSON, or twice with the only one of them, uses each session twice, and then
// the first one again.
var LogIn = sdm.Scenario("log in", Steps(inXML.Login, inXML.Use, inXML.again, inJSON.Login, inJSON.Use, inJSON.again, loginOnceMore,
	earlierSession), func(ctx context.Context, t *Caller) {
	var first *client
	var second, live bool
	var answers []string
	for _, f := range forms {
		if t.Lacks(f.feature) {
			omitForm(t, f, f.Login, f.Use, f.again)
			continue
		}
		c := logIn(ctx, t, f.Login, f)
		if c.login.Unanswered() != "" && answers == nil {
			return
		}
		answers = append(answers, c.login.StatusLine())
		if !c.login.Succeeded() {
			continue
		}
		c.use(ctx, t, f.Use)
		again := c.use(ctx, t, f.again)
		tellCookie(ctx, t, c, again)
		if first != nil {
			second = true
			continue
		}
		first, live = c, again.Succeeded()
	}
	if first == nil {
		t.RefuseAccount("user", "the configured login of user is answered "+strings.Join(answers, ", "))
		return
	}
	if !second {
		logIn(ctx, t, loginOnceMore, first.form)
	}
	if after := first.use(ctx, t, earlierSession); live && after.Answer != nil && !after.Succeeded() {
		t.TakeTurns()
	}
}, Control(), Account("user"))

// tellCookie finds out which of several cookies is the session's where the sessionId does not tell: one after the other is sent
// alone.
func tellCookie(ctx context.Context, t *Caller, c *client, used *exchange.Exchange) {
	if _, known := sessionCookie(t.Target, c.login); known || !used.Succeeded() {
		return
	}
	for i, cookie := range c.jar.Cookies(probePath(t.Target)) {
		alone := call(ctx, t, c.form.Use.Then(fmt.Sprintf("cookie %d alone", i+1)), cookie.Name+"="+cookie.Value)
		if alone.Succeeded() {
			c.login.Note(sessionCookieNote, cookie.Name)
			return
		}
	}
}

// omitForm settles steps in a form that the target does not offer.
func omitForm(t *Caller, f *form, steps ...*Step) {
	for _, step := range steps {
		t.Omit(step, Unsupported, fmt.Sprintf("targets.yaml declares that %s is without %s", t.Name, f.feature))
	}
}

// works says whether the configured login in the form succeeded in the control: what is refused says nothing otherwise.
func works(t *Caller, f *form) bool { return t.Of(f.Login).Succeeded() }

// working is the first form that works, or nil.
func working(t *Caller) *form {
	for _, f := range forms {
		if works(t, f) {
			return f
		}
	}
	return nil
}

// Steps of Sessionless.
var (
	withoutSession = NewStep("without")
	inventedCookie = NewStep("with an invented cookie")
	alteredCookie  = NewStep("with a cookie that differs at its end")
	anewWhereEnded = NewStep("log in")
)

// Sessionless makes a call that needs a session without one, with an invented one, and with one that differs in a character.
var Sessionless = sdm.Scenario("call without a session", Steps(withoutSession, inventedCookie, alteredCookie, anewWhereEnded),
	func(ctx context.Context, t *Caller) {
		call(ctx, t, withoutSession, "", Fresh())
		f := working(t)
		if f == nil {
			return
		}
		login := t.Of(f.Login)
		if t.Turned() { // a live session to differ from: a later login has ended that one
			login = logIn(ctx, t, anewWhereEnded, f).login
		}
		cookies := cookiesOf(t.Target, login)
		if len(cookies) == 0 {
			return
		}
		session, known := sessionCookie(t.Target, login)
		with := func(step *Step, change func(string) string) {
			sent := header(cookies, func(c exchange.Cookie) string {
				if known && c.Name != session.Name {
					return c.Value
				}
				return t.Secret("changed session", change(c.Value))
			})
			call(ctx, t, step, sent, Fresh())
		}
		if known && len(unquoted(session.Value)) < shortID {
			with(inventedCookie, func(string) string { return vary.UUID() })
			t.Omit(alteredCookie, NotApplicable, "the session ID is so short that one which differs in a character may be another live one")
			return
		}
		with(inventedCookie, vary.InventedSession)
		with(alteredCookie, vary.AlteredSession)
	}, Needs("probe"), Account("user"))

// shortID is the length of a session ID below which a counter is likelier than chance.
const shortID = 16

// LogInMixed logs in with one form and asks for the other.
var LogInMixed = sdm.Scenario("log in with one form and ask for the other", Steps(inXML.mixed, inJSON.mixed),
	func(ctx context.Context, t *Caller) {
		if works(t, inXML) && works(t, inJSON) {
			logIn(ctx, t, inXML.mixed, inXML, Header("Accept", inJSON.mediaType))
			logIn(ctx, t, inJSON.mixed, inJSON, Header("Accept", inXML.mediaType))
		}
	}, Needs("xml", "json"), Account("user"))
