package sessions

import (
	"net/http"
	"slices"

	"session-conformance/support/reference"
)

// quirk is a fault or a variant, and what it does to which answers. Where do is nil, the code asks for it by name.
type quirk struct {
	name   string
	says   string
	clause string // of a fault: the clause it breaks; empty for a variant
	https  bool
	at     []occasion
	do     effect
}

// effect changes an answer. It runs under the server's lock.
type effect func(*Server, *answer)

func (q quirk) applies(c call, w why) bool { return slices.Contains(q.at, occasion{c, w}) }

// fault is a quirk that breaks a clause.
func fault(name, says, clause string, at []occasion, do effect) quirk {
	return quirk{name: name, says: says, clause: clause, at: at, do: do}
}

// faultInCode is a fault that the code asks for by name.
func faultInCode(name, says, clause string) quirk {
	return quirk{name: name, says: says, clause: clause}
}

// variant is a quirk that stays within the document.
func variant(name, says string, at []occasion, do effect) quirk {
	return quirk{name: name, says: says, at: at, do: do}
}

// variantInCode is a variant that the code asks for by name.
func variantInCode(name, says string) quirk { return quirk{name: name, says: says} }

// overHTTPS marks a fault that shows only over https.
func overHTTPS(q quirk) quirk {
	q.https = true
	return q
}

var quirks = slices.Concat(loginFaults, refusedLoginFaults, refusalFaults, contentFaults, fieldFaults, detailsFaults,
	callFaults, variants, fieldVariants)

// Faults are the documented behaviours that the server can do wrong.
var Faults = func() (all []reference.Fault) {
	for _, q := range quirks {
		if q.clause != "" {
			all = append(all, reference.Fault{Name: q.name, Says: q.says, Clause: q.clause, HTTPS: q.https})
		}
	}
	return all
}()

// Variants are the open points that the server can do another way.
var Variants = func() (all []reference.Variant) {
	for _, q := range quirks {
		if q.clause == "" {
			all = append(all, reference.Variant{Name: q.name, Says: q.says})
		}
	}
	return all
}()

// answered gives the answer another status.
func answered(status int) effect { return func(_ *Server, a *answer) { a.status = status } }

// typed gives the answer another media type; an empty one names none.
func typed(media string) effect { return func(_ *Server, a *answer) { a.media = media } }

// rewritten changes the content as it is written.
func rewritten(change func([]byte) []byte) effect {
	return func(_ *Server, a *answer) { a.rewrite = change }
}

// content replaces the content.
func content(text string) effect {
	return rewritten(func([]byte) []byte { return []byte(text) })
}

// nothing leaves the content out.
func nothing(_ *Server, a *answer) { a.fields = nil }

// both does one thing and then the other.
func both(first, second effect) effect {
	return func(s *Server, a *answer) {
		first(s, a)
		second(s, a)
	}
}

// without leaves a field out.
func without(name string) effect {
	return func(_ *Server, a *answer) {
		a.fields = slices.DeleteFunc(slices.Clone(a.fields), func(f field) bool { return f.name == name })
	}
}

// set gives a field the value that make returns, which sees the value it would have.
func set(name string, make func(s *Server, right any) any) effect {
	return func(s *Server, a *answer) {
		a.fields = slices.Clone(a.fields)
		for i, f := range a.fields {
			if f.name == name {
				a.fields[i].value = make(s, f.value)
			}
		}
	}
}

// as gives a field a fixed value.
func as(name string, value any) effect { return set(name, func(*Server, any) any { return value }) }

// renamed gives a field another name.
func renamed(name, other string) effect {
	return func(_ *Server, a *answer) {
		a.fields = slices.Clone(a.fields)
		for i, f := range a.fields {
			if f.name == name {
				a.fields[i].name = other
			}
		}
	}
}

// added appends a field.
func added(name string, value any) effect {
	return func(_ *Server, a *answer) { a.fields = append(slices.Clone(a.fields), field{name, value}) }
}

// accepted turns a refusal into the answer that the right request gets.
func accepted(s *Server, a *answer) {
	switch a.call {
	case login, token:
		*a = *s.welcome(a.call, s.user)
	case node:
		*a = *s.welcome(a.call, s.node)
	case user, details:
		ses := s.liveOf(s.user)
		if ses == nil {
			ses = s.open(s.user)
		}
		show := map[call]func(*session) fields{user: s.info, details: s.details}[a.call]
		*a = answer{call: a.call, status: http.StatusOK, fields: show(ses)}
	}
	a.media = "application/json"
}

// leavesSession hands out a live session of the user with whatever is answered.
func leavesSession(s *Server, a *answer) { a.handOut(s.open(s.user)) }
