package sdm

import (
	"context"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// Steps of LogOut.
var (
	lastLogin    = NewStep("log in")
	lastUse      = NewStep("use the session")
	bareID       = NewStep("send the sessionId as the whole Cookie header")
	loggedOut    = NewStep("log out")
	useAfter     = NewStep("use the session after it")
	nothingToEnd = NewStep("log out without a session")
)

// LogOut opens a session, ends it, and tries it again.
var LogOut = sdm.Scenario("log out", Steps(lastLogin, lastUse, bareID, loggedOut, useAfter, nothingToEnd),
	func(ctx context.Context, t *Caller) {
		f := working(t)
		if f == nil {
			return
		}
		c := logIn(ctx, t, lastLogin, f)
		if c.jar.Header(logoutPath(t)) == "" {
			return
		}
		c.use(ctx, t, lastUse)
		// With an equals sign in it the ID would pass for the name of a cookie, which is not hidden.
		if id := sessionID(c.login); id != "" && !strings.Contains(id, "=") && !t.Lacks("probe") {
			call(ctx, t, bareID, id)
		}
		cookies := c.jar.Header(logoutPath(t))
		if end(ctx, t, loggedOut, cookies).Succeeded() {
			t.Ended(Session{Account: "user", Cookie: cookies})
		}
		if !t.Lacks("probe") {
			// The cookies from before: that a client forgets them ends no session.
			call(ctx, t, useAfter, c.jar.Header(probePath(t.Target)))
		}
		end(ctx, t, nothingToEnd, "", Fresh())
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
	send(ctx, t, try, f, loginPath(t.Version), f.Write(credentials(vary.Word(), password)), password, Refused())
}
