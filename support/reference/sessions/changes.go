package sessions

import (
	"crypto/rand"
	"net/http"
	"slices"

	"session-conformance/support/reference"
)

// answered gives the answer another status.
func answered(status int) change { return func(t *turn) { t.Status = status } }

// typed gives the answer another media type; an empty one names none.
func typed(media string) change { return func(t *turn) { t.Media = media } }

// with sends another header.
func with(name, value string) change { return func(t *turn) { t.Set(name, value) } }

// rewritten changes the content as it is written.
func rewritten(how func([]byte) []byte) change { return func(t *turn) { t.rewrite = how } }

// content replaces the content.
func content(text string) change { return rewritten(func([]byte) []byte { return []byte(text) }) }

// nothing leaves the content out.
func nothing(t *turn) { t.fields = nil }

// without leaves a field out.
func without(name string) change {
	return func(t *turn) {
		t.fields = slices.DeleteFunc(t.fields, func(f field) bool { return f.name == name })
	}
}

// changed changes a field.
func changed(name string, how func(*turn, *field)) change {
	return func(t *turn) {
		for i := range t.fields {
			if f := &t.fields[i]; f.name == name {
				how(t, f)
			}
		}
	}
}

// set gives a field the value that make returns, which sees the value it would have, as a fixed one.
func set(name string, make func(s *Server, right any) any) change {
	return changed(name, func(t *turn, f *field) { f.value = make(t.Server, f.value) })
}

func as(name string, value any) change {
	return changed(name, func(_ *turn, f *field) { f.value = value })
}

// renamed gives a field another name, added appends one.
func renamed(name, other string) change {
	return changed(name, func(_ *turn, f *field) { f.name = other })
}

func added(name string, value any) change {
	return func(t *turn) { t.fields = append(t.fields, field{name, value}) }
}

// accepted turns a refusal into the answer that the right request gets.
func accepted(t *turn) {
	t.reply = reply{}
	t.Media = "application/json"
	switch t.call {
	case login, token:
		t.welcome(t.user)
	case node:
		t.welcome(t.node)
	case user, details:
		if t.session == nil && len(t.user.sessions) == 0 {
			t.open(t.user)
		}
		if t.session == nil {
			t.session = t.user.sessions[0]
		}
		t.show()
	}
}

// leavesSession hands out a live session of the user with whatever is answered.
func leavesSession(t *turn) { t.handOut(t.open(t.user)) }

// sessionInBody tells the ID of a live session of the user with whatever is answered.
func sessionInBody(t *turn) { added("sessionId", t.open(t.user).id())(t) }

// turnedAway refuses after all: no session, no cookie, the words of a refusal.
func turnedAway(status int) change {
	return func(t *turn) {
		t.end(t.session)
		t.reply = reply{Reply: reference.Reply{Status: status, Media: t.Media}, fields: message(failed)}
	}
}

func noCookie(t *turn) { t.cookie, t.proof = "", "" }

func deadCookie(t *turn) { t.cookie, t.proof = t.newID(), rand.Text() }

func endedAtOnce(t *turn) { t.end(t.session) }

// loginPage shows people a page where they can log in, as if all were well.
func loginPage(t *turn) {
	t.Status, t.Media = http.StatusOK, "text/html; charset=utf-8"
	content("<!DOCTYPE html><form method=post><input name=login><input name=password></form>")(t)
}

func redirected(t *turn) {
	t.Status, t.fields = http.StatusFound, nil
	t.Set("Location", "/login")
}

// onlyIf makes changes to some of the answers.
func onlyIf(holds when, changes ...change) change {
	return func(t *turn) {
		if !holds(t) {
			return
		}
		for _, change := range changes {
			change(t)
		}
	}
}
