package sessions

import (
	"strings"

	"session-conformance/support/reference/like"
)

// admitsWhere opens a session where a login is right but for one field, and what came fits, admits where it is a text
// like the right one, admitsValue where it is such a value.
func admitsWhere(c call, field string, fits func(right string, came any) bool) effect {
	return decides(func(t *turn) {
		for _, k := range t.known(c) {
			right, _ := k.body[field].(string)
			if right != "" && k.isRightBut(t.body, field) && fits(right, t.body.Value(field)) {
				t.named, t.why = k.account, good
				return
			}
		}
	}, ofCall(c), anyRefusal)
}

func admits(c call, field string, alike func(right, came string) bool) effect {
	return admitsWhere(c, field, func(right string, came any) bool {
		text, _ := came.(string)
		return text != "" && alike(right, text)
	})
}

func admitsValue(c call, field string, such like.Kind) effect {
	return admitsWhere(c, field, func(_ string, came any) bool { return such.Is(came) })
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

// admitsBoth opens a session of the user where both fields of a login by password are such values.
func admitsBoth(such like.Kind) effect {
	return decides(opensUsers, ofCall(login), anyRefusal, func(t *turn) bool {
		return such.Is(t.body.Value("login")) && such.Is(t.body.Value("password"))
	})
}

// opensUsers opens a session of the user.
func opensUsers(t *turn) { t.named, t.why = t.user, good }

// misreads refuses a login that is right, where its field is another one as the server reads it.
func misreads(c call, field string, read func(string) string) effect {
	return decides(func(t *turn) { t.why = wrongPassword }, at(c), func(t *turn) bool {
		came, _ := t.body[field].(string)
		return read(came) != came
	})
}

// dropping leaves a text out of another.
func dropping(what string) func(string) string {
	return func(text string) string { return strings.ReplaceAll(text, what, "") }
}
