package sdm

import (
	"context"
	"fmt"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// Steps of the scenarios with passwords that are missing or wrong.
const (
	missingStep = "without a password"
	emptyStep   = "with an empty password"
	caseStep    = "with the password in the other case"
	endStep     = "with the password without its last character"
)

func wrongStep(f *form) string { return "with a wrong password in " + f.name }

// The longest chain of requests begins with PasswordMissing. So it is declared before the refusals: requests wait in that order where
// few may be under way.

// PasswordMissing logs the user in without a password and with an empty one. Some servers count these as wrong passwords, so a
// good login follows.
var PasswordMissing = sdm.Scenario("log in without a password", func(ctx context.Context, t *Caller) {
	f := working(t)
	if f == nil {
		return
	}
	path := loginPath(t.Version)
	refuse(ctx, t, missingStep, f, path, f.body(field{"userName", t.User.Login}), "", Refused())
	if works(t, inJSON) {
		f = inJSON
	}
	refuse(ctx, t, emptyStep, f, path, f.body(credentials(t.User.Login, "")...), "", Refused())
	stillGood(ctx, t, "log in after both")
}, Account("user"))

// WrongPasswords logs the user in with wrong passwords, never more than two of them without a good login between.
var WrongPasswords = sdm.Scenario("log in with wrong passwords", func(ctx context.Context, t *Caller) {
	t.Await(PasswordMissing)
	first := working(t)
	wrong := func(step string, f *form, password string) {
		body := f.body(credentials(t.User.Login, t.Secret("wrong password", password))...)
		refuse(ctx, t, step, f, loginPath(t.Version), body, password, WrongPassword("user"))
	}
	for _, f := range forms {
		switch {
		case t.Lacks(f.feature):
			omitForm(t, f, wrongStep(f))
		case works(t, f):
			wrong(wrongStep(f), f, "wrong "+vary.UUID())
		}
	}
	if first == nil || !stillGood(ctx, t, "log in after the wrong passwords") {
		return
	}
	if swapped, differs := vary.Case(t.User.Password); differs {
		wrong(caseStep, first, swapped)
	} else {
		t.Omit(caseStep, NotApplicable, "the password has no letters with two cases")
	}
	wrong(endStep, first, vary.Shortened(t.User.Password))
	stillGood(ctx, t, "log in at last")
}, Account("user"))

// stillGood logs the user in with the right password. If that is refused now, nothing more is sent.
func stillGood(ctx context.Context, t *Caller, step string) bool {
	e := logIn(ctx, t, step, working(t)).login
	if e.Unanswered() == "" && !e.Succeeded() {
		t.Stop(fmt.Sprintf("after refused logins the good login of user is answered %s: is the account locked?", e.StatusLine()))
	}
	return e.Succeeded()
}
