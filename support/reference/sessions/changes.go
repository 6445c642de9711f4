package sessions

import (
	"crypto/rand"
	"net/http"
	"slices"
)

// answered gives the answer another status.
func answered(status int) change { return func(_ *Server, a *answer) { a.status = status } }

// typed gives the answer another media type; an empty one names none.
func typed(media string) change { return func(_ *Server, a *answer) { a.media = media } }

// with sends another header.
func with(name, value string) change {
	return func(_ *Server, a *answer) {
		if a.header == nil {
			a.header = map[string]string{}
		}
		a.header[name] = value
	}
}

// rewritten changes the content as it is written.
func rewritten(how func([]byte) []byte) change { return func(_ *Server, a *answer) { a.rewrite = how } }

// content replaces the content.
func content(text string) change { return rewritten(func([]byte) []byte { return []byte(text) }) }

// nothing leaves the content out.
func nothing(_ *Server, a *answer) { a.fields = nil }

// without leaves a field out.
func without(name string) change {
	return func(_ *Server, a *answer) {
		a.fields = slices.DeleteFunc(slices.Clone(a.fields), func(f field) bool { return f.name == name })
	}
}

// set gives a field the value that make returns, which sees the value it would have.
func set(name string, make func(s *Server, right any) any) change {
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
func as(name string, value any) change { return set(name, func(*Server, any) any { return value }) }

// renamed gives a field another name.
func renamed(name, other string) change {
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
func added(name string, value any) change {
	return func(_ *Server, a *answer) { a.fields = append(slices.Clone(a.fields), field{name, value}) }
}

// accepted turns a refusal into the answer that the right request gets.
func accepted(s *Server, a *answer) {
	call := a.call
	switch call {
	case login, token:
		*a = *s.welcome(s.user)
	case node:
		*a = *s.welcome(s.node)
	case user, details:
		if a.session == nil && len(s.user.sessions) == 0 {
			s.open(s.user)
		}
		if a.session == nil {
			a.session = s.user.sessions[0]
		}
		*a = *s.show(call, a.session)
	}
	a.call, a.media = call, "application/json"
}

// leavesSession hands out a live session of the user with whatever is answered.
func leavesSession(s *Server, a *answer) { a.handOut(s.open(s.user)) }

// sessionInBody tells the ID of a live session of the user with whatever is answered.
func sessionInBody(s *Server, a *answer) { added("sessionId", s.open(s.user).id())(s, a) }

// turnedAway refuses after all: no session, no cookie, the words of a refusal.
func turnedAway(status int) change {
	return func(s *Server, a *answer) {
		s.end(a.session)
		*a = answer{call: a.call, status: status, media: a.media, fields: fields{{"message", "Login failed"}}}
	}
}

func noCookie(_ *Server, a *answer) { a.cookie, a.proof = "", "" }

func deadCookie(s *Server, a *answer) { a.cookie, a.proof = s.newID(), rand.Text() }

func endedAtOnce(s *Server, a *answer) { s.end(a.session) }

// loginPage shows people a page where they can log in, as if all were well.
func loginPage(s *Server, a *answer) {
	answered(http.StatusOK)(s, a)
	typed("text/html; charset=utf-8")(s, a)
	content("<!DOCTYPE html><form method=post><input name=login><input name=password></form>")(s, a)
}

func redirected(s *Server, a *answer) {
	nothing(s, a)
	answered(http.StatusFound)(s, a)
	with("Location", "/login")(s, a)
}

// when makes changes to some of the answers.
func when(which func(*answer) bool, changes ...change) change {
	return func(s *Server, a *answer) {
		if !which(a) {
			return
		}
		for _, change := range changes {
			change(s, a)
		}
	}
}
