package sdm

import (
	"cmp"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// ofUseAgain are the steps of UseAgain, which the forms have.
var ofUseAgain Steps

// nobodys are the logins that UseAgain sends between uses: of a userName that nobody has, with a body that is cut off,
// with an empty one, and to an unknown version.
var nobodys = []struct {
	name, version string // empty: the target's
	body          func(f *form, whole string) string
}{
	{"in good form", "", func(_ *form, whole string) string { return whole }},
	{"whose body is cut off", "", func(f *form, whole string) string { return strings.TrimSuffix(whole, f.cutOff) }},
	{"without a body", "", func(*form, string) string { return "" }},
	{"to an unknown version", "v97.31", func(_ *form, whole string) string { return whole }},
}

// sendBetween sends one of them.
func sendBetween(t *Caller, f *form, i int) {
	password := t.Secret("invented password", vary.UUID())
	body := f.Write(credentials(vary.Word(), password)).(Raw)
	body.Text = nobodys[i].body(f, body.Text)
	path := loginPath(cmp.Or(nobodys[i].version, version(t)))
	send(t, f.last.between[i], f, path, body, password, Refused(), BesideSession())
}

// UseAgain uses the session of each form again and again, in turn, with logins of nobody between, once after a call
// without its cookie, which goes out on a connection that carried it, and once after it lay idle.
var UseAgain = sdm.Scenario("use sessions again and again", &ofUseAgain, func(t *Caller) {
	rounds := [][]*form{forms}
	if t.Turned() { // a later login ends the earlier session
		rounds = [][]*form{{inXML}, {inJSON}}
	}
	for _, round := range rounds {
		var clients []*client
		for _, f := range round {
			if works(t, f) {
				clients = append(clients, logIn(t, f.last.login, f))
			}
		}
		for i := range inXML.last.uses {
			if i == len(inXML.last.uses)-1 && clients != nil {
				t.Wait(t.SessionIdle)
			}
			for _, c := range clients {
				if i == len(inXML.last.uses)-2 {
					tryLeft(t, c.form.last.without, call(t, c.form.last.without, ""))
				}
				c.use(t, c.form.last.uses[i])
				if i < len(nobodys) {
					sendBetween(t, c.form, i)
				}
			}
		}
		for _, c := range clients {
			c.end(t)
		}
	}
}, Needs("probe"), Account("user"), Ending())

var (
	ofLogOut       Steps
	lastLogin      = ofLogOut.Step("log in")
	lastUse        = ofLogOut.Step("use the session")
	bareID         = ofLogOut.Step("send the sessionId as the whole Cookie header")
	othersLogin    = ofLogOut.Step("log in as another")
	othersFirstUse = ofLogOut.Step("use the session of another")
	useBeside      = ofLogOut.Step("use the session after the login of another")
	nothingToEnd   = ofLogOut.Step("log out without a session")
	outByInvented  = ofLogOut.Step("log out with an invented cookie")
	useAfterOut    = ofLogOut.Step("use the session after logouts that end nothing")
	loggedOut      = ofLogOut.Step("log out")
	useAfter       = ofLogOut.Step("use the session after it")
	loggedOutTwice = ofLogOut.Step("log out once more")
	othersUse      = ofLogOut.Step("use the session of another after it")
	loginAfter     = ofLogOut.Step("log in after it")
	useAtLast      = ofLogOut.Step("use the ended session at last")
)

// LogOut opens a session, ends it, and tries it again. Another user's session stays.
var LogOut = sdm.Scenario("log out", &ofLogOut, func(t *Caller) {
	f := working(t)
	if f == nil {
		return
	}
	c := logIn(t, lastLogin, f)
	if c.jar.Header(logoutPath(t)) == "" {
		return
	}
	// With an equals sign in it the ID would pass for the name of a cookie, which is not hidden.
	if id := sessionID(c.login); id != "" && !strings.Contains(id, "=") && !t.Lacks("probe") {
		tryLeft(t, bareID, call(t, bareID, id, optionsOf(asPython)...))
	}
	c.use(t, lastUse)
	var other *client
	if t.Meets("other_user.password", othersLogin) {
		other = logInOther(t, othersLogin, f)
		other.use(t, othersFirstUse)
		c.use(t, useBeside)
	}
	logOut(t, nothingToEnd, Session{}, Fresh())
	if live, known := sessionCookie(t.Target, c.login); known {
		invented := t.Secret("invented session", vary.InventedSession(live.Value))
		logOut(t, outByInvented, Session{Cookie: live.Name + "=" + invented}, Fresh())
		c.use(t, useAfterOut)
	}
	opened := Session{Account: "user", Cookie: c.jar.Header(logoutPath(t))}
	out := t.LogOut(loggedOut, opened)
	if !t.Lacks("probe") {
		// The cookies from before: that a client forgets them ends no session.
		tryLeft(t, useAfter, call(t, useAfter, c.jar.Header(probePath(t.Target))))
		var jar exchange.Jar
		if jar.Keep(out); left(t, out, &jar) != "" { // some give the session another ID where they should end it
			attempt(t, loggedOut.Then(useCookies), left(t, out, &jar))
		}
	}
	logOut(t, loggedOutTwice, opened)
	if other != nil {
		other.use(t, othersUse)
		other.end(t)
	}
	logIn(t, loginAfter, f)
	if !t.Lacks("probe") {
		call(t, useAtLast, c.jar.Header(probePath(t.Target)))
	}
}, Needs("logout"), Account("user"), Ending())

// What a target declares to be without is tried once all the same, with invented credentials.
var (
	triedXML = sdm.Absent("is XML really absent", "xml", func(t *Caller, try *Step) {
		tryForm(t, try, inXML)
	})
	triedJSON = sdm.Absent("is JSON really absent", "json", func(t *Caller, try *Step) {
		tryForm(t, try, inJSON)
	})
	triedProbe = sdm.Absent("is the probe really absent", "probe", func(t *Caller, try *Step) {
		call(t, try, "")
	})
	triedLogout = sdm.Absent("is the logout really absent", "logout", func(t *Caller, try *Step) {
		logOut(t, try, Session{})
	})
)

func tryForm(t *Caller, try *Step, f *form) {
	password := t.Secret("invented password", vary.UUID())
	send(t, try, f, loginPath(version(t)), f.Write(credentials(vary.Word(), password)), password, Refused())
}
