package sdm

import (
	"context"
	"fmt"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// The steps of LogIn. Each form that a target offers has its own.
func loginStep(f *form) string { return "log in with " + f.name }
func useStep(f *form) string   { return "use the session of " + f.name }
func againStep(f *form) string { return "use the session of " + f.name + " again" }

const (
	onceMoreStep = "log in once more" // where only one form opens sessions
	earlierStep  = "use the first session after the second login"
)

// LogIn is the control: it logs in with XML and with JSON, or twice with the only one of them, uses each session twice, and then
// the first one again.
var LogIn = sdm.Scenario("log in", func(ctx context.Context, t *Caller) {
	var first *client
	var second, live bool
	var answers []string
	for _, f := range forms {
		if t.Lacks(f.feature) {
			omitForm(t, f, loginStep(f), useStep(f), againStep(f))
			continue
		}
		c := logIn(ctx, t, loginStep(f), f)
		if c.login.Unanswered() != "" && answers == nil {
			return
		}
		answers = append(answers, c.login.StatusLine())
		if !c.login.Succeeded() {
			continue
		}
		c.use(ctx, t, useStep(f))
		again := c.use(ctx, t, againStep(f))
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
		logIn(ctx, t, onceMoreStep, first.form)
	}
	if after := first.use(ctx, t, earlierStep); live && after.Answer != nil && !after.Succeeded() {
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
		alone := call(ctx, t, fmt.Sprintf("%s, cookie %d alone", useStep(c.form), i+1), cookie.Name+"="+cookie.Value)
		if alone.Succeeded() {
			c.login.Note(sessionCookieNote, cookie.Name)
			return
		}
	}
}

// omitForm settles steps in a form that the target does not offer.
func omitForm(t *Caller, f *form, steps ...string) {
	for _, step := range steps {
		t.Omit(step, Unsupported, fmt.Sprintf("targets.yaml declares that %s is without %s", t.Name, f.feature))
	}
}

// works says whether the configured login in the form succeeded in the control: what is refused says nothing otherwise.
func works(t *Caller, f *form) bool { return t.Of(LogIn, loginStep(f)).Succeeded() }

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
const (
	withoutStep  = "without"
	inventedStep = "with an invented cookie"
	alteredStep  = "with a cookie that differs at its end"
)

// Sessionless makes a call that needs a session without one, with an invented one, and with one that differs in a character.
var Sessionless = sdm.Scenario("call without a session", func(ctx context.Context, t *Caller) {
	call(ctx, t, withoutStep, "", Fresh())
	f := working(t)
	if f == nil {
		return
	}
	login := t.Of(LogIn, loginStep(f))
	if t.Turned() { // a live session to differ from: a later login has ended that one
		login = logIn(ctx, t, "log in", f).login
	}
	cookies := cookiesOf(t.Target, login)
	if len(cookies) == 0 {
		return
	}
	session, known := sessionCookie(t.Target, login)
	with := func(step string, change func(string) string) {
		sent := header(cookies, func(c exchange.Cookie) string {
			if known && c.Name != session.Name {
				return c.Value
			}
			return t.Secret("changed session", change(c.Value))
		})
		call(ctx, t, step, sent, Fresh())
	}
	if known && len(unquoted(session.Value)) < shortID {
		with(inventedStep, func(string) string { return vary.UUID() })
		t.Omit(alteredStep, NotApplicable, "the session ID is so short that one which differs in a character may be another live one")
		return
	}
	with(inventedStep, vary.InventedSession)
	with(alteredStep, vary.AlteredSession)
}, Needs("probe"), Account("user"))

// shortID is the length of a session ID below which a counter is likelier than chance.
const shortID = 16

func mixedStep(sent, wanted *form) string {
	return "send " + sent.name + " and ask for " + wanted.name
}

// LogInMixed logs in with one form and asks for the other.
var LogInMixed = sdm.Scenario("log in with one form and ask for the other", func(ctx context.Context, t *Caller) {
	if works(t, inXML) && works(t, inJSON) {
		logIn(ctx, t, mixedStep(inXML, inJSON), inXML, Header("Accept", inJSON.mediaType))
		logIn(ctx, t, mixedStep(inJSON, inXML), inJSON, Header("Accept", inXML.mediaType))
	}
}, Needs("xml", "json"), Account("user"))
