// Package session is the vocabulary that the suites share: ways in, refusals of them, and what a refused login may
// leave behind.
package session

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// Way is a way into a session: the credentials that a documented call takes.
type Way struct {
	Name    string                          // after "Create a session": with the login
	Clause  string                          // that it opens a session
	Account string                          // whose session it opens: user, other_user, node
	Path    string                          // of the call; empty where it differs from target to target
	Needs   []string                        // the settings and features without which it cannot be gone
	Right   func(t *evidence.Caller) Fields // the fields of a login made right
	Write   func(Fields) evidence.Body
	// The steps of a good login: the first one that its scenario makes, the one whose session is used, and its first use.
	First, Login, Use *evidence.Step
}

// Body is the body of a login made right.
func (w *Way) Body(t *evidence.Caller) evidence.Body { return w.Write(w.Right(t)) }

// Scenario is the one that makes the good login.
func (w *Way) Scenario() *evidence.Scenario { return w.Login.Scenario() }

// Kind says what is wrong with a login that must be refused.
type Kind int

const (
	Unknown    Kind = iota // complete credentials that are nobody's
	Invalid                // a value that no credentials have: empty, altered
	Incomplete             // a field is missing
	Mistyped               // a field of another type than text
	Unreadable             // no object of texts at all
)

// Refusal is a login that must not succeed though no password in it is wrong: one made right, but for one change.
type Refusal struct {
	Name   string // of its scenario
	Text   string // of its spec
	Clause string // that it must not succeed
	Kind   Kind
	Way    *Way
	// Named says that it names the configured account: a server may count it as a wrong password. Wrong says that it
	// carries one.
	Named, Wrong bool
	Unless       *evidence.Step // where that is accepted it is left out; may be nil
	Beside       bool           // it goes out with the cookie of a live session: who has one is not let in for that
	// Change makes it of the fields of a login made right; Text of nothing, where the body is no such fields.
	Change Change
	Raw    func(t *evidence.Caller) evidence.Body
	// Statuses are those by which it is refused, where the documents say so.
	Statuses []int
	Step     *evidence.Step // the login; Declare makes it
	Behind   *evidence.Step // the good login behind one that is Named; nil: the suite has another manner
}

// Body is the body of the login.
func (r *Refusal) Body(t *evidence.Caller) evidence.Body {
	if r.Raw != nil {
		return r.Raw(t)
	}
	return r.Way.Write(r.Change(t, r.Way.Right(t)))
}

// Unchanged says whether the change leaves what is right of a target: a text without letters has no other case.
func (r *Refusal) Unchanged(t *evidence.Caller) bool {
	return r.Raw == nil && r.Change(t, r.Way.Right(t)).JSON() == r.Way.Right(t).JSON()
}

// Put gives the Change that puts a value into a field of a login made right: a Value, any other, or what a
// func(*evidence.Caller) any makes for a target.
func Put(field string, value any) Change {
	return func(t *evidence.Caller, right Fields) Fields {
		if make, is := value.(func(*evidence.Caller) any); is {
			return right.With(field, make(t))
		}
		return right.With(field, value)
	}
}

// Change makes a login that must be refused of the fields of one made right.
type Change = func(t *evidence.Caller, right Fields) Fields

// Altered is the Change of a text in a field.
func Altered(field string, alter func(right string) string) Change {
	return func(_ *evidence.Caller, right Fields) Fields { return right.With(field, alter(right.Text(field))) }
}

// ListOf is the Change that puts a list of the right value in its place.
func ListOf(field string) Change {
	return func(_ *evidence.Caller, right Fields) Fields { return right.With(field, []any{right.Text(field)}) }
}

// Refusals are those of an API.
type Refusals []*Refusal

// Declare makes the step of each refusal and hands it to add, which declares its scenario with
// these steps.
func (all Refusals) Declare(add func(r *Refusal, steps *evidence.Steps)) Refusals {
	for _, r := range all {
		steps := &evidence.Steps{}
		r.Step = steps.Step("log in")
		add(r, steps)
	}
	return all
}

// Of gives the refusals that a clause is about. There is at least one: it panics where the clause is misspelt.
func (all Refusals) Of(clause string) Refusals {
	found := all.Where(func(r *Refusal) bool { return r.Clause == clause })
	if len(found) == 0 {
		panic("no refusal is declared for " + clause)
	}
	return found
}

// Where gives some of the refusals.
func (all Refusals) Where(which func(*Refusal) bool) Refusals {
	return slices.DeleteFunc(slices.Clone(all), func(r *Refusal) bool { return !which(r) })
}

// Steps are the logins.
func (all Refusals) Steps() []*evidence.Step {
	var steps []*evidence.Step
	for _, r := range all {
		steps = append(steps, r.Step)
	}
	return steps
}

// Scenarios are those that make the logins.
func (all Refusals) Scenarios() []*evidence.Scenario {
	var scenarios []*evidence.Scenario
	for _, r := range all {
		scenarios = append(scenarios, r.Step.Scenario())
	}
	return scenarios
}

// NoneBeside is why a session is not used after a refused login of its user, who may have one at a time.
const NoneBeside = "a user has one session at a time, and none lives where a login is refused: the product may say " +
	"so whatever the password"

// StillGood says whether a good login succeeds after others that were to be refused. Where it is refused now nothing
// more is sent.
func StillGood(t *evidence.Caller, account string, login *exchange.Exchange) bool {
	if login.Unanswered() == "" && !login.Succeeded() {
		t.Stop(fmt.Sprintf("after wrong passwords the good login of %s is answered %s: is the account locked?", account,
			login.StatusLine()))
	}
	return login.Succeeded()
}

// Field is a field of a login by its name. Its value is anything that JSON can hold, or Fields in their order.
type Field struct {
	Name  string
	Value any
}

// Fields are a login's, in the order in which they are written.
type Fields []Field

// Value is what a refusal puts in the place of a right value.
type Value struct {
	Name string // as texts of scenarios and specs call it
	Is   any
}

// The values that no field of a login may have.
var (
	Absent = Value{"no", absent{}}
	Null   = Value{"null", nil}
	Empty  = Value{"an empty text", ""}
)

type absent struct{}

// With gives the fields with another value in one of them, a Value or any other; a dot in the name leads into a field
// of fields.
func (f Fields) With(name string, value any) Fields {
	if v, is := value.(Value); is {
		value = v.Is
	}
	outer, inner, nested := strings.Cut(name, ".")
	var changed Fields
	for _, field := range f {
		if field.Name == outer {
			if of, is := field.Value.(Fields); is && nested {
				field.Value = of.With(inner, value)
			} else {
				field.Value = value
			}
		}
		if field.Value != (absent{}) {
			changed = append(changed, field)
		}
	}
	return changed
}

// Text is the text in a field; empty where there is none.
func (f Fields) Text(name string) string {
	for _, field := range f {
		if text, is := field.Value.(string); is && field.Name == name {
			return text
		}
	}
	return ""
}

// JSON writes the fields as an object, in raw UTF-8.
func (f Fields) JSON() string {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, field := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(vary.JSON(field.Name) + ":")
		if inner, is := field.Value.(Fields); is {
			b.WriteString(inner.JSON())
		} else {
			b.WriteString(vary.JSON(field.Value))
		}
	}
	b.WriteByte('}')
	return b.String()
}

// AtOnce does several things at the same moment, and waits for all.
func AtOnce(acts ...func()) {
	var all sync.WaitGroup
	for _, act := range acts {
		all.Go(act)
	}
	all.Wait()
}
