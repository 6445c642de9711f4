package sdm

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// refusal is a login that must not succeed though no password in it is wrong.
type refusal struct {
	clause   string
	form     *form // nil: the first one that works
	scenario *Scenario
}

// refused sends a body once, in each form or, where once is true, in the first that works. The body has the real credentials as far as it
// has any: nothing else may be the reason for refusing it.
func refused(name, clause string, once bool, version func(t *Caller) string, body func(t *Caller, f *form) string) []*refusal {
	list := []*refusal{{clause: clause, form: inXML}, {clause: clause, form: inJSON}}
	if once {
		list = []*refusal{{clause: clause}}
	}
	for _, r := range list {
		act := func(ctx context.Context, t *Caller) {
			f := r.form
			if f == nil {
				f = working(t)
			}
			if f != nil && works(t, f) {
				refuse(ctx, t, "log in", f, loginPath(version(t)), body(t, f), t.User.Password, Refused())
			}
		}
		if once {
			r.scenario = sdm.Scenario(name, act)
		} else {
			r.scenario = sdm.Scenario(name+" with "+r.form.name, act, Needs(r.form.feature))
		}
	}
	return list
}

// refuse sends a login that must not succeed, and tries to use what its refusal left.
func refuse(ctx context.Context, t *Caller, step string, f *form, path, body, password string, options ...Option) *client {
	c := send(ctx, t, step, f, path, body, password, options...)
	tryOpened(ctx, t, c, step)
	return c
}

// The steps that try to use what a refusal left.
const (
	cookieTry = ", use its cookies"
	bodyTry   = ", use its sessionId"
)

// tryOpened makes a call with the cookies of a refusal, and with a sessionId in its body: neither must be live.
func tryOpened(ctx context.Context, t *Caller, c *client, step string) {
	if t.Lacks("probe") || c.login.Unanswered() != "" || c.login.Succeeded() {
		return
	}
	try := func(step, cookies string) {
		if e := call(ctx, t, step, cookies); e.Succeeded() {
			t.Opened(Session{Account: "user", Cookie: cookies})
		}
	}
	if cookies := c.jar.Header(probePath(t.Target)); cookies != "" {
		try(step+cookieTry, cookies)
	}
	if id := sessionID(c.login); id != "" {
		name := "JSESSIONID"
		if f := working(t); f != nil {
			if known, ok := sessionCookie(t.Target, t.Of(LogIn, loginStep(f))); ok {
				name = known.Name
			}
		}
		try(step+bodyTry, name+"="+t.Secret("session of a refusal", id))
	}
}

func sameVersion(t *Caller) string { return t.Version }

// refusals are the logins that must not succeed though no password in them is wrong, but for those without a password.
var refusals = func() (all []*refusal) {
	add := func(list []*refusal) { all = append(all, list...) }
	add(refused("log in as nobody", "sdm-unknown-user", false, sameVersion, func(t *Caller, f *form) string {
		return f.body(credentials(vary.Word(), t.User.Password)...)
	}))
	add(refused("log in without a userName", "sdm-user-name-missing", false, sameVersion, func(t *Caller, f *form) string {
		return f.body(field{"password", t.User.Password})
	}))
	add(refused("log in with a malformed body", "sdm-body-malformed", false, sameVersion, func(t *Caller, f *form) string {
		whole := f.body(credentials(t.User.Login, t.User.Password)...)
		return whole[:len(whole)-len(f.cutOff)]
	}))
	add(refused("log in with an empty body", "sdm-body-empty", false, sameVersion, func(*Caller, *form) string { return "" }))
	add(refused("log in with a wrong root", "sdm-body-wrong-root", false, sameVersion, func(t *Caller, f *form) string {
		if f == inJSON {
			return `["userName", "password"]` // no real ones: nothing would mark the password as a secret
		}
		return xmlBody("login", credentials(t.User.Login, t.User.Password)...)
	}))
	right := func(t *Caller, f *form) string { return f.body(credentials(t.User.Login, t.User.Password)...) }
	add(refused("log in with an unknown version", "sdm-version-unknown", true, func(*Caller) string { return "v97.31" }, right))
	add(refused("log in with a version that begins like the right one", "sdm-version-in-full", true,
		func(t *Caller) string { return t.Version + "beta" }, right))
	return all
}()

// refusalOf finds the scenario of a clause's refusal in a form; nil for the one that is sent in one form only.
func refusalOf(clause string, f *form) *Scenario {
	for _, r := range refusals {
		if r.clause == clause && r.form == f {
			return r.scenario
		}
	}
	panic("no refusal is declared for " + clause)
}
