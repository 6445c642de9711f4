package sdm

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

var (
	ofLogInWithCookie Steps
	ownFirst          = ofLogInWithCookie.Step("log in")
	ownAgain          = ofLogInWithCookie.Step("log in with the cookie of the user's own session")
	useOwnAgain       = ofLogInWithCookie.Step("use the session of a login with the cookie of the user's own one")
	useStrangers      = ofLogInWithCookie.Step("use the session of a login with the cookie of a refused call")
	strangers         = ofLogInWithCookie.Step("log in with the cookie of a refused call")
)

// LogInWithCookie logs in with cookies that were there before: that of the control's session, and that of a refused
// call. One session at most lives beside it.
var LogInWithCookie = sdm.Scenario("log in with a cookie", &ofLogInWithCookie, func(t *Caller) {
	f := working(t)
	if f == nil {
		return
	}
	t.Await(Sessionless) // before a session is open
	own := &exchange.Jar{}
	for _, step := range []*Step{f.Login, f.Use, f.again} {
		own.Keep(t.Of(step))
	}
	if t.Turned() || !t.Lives(sessionOfLogin(t, t.Of(f.Login))) {
		own = logIn(t, ownFirst, f).jar
	}
	logInKeeping(t, ownAgain, useOwnAgain, f, own)
	refused := &exchange.Jar{}
	refused.Keep(t.Of(withoutSession))
	if refused.Header(loginPath(version(t))) == "" {
		t.Omit(strangers, NotApplicable, "a call that is refused sets no cookie")
		t.Omit(useStrangers, NotApplicable, "a call that is refused sets no cookie")
		return
	}
	logInKeeping(t, strangers, useStrangers, f, refused)
}, Account("user"))

// useBesides uses the session of a login, with the cookies that were there before, as browsers return them.
func (c *client) useBesides(t *Caller, step *Step, before *exchange.Jar) {
	before.Keep(c.login)
	if cookies := before.Header(probePath(t.Target)); c.login.Succeeded() && cookies != "" {
		call(t, step, cookies, c.agent()...)
		return
	}
	t.Omit(step, NotApplicable, "the login opened no session")
}

// logInKeeping logs in with the cookies that were there before, uses the session, notes where it has the ID of one of
// them, and ends it.
func logInKeeping(t *Caller, step, use *Step, f *form, before *exchange.Jar) {
	var c *client
	t.Alone("user", func() {
		c = logIn(t, step, f, CookieHeader(before.Header(loginPath(version(t)))))
		for _, cookie := range before.Cookies(loginPath(version(t))) {
			noteKept(t, c.login, cookie.Value)
		}
		c.useBesides(t, use, before)
	})
	c.end(t)
}
