package sdm

import (
	"fmt"
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// refusal is a login that must not succeed.
type refusal struct {
	session.Refusal
	form    *form                // in which it is sent; nil: the first that works
	last    bool                 // where form is nil: in the last one that works
	version func(*Caller) string // nil: the target's
	// a wrong password, and whether it differs from the right one
	wrong   func(t *Caller, right string) (string, bool)
	thenUse *Step                                      // uses the session of the login before it
	raw     func(t *Caller, right session.Fields) Body // where the body is no such fields in the form
}

// body makes the refusal's body of the fields of a login made right, and gives the password in it.
func (r *refusal) body(t *Caller, f *form, right session.Fields) (Body, string) {
	password := right.Text("password")
	switch {
	case r.wrong != nil:
		password, _ = r.wrong(t, password)
		return f.Write(right.With("password", t.Secret("wrong password", password))), password
	case r.raw != nil:
		return r.raw(t, right), password
	case r.Change != nil:
		return f.Write(r.Change(t, right)), password
	}
	return f.Write(right), password
}

// by says the statuses of a refusal as the end of a spec's text.
func by(statuses []int) string {
	switch len(statuses) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(" by the status %d", statuses[0])
	}
	return fmt.Sprintf(" by the status %d or %d", statuses[0], statuses[1])
}

// refused makes a refusal in a form; text follows "Refuse a login".
func refused(f *form, clause, text string, statuses []int, options ...func(*refusal)) *refusal {
	in := text
	if f != nil {
		in += " in " + f.Name
	}
	r := &refusal{form: f, Refusal: session.Refusal{Name: in, Text: in + by(statuses), Clause: clause, Statuses: statuses}}
	for _, option := range options {
		option(r)
	}
	return r
}

// with puts a value into a field.
func with(field string, value any) func(*refusal) { return changed(session.Put(field, value)) }

// changed changes the fields of a login made right.
func changed(change session.Change) func(*refusal) { return func(r *refusal) { r.Change = change } }

// written writes the body as no fields in a form can be.
func written(raw func(t *Caller, right session.Fields) Body) func(*refusal) {
	return func(r *refusal) { r.raw = raw }
}

// ofNobody declares a scenario of logins in a form that name nobody, or a user whom nobody has. There may be as many as
// it takes.
func ofNobody(name string, f *form, all ...*refusal) []*refusal {
	sdm.Scenario(name+" with "+f.Name, stepsOf(all), func(t *Caller) { sendAll(t, all) }, Needs(f.Needs...))
	return all
}

// inAny is ofNobody for logins in the first form that works.
func inAny(name string, all ...*refusal) []*refusal {
	sdm.Scenario(name, stepsOf(all), func(t *Caller) { sendAll(t, all) })
	return all
}

// stepsOf declares the steps of refusals.
func stepsOf(all []*refusal) *Steps {
	steps := &Steps{}
	declared(steps, all...)
	return steps
}

// declared are refusals whose logins are steps among others.
func declared(steps *Steps, all ...*refusal) []*refusal {
	for _, r := range all {
		r.Step = steps.Step(r.Name)
	}
	return all
}

func sendAll(t *Caller, all []*refusal) {
	for _, r := range all {
		switch f := r.in(t); {
		case f == nil:
		case r.namesAccount(t, f):
			t.Omit(r.Step, NotApplicable, "the userName would be that of a configured account")
		default:
			r.send(t, f, f.Right(t), Refused())
		}
	}
}

// namesAccount says that a login of nobody would be somebody's: an account may be called 4711, or have a name of one
// letter, which is its beginning.
func (r *refusal) namesAccount(t *Caller, f *form) bool {
	if r.Change == nil {
		return false
	}
	name := r.Change(t, f.Right(t)).Text("userName")
	return name != "" && (isUser(name, t.User.Login) || t.OtherUser != nil && isUser(name, t.OtherUser.Login))
}

// in is the form in which a refusal is sent: nil where logins in it do not succeed.
func (r *refusal) in(t *Caller) *form {
	switch {
	case r.form == nil && r.last && works(t, inJSON):
		return inJSON
	case r.form == nil:
		return working(t)
	case works(t, r.form):
		return r.form
	}
	return nil
}

// The attempts to use what a refusal left.
var useCookies, useSessionID = sdm.Attempt("use its cookies"), sdm.Attempt("use its sessionId")

// send sends the refusal, and tries to use what it left: its cookies, and a sessionId in its body.
func (r *refusal) send(t *Caller, f *form, right session.Fields, options ...Option) *client {
	version := version(t)
	if r.version != nil {
		version = r.version(t)
	}
	body, password := r.body(t, f, right)
	c := send(t, r.Step, f, loginPath(version), body, password, options...)
	c.login.NoteAttack()
	tryLeft(t, r.Step, c.login)
	return c
}

// tryLeft tries to use what the answer to a request left that was refused.
func tryLeft(t *Caller, step *Step, refused *exchange.Exchange) {
	if t.Lacks("probe") || refused.Unanswered() != "" || refused.Succeeded() {
		return
	}
	var jar exchange.Jar
	jar.Keep(refused)
	if cookies := left(t, refused, &jar); cookies != "" {
		attempt(t, step.Then(useCookies), cookies)
	}
	if id := sessionID(refused); id != "" {
		attempt(t, step.Then(useSessionID), cookieName(t)+"="+t.Secret("session of a refusal", id))
	}
}

// attempt makes a call with what a refusal left.
func attempt(t *Caller, step *Step, cookies string) {
	if e := call(t, step, cookies); e.Succeeded() {
		t.Opened(Session{Account: "user", Cookie: cookies})
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

// refusals are all logins that must not succeed.
var refusals = slices.Concat(nameless, unknown, malformed, nobodysVersions, byUser, byOther)

// refusalsOf are those that a clause is about.
func refusalsOf(clause string) (found []*refusal) {
	for _, r := range refusals {
		if r.Clause == clause {
			found = append(found, r)
		}
	}
	if found == nil {
		panic("no refusal is declared for " + clause)
	}
	return found
}
