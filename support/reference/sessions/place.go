package sessions

import (
	"fmt"

	"session-conformance/support/reference"
)

// place is where a peculiarity shows: in the answers to some calls that are granted.
type place struct {
	says string // how a sentence begins
	ends when
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

// The answers of some sessions only.
var (
	tokensUser    = theUser.of("in a session that the token opened", tokensSession)
	tokensDetails = theDetails.of("in a session that the token opened", tokensSession)
	tokensStatus  = theStatus.of("in a session that the token opened", tokensSession)
	tokensLogout  = aLogout.of("of a session that the token opened", tokensSession)
	laterUser     = theUser.of("asked again in a session", askedBefore)
	laterDetails  = theDetails.of("asked again in a session", askedBefore)
	laterLogin    = passwordLogin.of("after a refused one", refusedBefore)
	laterInfo     = theUser.of("after a refused login", refusedBefore)
	othersLogin   = passwordLogin.of("of the second user", othersSession)
	othersDetails = theDetails.of("of the second user", othersSession)
	anyonesLogin  = passwordLogin.of("of a client that accepts anything", accepts("*/*"))
	anyonesUser   = theUser.of("of a client that accepts anything", accepts("*/*"))
)

// of is a place in the sessions of which something more holds.
func (p place) of(says string, holds when) place {
	return place{p.says + " " + says, func(t *turn) bool { return p.ends(t) && holds(t) }}
}

func tokensSession(t *turn) bool { return t.session.by == token }
func askedBefore(t *turn) bool   { return t.session.asked > 2 }
func refusedBefore(t *turn) bool { return len(t.session.owner.failed) > 0 }
func othersSession(t *turn) bool { return t.session.owner == t.other }

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

// refusable is a request that must be refused: how the names of its faults begin, and their sentences, and how it ends.
type refusable struct {
	name, says string
	ends       when
}

func refusal(name, says string, c call, reasons ...why) refusable {
	return refusable{name, says, refused(c, reasons...)}
}

var (
	wrongPasswords   = refusal("wrong-password", "A wrong password", login, wrongPassword)
	unknownLogins    = refusal("unknown-login", "An unknown login", login, unknownLogin)
	missingPasswords = refusal("missing-password", "A login without a password", login, missingPassword)
	emptyPasswords   = refusal("empty-password", "An empty password", login, emptyPassword)
	missingLogins    = refusal("missing-login", "A password without a login", login, missingLogin)
	emptyObjects     = refusal("no-credentials", "A login with an empty object", login, noCredentials)
	unknownTokens    = refusal("unknown-token", "An unknown token", token, unknownToken)
	missingTokens    = refusal("missing-token", "A login by token without a token", token, missingToken)
	emptyTokens      = refusal("empty-token", "An empty token", token, emptyToken)
	wrongNodes       = refusal("wrong-node", "A node with wrong credentials", node, wrongNode)
	emptyNodes       = refusal("empty-node", "A node's login with an empty object", node, emptyNode)
	malformedLogins  = refusal("malformed-login", "A login with malformed JSON", login, malformed)
	emptyLogins      = refusal("empty-login-body", "A login with an empty body", login, emptyBody)
	oddLogins        = refusal("wrong-types", "A login whose fields are not texts", login, wrongTypes)
	statusWithout    = refusal("status-without-session", "GET /session without a session", status, noSession)
	userWithout      = refusal("user-without-session", "GET /session/user without a session", user, noSession)
	userInvented     = refusal("user-invented-session", "GET /session/user with an invented session", user,
		inventedSession)
	detailsWithout  = refusal("details-without-session", "The details without a session", details, noSession)
	detailsInvented = refusal("details-invented-session", "The details with an invented session", details,
		inventedSession)
	logoutWithout = refusal("logout-without-session", "A logout without a session", logout, noSession)
)

// are are the faults that answer it with other statuses: a 204 without content, a 302 to a login page.
func (r refusable) are(statuses ...int) list {
	return reference.Answered(r.name, r.says, func(status int) effect {
		switch status {
		case 204:
			return on(r.ends, answered(204), nothing)
		case 302:
			return on(r.ends, redirected)
		}
		return on(r.ends, answered(status))
	}, statuses...)
}

// opens is the fault that opens a session all the same, leaves the one that hands out the cookie of a live one.
func (r refusable) opens() list {
	return is(r.name+"-accepted", r.says+" opens a session.", on(r.ends, accepted))
}

func (r refusable) leaves() list {
	return is(r.name+"-leaves-session", r.says+" is refused and sets the cookie of a live session.",
		on(r.ends, leavesSession))
}

// showsPage is the fault that shows a login page in its place.
func (r refusable) showsPage() list {
	return is(r.name+"-login-page", r.says+" is answered 200 with a login page.", on(r.ends, loginPage))
}
