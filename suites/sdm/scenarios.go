package sdm

import (
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// Steps of LogIn, beside those of the forms.
var (
	ofLogIn        Steps
	loginOnceMore  = ofLogIn.Step("log in once more") // where only one form opens sessions
	earlierSession = ofLogIn.Step("use the first session after the second login")
	amongOthers    = ofLogIn.Step("use the session with its cookie among others")
)

// LogIn is the control: it logs in with XML and with JSON, or twice with the only one of them, uses each session twice,
// and then the first one again, also with its cookie among others.
var LogIn = sdm.Scenario("log in", &ofLogIn, func(t *Caller) {
	var first *client
	var second, live bool
	var refused []*exchange.Exchange
	for _, f := range forms {
		if !t.Meets(f.feature, f.Login, f.Use, f.again) {
			continue
		}
		c := logIn(t, f.Login, f)
		if first != nil && noRoom(c.login) {
			c = oneAtATime(t, f.Login, f, c)
		}
		if c.login.Unanswered() != "" && first == nil {
			return
		}
		if !LetIn(c.login) {
			refused = append(refused, c.login)
			t.Wait(t.WrongPasswordPause)
			continue
		}
		c.use(t, f.Use)
		again := c.use(t, f.again, Fresh()) // a session is bound to no connection
		tellCookie(t, c, again)
		if first != nil {
			second = true
			noteAlike(t, first.login, c.login)
			continue
		}
		first, live = c, again.Succeeded()
	}
	if first == nil {
		var others []func() *exchange.Exchange
		for _, e := range refused[1:] {
			others = append(others, func() *exchange.Exchange { return e })
		}
		t.NotLetIn("user", refused[0], others...)
		return
	}
	if !second {
		c := logIn(t, loginOnceMore, first.form)
		if noRoom(c.login) {
			c = oneAtATime(t, loginOnceMore, first.form, c)
		}
		noteAlike(t, first.login, c.login)
	}
	if t.Turned() {
		t.Omit(amongOthers, NotApplicable, "a user has one session at a time")
		return
	}
	switch after := first.use(t, earlierSession); {
	case !live || after.Answer == nil:
	case after.Succeeded():
		call(t, amongOthers, "theme=dark; "+first.jar.Header(probePath(t.Target))+"; lang=en")
	default:
		t.Omit(amongOthers, NotApplicable, "a second login ends the first session")
		t.TakeTurns()
	}
}, Control(), Account("user"))

// noRoom says whether a login may have been refused because another session lives. The document has no status 500 that
// could say so.
func noRoom(login *exchange.Exchange) bool { return NoRoom(login) && login.Status() != 500 }

// oneAtATime logs in once more where a login was refused while the first session lives.
func oneAtATime(t *Caller, step *Step, f *form, refused *client) *client {
	c := refused
	t.RefusedBeside(refused.login, func() *exchange.Exchange {
		c = logIn(t, step, f)
		return c.login
	})
	return c
}

// The requests of tellCookie.
var cookieAlone, othersAlone = sdm.FollowUp("cookie %d alone"), sdm.FollowUp("its other cookies alone")

// tellCookie finds out which of several cookies is the session's where the sessionId does not tell: one after the other
// is sent alone. Where it is known, it finds out whether the others authenticate without it.
func tellCookie(t *Caller, c *client, used *exchange.Exchange) {
	cookies := c.jar.Cookies(probePath(t.Target))
	if !used.Succeeded() || len(cookies) < 2 {
		return
	}
	session, known := sessionCookie(t.Target, c.login)
	for i, cookie := range cookies {
		if known {
			break
		}
		alone := call(t, c.form.Use.Then(cookieAlone, i+1), cookie.Name+"="+cookie.Value)
		if known = alone.Succeeded(); known {
			session = cookie
			c.login.Note(sessionCookieNote, cookie.Name)
		}
	}
	others := slices.DeleteFunc(cookies, func(o exchange.Cookie) bool { return o.Name == session.Name })
	if known && len(others) > 0 {
		sent := header(others, func(o exchange.Cookie) string { return o.Value })
		if call(t, c.form.Use.Then(othersAlone), sent).Succeeded() {
			c.login.Note(othersNote, "yes")
		}
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

// The steps of LogInMixed: the forms have the logins.
var (
	ofLogInMixed Steps
	mixedUses    = []*Step{ofLogInMixed.Step("use the session of a login with XML that asks for JSON"),
		ofLogInMixed.Step("use the session of a login with JSON that asks for XML")}
)

// LogInMixed logs in with one form, asks for the other, and uses the session.
var LogInMixed = sdm.Scenario("log in with one form and ask for the other", &ofLogInMixed, func(t *Caller) {
	if works(t, inXML) && works(t, inJSON) {
		for i, f := range forms {
			t.Alone("user", func() {
				c := logIn(t, f.mixed, f, Header("Accept", forms[1-i].mediaType))
				c.useBesides(t, mixedUses[i], &exchange.Jar{})
			})
		}
	}
}, Needs("xml", "json"), Account("user"))

var (
	ofAtOnce    Steps
	atOnceXML   = ofAtOnce.Step("log in with XML at the same moment")
	atOnceJSON  = ofAtOnce.Step("log in with JSON at the same moment")
	atOnceUser  = ofAtOnce.Step("log in as the user at the same moment")
	atOnceOther = ofAtOnce.Step("log in as the other user at the same moment")
	otherWithID = ofAtOnce.Step("log in as the user with the other user's cookie")
	useWithID   = ofAtOnce.Step("use the session of the login with the other user's cookie")
	// atOnceUses use the sessions of the first three.
	atOnceUses = []*Step{ofAtOnce.Step("use the session of the login with XML"),
		ofAtOnce.Step("use the session of the login with JSON"), ofAtOnce.Step("use the session of the user's login")}
)

// AtOnce logs in twice at the same moment, as one user and as two, whose answers must not be mixed up, and then as one
// with the cookie of the other.
var AtOnce = sdm.Scenario("log in twice at the same moment", &ofAtOnce, func(t *Caller) {
	f := working(t)
	if f == nil {
		return
	}
	switch {
	case t.Turned():
		t.Omit(atOnceXML, NotApplicable, "a login of the target ends the user's earlier session")
	case works(t, inXML) && works(t, inJSON):
		t.Alone("user", func() {
			var one, another *client
			session.AtOnce(func() { one = logIn(t, atOnceXML, inXML, Fresh()) },
				func() { another = logIn(t, atOnceJSON, inJSON, Fresh()) })
			one.useBesides(t, atOnceUses[0], &exchange.Jar{})
			another.useBesides(t, atOnceUses[1], &exchange.Jar{})
		})
	default:
		t.Omit(atOnceXML, NotApplicable, "logins in one form only succeed")
	}
	if t.Meets("other_user.password", atOnceUser, atOnceOther, otherWithID) {
		t.EndSessions() // a product may allow few at once
		var user, other *client
		t.Alone("user", func() {
			session.AtOnce(func() { user = logIn(t, atOnceUser, f, Fresh()) },
				func() { other = logInOther(t, atOnceOther, f, Fresh()) })
			user.useBesides(t, atOnceUses[2], &exchange.Jar{})
		})
		logInWithIDOf(t, f, other)
	}
}, Account("user"))

// logInWithIDOf logs the user in with the cookie of the other one's session.
func logInWithIDOf(t *Caller, f *form, other *client) {
	cookies := other.jar.Header(loginPath(version(t)))
	if !other.login.Succeeded() || cookies == "" {
		return
	}
	var c *client
	t.Alone("user", func() {
		c = logIn(t, otherWithID, f, CookieHeader(cookies))
		if theirs, known := sessionCookie(t.Target, other.login); known {
			noteKept(t, c.login, theirs.Value)
		}
		c.useBesides(t, useWithID, other.jar)
	})
	c.end(t)
}
