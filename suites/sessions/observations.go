package sessions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = []bool{
	sessions.Observe("login status", status(LogIn, "log in")),
	sessions.Observe("login with a token status", status(LogInByToken, "log in")),
	sessions.Observe("node login status", status(LogInAsNode, "log in")),
	sessions.Observe("logout status", status(LogOut, "log out")),
	sessions.Observe("connection status with a session", status(LogIn, "status")),
	sessions.Observe("connection status without a session", status(Sessionless, "status without")),
	sessions.Observe("login media type", func(l *suite.Look) string {
		return seen(l.Of(LogIn), func(e *exchange.Exchange) string { return or(e.Header("Content-Type"), "none") })
	}),
	sessions.Observe("cookies of a login", func(l *suite.Look) string {
		return seen(l.Of(LogIn), func(e *exchange.Exchange) string {
			var list []string
			for _, c := range e.Cookies() {
				if !c.Deletes() {
					list = append(list, described(c))
				}
			}
			return or(strings.Join(list, " · "), "none")
		})
	}),
	sessions.Observe("later answers set cookies anew", func(l *suite.Look) string {
		return seen(l.Of(LogIn, "user"), func(e *exchange.Exchange) string { return yes(e.CookieHeader() != "") })
	}),
	sessions.Observe("a second login ends the first session", func(l *suite.Look) string {
		early, late := l.Of(LogIn, "first session, user"), l.Of(LogIn, "user")
		if !late.Succeeded() {
			return ""
		}
		return seen(early, func(e *exchange.Exchange) string { return yes(!e.Succeeded()) })
	}),
	sessions.Observe("a logout ends the user's other sessions", func(l *suite.Look) string {
		return seen(l.Of(LogOut, "other session, user after it"), func(e *exchange.Exchange) string { return yes(!e.Succeeded()) })
	}),
	sessions.Observe("a logout takes the cookies back", func(l *suite.Look) string {
		return seen(l.Of(LogOut, "log out"), func(e *exchange.Exchange) string {
			return yes(slices.ContainsFunc(e.Cookies(), exchange.Cookie.Deletes))
		})
	}),
	sessions.Observe("a login as the node sets cookies", func(l *suite.Look) string {
		return seen(l.Of(LogInAsNode), func(e *exchange.Exchange) string { return yes(e.CookieHeader() != "") })
	}),
	sessions.Observe("a node's session answers GET /session/user", func(l *suite.Look) string {
		return seen(l.Of(LogInAsNode, "user"), func(e *exchange.Exchange) string {
			return yes(e.Succeeded()) + ", " + e.StatusLine()
		})
	}),
	sessions.Observe("uiTimeZone", func(l *suite.Look) string {
		return match.Member(l.Of(LogIn, "user"), zoneField).String()
	}),
	sessions.Observe("further fields of a login", further(LogIn, "log in")),
	sessions.Observe("further fields of GET /session/user", further(LogIn, "user")),
	sessions.Observe("further fields of GET /session/user/details", further(LogIn, "details")),
	sessions.Observe("wrong password status", status(RefusedLogins, "wrong password")),
	sessions.Observe("wrong password media type", func(l *suite.Look) string {
		return seen(l.Of(RefusedLogins, "wrong password"), func(e *exchange.Exchange) string { return or(e.MediaType(), "none") })
	}),
	sessions.Observe("status without a session", status(Sessionless, "user without")),
	sessions.Observe("declared absent: token", absent(WithoutToken)),
	sessions.Observe("declared absent: node", absent(WithoutNode)),
}

// described is a cookie's name with its attributes; when it expires would differ from run to run.
func described(c exchange.Cookie) string {
	parts := []string{c.Name}
	for _, a := range c.Attributes {
		if a.Value != "" && a.Name != "expires" {
			a.Name += "=" + a.Value
		}
		parts = append(parts, a.Name)
	}
	return strings.Join(parts, "; ")
}

func status(s *Scenario, step string) func(*suite.Look) string {
	return func(l *suite.Look) string { return l.Status(s, step) }
}

// further are the names of an answer's members that the document does not show.
func further(s *Scenario, step string) func(*suite.Look) string {
	return func(l *suite.Look) string {
		value, ok := match.ParseJSON(l.Of(s, step))
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

// absent says whether a feature that the target declares to lack really is not there.
func absent(s *Scenario) func(*suite.Look) string {
	return func(l *suite.Look) string {
		return seen(l.Of(s, "try"), func(e *exchange.Exchange) string {
			switch e.Status() {
			case 404, 405, 501:
				return "really absent: " + e.StatusLine()
			}
			return fmt.Sprintf("answered %s to invented credentials, so it may be there", e.StatusLine())
		})
	}
}

// seen is what there is to say of an exchange, or nothing where there is none.
func seen(e *exchange.Exchange, say func(*exchange.Exchange) string) string {
	if e == nil {
		return ""
	}
	return say(e)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}
