package sdm

import (
	"context"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// Steps of LogOut.
const (
	liveStep     = "use the session"
	bareStep     = "send the sessionId as the whole Cookie header"
	logoutStep   = "log out"
	deadStep     = "use the session after it"
	nothingToEnd = "log out without a session"
)

// LogOut opens a session, ends it, and tries it again.
var LogOut = sdm.Scenario("log out", func(ctx context.Context, t *Caller) {
	f := working(t)
	if f == nil {
		return
	}
	c := logIn(ctx, t, "log in", f)
	if c.jar.Header(logoutPath(t)) == "" {
		return
	}
	c.use(ctx, t, liveStep)
	// With an equals sign in it the ID would pass for the name of a cookie, which is not hidden.
	if id := sessionID(c.login); id != "" && !strings.Contains(id, "=") && !t.Lacks("probe") {
		call(ctx, t, bareStep, id)
	}
	cookies := c.jar.Header(logoutPath(t))
	out := t.Post(ctx, logoutPath(t), nil, CookieHeader(cookies), Header("Accept", "*/*"), Step(logoutStep))
	if out.Succeeded() {
		t.Ended(Session{Account: "user", Cookie: cookies})
	}
	if !t.Lacks("probe") {
		// The cookies from before: that a client forgets them ends no session.
		call(ctx, t, deadStep, c.jar.Header(probePath(t.Target)))
	}
	t.Post(ctx, logoutPath(t), nil, Fresh(), Header("Accept", "*/*"), Step(nothingToEnd))
}, Needs("logout"), Account("user"), Ending())

// What a target declares to be without is tried once all the same, with invented credentials.
var (
	WithoutXML = sdm.Scenario("is XML really absent", func(ctx context.Context, t *Caller) {
		tryAbsent(ctx, t, inXML)
	}, OnlyWithout("xml"))
	WithoutJSON = sdm.Scenario("is JSON really absent", func(ctx context.Context, t *Caller) {
		tryAbsent(ctx, t, inJSON)
	}, OnlyWithout("json"))
	WithoutProbe = sdm.Scenario("is the probe really absent", func(ctx context.Context, t *Caller) {
		call(ctx, t, "try", "")
	}, OnlyWithout("probe"))
	WithoutLogout = sdm.Scenario("is the logout really absent", func(ctx context.Context, t *Caller) {
		t.Post(ctx, logoutPath(t), nil, Header("Accept", "*/*"), Step("try"))
	}, OnlyWithout("logout"))
)

func tryAbsent(ctx context.Context, t *Caller, f *form) {
	password := t.Secret("invented password", vary.UUID())
	send(ctx, t, "try", f, loginPath(t.Version), f.body(credentials(vary.Word(), password)...), password, Refused())
}
