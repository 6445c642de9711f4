package sdm

import (
	"context"
	"fmt"
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// refusals are the logins that must not succeed though no password in them is wrong, but for those without a password. Their bodies have
// the real credentials as far as they have any: nothing else may be the reason for refusing them.
var refusals = slices.Concat(
	inEach("log in as nobody", "of an unknown user in %s by the status 401", "sdm-unknown-user",
		func(t *Caller, f *form) Body { return f.Write(f.Right(t).With("userName", vary.Word())) }, 401),
	inEach("log in without a userName", "without a userName in %s by the status 400 or 401", "sdm-user-name-missing",
		func(t *Caller, f *form) Body { return f.Write(f.Right(t).With("userName", session.Absent)) }, 400, 401),
	inEach("log in with a malformed body", "that is malformed %s by the status 400", "sdm-body-malformed",
		func(t *Caller, f *form) Body {
			whole := f.Body(t).(Raw)
			whole.Text = whole.Text[:len(whole.Text)-len(f.cutOff)]
			return whole
		}, 400),
	inEach("log in with an empty body", "with an empty body labelled %s by the status 400", "sdm-body-empty",
		func(_ *Caller, f *form) Body { return Raw{ContentType: f.mediaType} }, 400),
	inEach("log in with a wrong root", "with a wrong root in %s by the status 400", "sdm-body-wrong-root",
		func(t *Caller, f *form) Body {
			if f == inJSON { // no real ones: nothing would mark the password as a secret
				return Raw{ContentType: f.mediaType, Text: `["userName", "password"]`}
			}
			return Raw{ContentType: f.mediaType, Text: xmlBody("login", f.Right(t))}
		}, 400),
)

// inEach gives the same refusal in each form.
func inEach(name, text, clause string, body func(t *Caller, f *form) Body, statuses ...int) (all session.Refusals) {
	for _, f := range forms {
		r := &session.Refusal{Name: name + " with " + f.Name, Text: fmt.Sprintf(text, f.Name), Clause: clause, Way: &f.Way, Statuses: statuses,
			Step: NewStep("log in"), Raw: func(t *Caller) Body { return body(t, f) }}
		sdm.Scenario(r.Name, Steps(r.Step), func(ctx context.Context, t *Caller) {
			if works(t, f) {
				refuse(ctx, t, r.Step, f, loginPath(t.Version), r.Body(t), t.User.Password, Refused())
			}
		}, Needs(f.Needs...))
		all = append(all, r)
	}
	return all
}

// Logins of the right user to a wrong version, in the first form that works.
var (
	unknownVersion = toVersion("log in with an unknown version", func(*Caller) string { return "v97.31" })
	longerVersion  = toVersion("log in with a version that begins like the right one", func(t *Caller) string { return t.Version + "beta" })
)

func toVersion(name string, version func(*Caller) string) *Step {
	step := NewStep("log in")
	sdm.Scenario(name, Steps(step), func(ctx context.Context, t *Caller) {
		if f := working(t); f != nil {
			refuse(ctx, t, step, f, loginPath(version(t)), f.Body(t), t.User.Password, Refused())
		}
	})
	return step
}

// refuse sends a login that must not succeed, and tries to use what its refusal left: its cookies, and a sessionId in its body.
func refuse(ctx context.Context, t *Caller, step *Step, f *form, path string, body Body, password string, options ...Option) {
	c := send(ctx, t, step, f, path, body, password, options...)
	if t.Lacks("probe") || c.login.Unanswered() != "" || c.login.Succeeded() {
		return
	}
	try := func(attempt *Step, cookies string) {
		if e := call(ctx, t, attempt, cookies); e.Succeeded() {
			t.Opened(Session{Account: "user", Cookie: cookies})
		}
	}
	if cookies := c.jar.Header(probePath(t.Target)); cookies != "" {
		try(step.Attempt("use its cookies"), cookies)
	}
	if id := sessionID(c.login); id != "" {
		try(step.Attempt("use its sessionId"), cookieName(t)+"="+t.Secret("session of a refusal", id))
	}
}

// cookieName is the name of the cookie that carries a session.
func cookieName(t *Caller) string {
	if f := working(t); f != nil {
		if c, known := sessionCookie(t.Target, t.Of(f.Login)); known {
			return c.Name
		}
	}
	return "JSESSIONID"
}
