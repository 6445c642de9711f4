package sessions

import (
	"fmt"

	"session-conformance/support/reference"
)

// place is where a peculiarity shows: in the answers to some calls that are granted.
type place struct {
	says string // how a sentence begins
	ends []occasion
}

var (
	passwordLogin = place{"A login by password", at(login)}
	tokenLogin    = place{"A login by token", at(token)}
	nodeLogin     = place{"A node's login", at(node)}
	anyLogin      = place{"A login", at(logins...)}
	theUser       = place{"GET /session/user", at(user)}
	theDetails    = place{"GET /session/user/details", at(details)}
	theStatus     = place{"GET /session", at(status)}
	aLogout       = place{"A logout", at(logout)}
	anyInfo       = place{"Each answer with a session's info", at(login, token, node, user)}
	everyAnswer   = place{"Each answer with fields", at(everywhere...)}
)

// does changes the answers.
func (p place) does(name, says string, changes ...change) list {
	return is(name, p.says+" "+says+".", on(p.ends, changes...))
}

// has gives a field another value, lacks leaves it out, calls gives it another name.
func (p place) has(name, field string, value any) list {
	return p.does(name, fmt.Sprintf("has %s for its %s", reference.JSON(value), field), as(field, value))
}

func (p place) lacks(name, field string) list { return p.does(name, "has no "+field, without(field)) }

func (p place) calls(name, field, other string) list {
	return p.does(name, "calls "+field+" "+other, renamed(field, other))
}

// labels names another media type.
func (p place) labels(name, media string) list {
	if media == "" {
		return p.does(name, "names no media type", typed(""))
	}
	return p.does(name, "is labelled "+media, typed(media))
}
