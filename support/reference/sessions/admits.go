package sessions

import (
	"slices"
	"strings"
)

// fits says whether a value that came in a field opens a session beside the right other fields. Where the field is
// absent, there is false.
type fits func(right string, came any, there bool) bool

// admits opens a session where a login is right but for one field, and that fits.
func admits(c call, field string, does fits) effect {
	return decided(func(s *Server, a *attempt) {
		if a.call != c || a.problem == good {
			return
		}
		came, there := a.body[field]
		for _, k := range s.known(c) {
			right, _ := k.body[field].(string)
			if right != "" && k.isRightBut(a.body, field) && does(right, came, there) {
				a.named, a.problem = k.account, good
				return
			}
		}
	})
}

// known is a login that is right.
type known struct {
	account *account
	body    map[string]any
}

// known are the right logins of a call.
func (s *Server) known(c call) []known {
	switch c {
	case token:
		return []known{{s.user, map[string]any{"token": s.config.Token}}}
	case node:
		return []known{{s.node, s.config.Node}}
	}
	var all []known
	for _, a := range []*account{s.user, s.other} {
		all = append(all, known{a, map[string]any{"login": a.Login, "password": a.Password}})
	}
	return all
}

// isRightBut says whether all fields of a login are right, whatever stands in one.
func (k known) isRightBut(body map[string]any, field string) bool {
	for name, right := range k.body {
		if name != field && !sameJSON(right, body[name]) {
			return false
		}
	}
	return true
}

// admitsBoth opens a session of the user where both fields of a login by password fit.
func admitsBoth(does fits) effect {
	return decided(func(s *Server, a *attempt) {
		name, hasName := a.body["login"]
		password, hasPassword := a.body["password"]
		user := s.user.Account
		if a.call == login && a.problem != good && does(user.Login, name, hasName) &&
			does(user.Password, password, hasPassword) {
			a.named, a.problem = s.user, good
		}
	})
}

// misreads refuses a login that is right, where its field is another one as the server reads it.
func misreads(c call, field string, read func(string) string) effect {
	return decided(func(_ *Server, a *attempt) {
		if came, _ := a.body[field].(string); a.call == c && a.problem == good && read(came) != came {
			a.problem = wrongPassword
		}
	})
}

// dropping leaves a text out of another.
func dropping(what string) func(string) string {
	return func(text string) string { return strings.ReplaceAll(text, what, "") }
}

// latin1 reads the bytes of a text as if each were a character.
func latin1(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// unknownFieldsRefused refuses a login with a field that no right one has.
func unknownFieldsRefused(s *Server, a *attempt) {
	for name := range a.body {
		if !slices.ContainsFunc(s.known(a.call), func(k known) bool { _, there := k.body[name]; return there }) {
			a.problem = unknownField
		}
	}
}

// locksAfter refuses an account whose last logins were refused, so many of them in a row.
func locksAfter(refusals int) effect {
	return decided(func(_ *Server, a *attempt) {
		if a.named != nil && a.named.inARow >= refusals {
			a.problem = lockedAccount
		}
	})
}
