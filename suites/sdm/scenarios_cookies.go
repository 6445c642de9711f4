package sdm

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

var (
	ofLogInWithCookie Steps
	ownFirst          = ofLogInWithCookie.Step("log in")
	amongOthers       = ofLogInWithCookie.Step("use the session with its cookie among others")
	ownAgain          = ofLogInWithCookie.Step("log in with the cookie of the user's own session")
	strangers         = ofLogInWithCookie.Step("log in with the cookie of a refused call")
)

// LogInWithCookie uses the control's session with its cookie among others, and logs in with cookies that were there
// before: that of this session, and that of a refused call. One session at most lives beside it.
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
	if cookies := own.Header(probePath(t.Target)); cookies != "" && !t.Lacks("probe") {
		call(t, amongOthers, "theme=dark; "+cookies+"; lang=en")
	}
	logInKeeping(t, ownAgain, f, own)
	refused := &exchange.Jar{}
	refused.Keep(t.Of(withoutSession))
	if refused.Header(loginPath(version(t))) == "" {
		t.Omit(strangers, NotApplicable, "a call that is refused sets no cookie")
		return
	}
	logInKeeping(t, strangers, f, refused)
}, Account("user"))

// logInKeeping logs in with the cookies that were there before, notes where the session has the ID of one of them, and
// ends it.
func logInKeeping(t *Caller, step *Step, f *form, before *exchange.Jar) {
	c := logIn(t, step, f, CookieHeader(before.Header(loginPath(version(t)))))
	for _, cookie := range before.Cookies(loginPath(version(t))) {
		noteKept(t, c.login, cookie.Value)
	}
	c.end(t)
}
