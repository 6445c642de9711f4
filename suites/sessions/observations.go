package sessions

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = []bool{
	sessions.Observe("login status", statusOf(firstLogin)),
	sessions.Observe("login with a token status", statusOf(tokenLogin)),
	sessions.Observe("node login status", statusOf(nodeLogin)),
	sessions.Observe("logout status", statusOf(loggedOut)),
	sessions.Observe("connection status with a session", statusOf(status)),
	sessions.Observe("connection status without a session", statusOf(statusWithout)),
	sessions.Observe("login media type", func(l *suite.Look) string {
		return seen(l.Of(firstLogin), func(e *exchange.Exchange) string {
			return suite.TextOr(e.Header("Content-Type"), "none")
		})
	}),
	sessions.Observe("cookies of a login", func(l *suite.Look) string {
		return seen(l.Of(firstLogin), func(e *exchange.Exchange) string {
			var list []string
			for _, c := range e.Cookies() {
				if !c.Deletes() {
					list = append(list, c.Name+": "+suite.Attributes(c))
				}
			}
			return suite.TextOr(strings.Join(list, " · "), "none")
		})
	}),
	sessions.Observe("later answers set cookies anew", func(l *suite.Look) string {
		return seen(l.Of(currentUser), func(e *exchange.Exchange) string { return suite.YesNo(e.CookieHeader() != "") })
	}),
	sessions.Observe("a second login ends the first session", func(l *suite.Look) string {
		early, late := l.Of(userOfFirst), l.Of(currentUser)
		if !late.Succeeded() {
			return ""
		}
		return seen(early, func(e *exchange.Exchange) string { return suite.YesNo(!e.Succeeded()) })
	}),
	sessions.Observe("a logout ends the user's other sessions", func(l *suite.Look) string {
		return seen(l.Of(otherSessionAfter), func(e *exchange.Exchange) string { return suite.YesNo(!e.Succeeded()) })
	}),
	sessions.Observe("a logout takes the cookies back", func(l *suite.Look) string {
		return seen(l.Of(loggedOut), func(e *exchange.Exchange) string {
			return suite.YesNo(slices.ContainsFunc(e.Cookies(), exchange.Cookie.Deletes))
		})
	}),
	sessions.Observe("a login as the node sets cookies", func(l *suite.Look) string {
		return seen(l.Of(nodeLogin), func(e *exchange.Exchange) string { return suite.YesNo(e.CookieHeader() != "") })
	}),
	sessions.Observe("a node's session answers GET /session/user", func(l *suite.Look) string {
		return seen(l.Of(nodeUser), func(e *exchange.Exchange) string {
			return suite.YesNo(e.Succeeded()) + ", " + e.StatusLine()
		})
	}),
	sessions.Observe("uiTimeZone", func(l *suite.Look) string {
		return match.Member(l.Of(currentUser), zoneField).String()
	}),
	sessions.Observe("further fields of a login", further(firstLogin)),
	sessions.Observe("further fields of GET /session/user", further(currentUser)),
	sessions.Observe("further fields of GET /session/user/details", further(details)),
	sessions.Observe("wrong password status", statusOf(wrongPassword)),
	sessions.Observe("wrong password media type", func(l *suite.Look) string {
		return seen(l.Of(wrongPassword), func(e *exchange.Exchange) string { return suite.TextOr(e.MediaType(), "none") })
	}),
	sessions.Observe("status without a session", statusOf(userWithout)),
	sessions.Observe("declared absent: token", func(l *suite.Look) string { return l.Absent(triedToken) }),
	sessions.Observe("declared absent: node", func(l *suite.Look) string { return l.Absent(triedNode) }),
}

func statusOf(step *Step) func(*suite.Look) string {
	return func(l *suite.Look) string { return l.Status(step) }
}

// further are the names of an answer's members that the document does not show.
func further(step *Step) func(*suite.Look) string {
	return func(l *suite.Look) string {
		value, ok := match.ParseJSON(l.Of(step))
		if !ok || !value.IsObject() {
			return ""
		}
		var names []string
		value.ForEach(func(name, _ gjson.Result) bool {
			if !slices.Contains([]string{goodField, failedField, zoneField, "guid"}, name.String()) {
				names = append(names, name.String())
			}
			return true
		})
		slices.Sort(names)
		return strings.Join(names, ", ")
	}
}

// seen is what there is to say of an exchange, or nothing where there is none.
func seen(e *exchange.Exchange, say func(*exchange.Exchange) string) string {
	if e == nil {
		return ""
	}
	return say(e)
}
