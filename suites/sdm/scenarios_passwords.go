package sdm

import (
	"context"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// Steps of PasswordMissing, and those of WrongPasswords beside those of the forms.
var (
	withoutPassword = NewStep("without a password")
	emptyPassword   = NewStep("with an empty password")
	goodAfterBoth   = NewStep("log in after both")

	goodAfterWrong = NewStep("log in after the wrong passwords")
	otherCase      = NewStep("with the password in the other case")
	withoutEnd     = NewStep("with the password without its last character")
	goodAtLast     = NewStep("log in at last")
)

// The longest chain of requests begins with PasswordMissing. So it is declared before the refusals: requests wait in that order where
// few may be under way.

// PasswordMissing logs the user in without a password and with an empty one. Some servers count these as wrong passwords, so a
// good login follows.
var PasswordMissing = sdm.Scenario("log in without a password", Steps(withoutPassword, emptyPassword, goodAfterBoth),
	func(ctx context.Context, t *Caller) {
		f := working(t)
		if f == nil {
			return
		}
		with := func(step *Step, password session.Value) {
			refuse(ctx, t, step, f, loginPath(t.Version), f.Write(f.Right(t).With("password", password)), "", Refused())
		}
		with(withoutPassword, session.Absent)
		if works(t, inJSON) {
			f = inJSON
		}
		with(emptyPassword, session.Empty)
		stillGood(ctx, t, goodAfterBoth)
	}, Account("user"))

// WrongPasswords logs the user in with wrong passwords, never more than two of them without a good login between.
var WrongPasswords = sdm.Scenario("log in with wrong passwords", Steps(inXML.wrong, inJSON.wrong, goodAfterWrong, otherCase, withoutEnd,
	goodAtLast), func(ctx context.Context, t *Caller) {
	t.Await(PasswordMissing)
	first := working(t)
	wrong := func(step *Step, f *form, password string) {
		body := f.Write(f.Right(t).With("password", t.Secret("wrong password", password)))
		refuse(ctx, t, step, f, loginPath(t.Version), body, password, WrongPassword("user"))
	}
	for _, f := range forms {
		switch {
		case t.Lacks(f.feature):
			omitForm(t, f, f.wrong)
		case works(t, f):
			wrong(f.wrong, f, "wrong "+vary.UUID())
		}
	}
	if first == nil || !stillGood(ctx, t, goodAfterWrong) {
		return
	}
	if swapped, differs := vary.Case(t.User.Password); differs {
		wrong(otherCase, first, swapped)
	} else {
		t.Omit(otherCase, NotApplicable, "the password has no letters with two cases")
	}
	wrong(withoutEnd, first, vary.Shortened(t.User.Password))
	stillGood(ctx, t, goodAtLast)
}, Account("user"))

// stillGood logs the user in with the right password. If that is refused now, nothing more is sent.
func stillGood(ctx context.Context, t *Caller, step *Step) bool {
	return session.StillGood(t, "user", logIn(ctx, t, step, working(t)).login)
}
