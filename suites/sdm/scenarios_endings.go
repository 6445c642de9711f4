package sdm

import (
	"context"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// Steps of UseAgain, beside those of the forms.
var lastLogins = Steps(inXML.last.login, inJSON.last.login)

// UseAgain uses the session of each form four times, in turn, and once more after it lay idle.
var UseAgain = sdm.Scenario("use sessions again and again", append(append(inXML.last.uses, inJSON.last.uses...),
	lastLogins...),
	func(ctx context.Context, t *Caller) {
		rounds := [][]*form{forms}
		if t.Turned() { // a later login ends the earlier session
			rounds = [][]*form{{inXML}, {inJSON}}
		}
		for _, round := range rounds {
			var clients []*client
			for _, f := range round {
				if works(t, f) {
					clients = append(clients, logIn(ctx, t, f.last.login, f))
				}
			}
			for i := range inXML.last.uses {
				if i == len(inXML.last.uses)-1 && clients != nil {
					t.Wait(ctx, t.SessionIdle)
				}
				for _, c := range clients {
					c.use(ctx, t, c.form.last.uses[i])
				}
			}
			for _, c := range clients {
				c.end(ctx, t)
			}
		}
	}, Needs("probe"), Account("user"), Ending())

// Steps of LogOut.
var (
	lastLogin      = NewStep("log in")
	lastUse        = NewStep("use the session")
	bareID         = NewStep("send the sessionId as the whole Cookie header")
	othersLogin    = NewStep("log in as another")
	outByInvented  = NewStep("log out with an invented cookie")
	useAfterOut    = NewStep("use the session after the logout with an invented cookie")
	loggedOut      = NewStep("log out")
	useAfter       = NewStep("use the session after it")
	loggedOutTwice = NewStep("log out once more")
	othersUse      = NewStep("use the session of another after it")
	nothingToEnd   = NewStep("log out without a session")
	loginAfter     = NewStep("log in after it")
	useAtLast      = NewStep("use the ended session at last")
)

// LogOut opens a session, ends it, and tries it again. Another user's session stays.
var LogOut = sdm.Scenario("log out", Steps(lastLogin, lastUse, bareID, othersLogin, outByInvented, useAfterOut,
	loggedOut, useAfter,
	loggedOutTwice, othersUse, nothingToEnd, loginAfter, useAtLast), func(ctx context.Context, t *Caller) {
	f := working(t)
	if f == nil {
		return
	}
	c := logIn(ctx, t, lastLogin, f)
	cookies := c.jar.Header(logoutPath(t))
	if cookies == "" {
		return
	}
	c.use(ctx, t, lastUse)
	// With an equals sign in it the ID would pass for the name of a cookie, which is not hidden.
	if id := sessionID(c.login); id != "" && !strings.Contains(id, "=") && !t.Lacks("probe") {
		call(ctx, t, bareID, id, asPython.options()...)
	}
	var other *client
	if withOther(t, othersLogin) {
		other = logInOther(ctx, t, othersLogin, f)
	}
	if live, known := sessionCookie(t.Target, c.login); known {
		end(ctx, t, outByInvented, live.Name+"="+t.Secret("invented session", vary.InventedSession(live.Value)), Fresh())
		c.use(ctx, t, useAfterOut)
	}
	cookies = c.jar.Header(logoutPath(t))
	if end(ctx, t, loggedOut, cookies).Succeeded() {
		t.Ended(Session{Account: "user", Cookie: cookies})
	}
	if !t.Lacks("probe") {
		// The cookies from before: that a client forgets them ends no session.
		call(ctx, t, useAfter, c.jar.Header(probePath(t.Target)))
	}
	end(ctx, t, loggedOutTwice, cookies)
	if other != nil {
		other.use(ctx, t, othersUse)
		other.end(ctx, t)
	}
	end(ctx, t, nothingToEnd, "", Fresh())
	logIn(ctx, t, loginAfter, f)
	if !t.Lacks("probe") {
		call(ctx, t, useAtLast, c.jar.Header(probePath(t.Target)))
	}
}, Needs("logout"), Account("user"), Ending())

// What a target declares to be without is tried once all the same, with invented credentials.
var (
	triedXML = absent("is XML really absent", "xml", func(ctx context.Context, t *Caller, try *Step) {
		tryForm(ctx, t, try, inXML)
	})
	triedJSON = absent("is JSON really absent", "json", func(ctx context.Context, t *Caller, try *Step) {
		tryForm(ctx, t, try, inJSON)
	})
	triedProbe = absent("is the probe really absent", "probe", func(ctx context.Context, t *Caller, try *Step) {
		call(ctx, t, try, "")
	})
	triedLogout = absent("is the logout really absent", "logout", func(ctx context.Context, t *Caller, try *Step) {
		end(ctx, t, try, "")
	})
)

func absent(name, feature string, act func(ctx context.Context, t *Caller, try *Step)) *Step {
	try := NewStep("try")
	sdm.Scenario(name, Steps(try), func(ctx context.Context, t *Caller) { act(ctx, t, try) }, OnlyWithout(feature))
	return try
}

func tryForm(ctx context.Context, t *Caller, try *Step, f *form) {
	password := t.Secret("invented password", vary.UUID())
	send(ctx, t, try, f, loginPath(version(t)), f.Write(credentials(vary.Word(), password)), password, Refused())
}
