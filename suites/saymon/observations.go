package saymon

import (
	"strings"

	"session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = []bool{
	saymon.Observe("login status", func(l *suite.Look) string { return l.Status(firstLogin) }),
	saymon.Observe("token creation status", func(l *suite.Look) string { return l.Status(firstToken) }),
	saymon.Observe("logout status", func(l *suite.Look) string { return l.Status(loggedOut) }),
	saymon.Observe("login media type", func(l *suite.Look) string {
		if e := l.Of(firstLogin); e != nil {
			return suite.TextOr(e.Header("Content-Type"), "none")
		}
		return ""
	}),
	saymon.Observe("sid cookie attributes", func(l *suite.Look) string {
		e := l.Of(firstLogin)
		c, found := e.Cookie("sid")
		if !found {
			return ""
		}
		return suite.Attributes(c)
	}),
	saymon.Observe("other cookies of the login", func(l *suite.Look) string {
		var names []string
		for _, c := range l.Of(firstLogin).Cookies() {
			if c.Name != "sid" {
				names = append(names, c.Name)
			}
		}
		return strings.Join(names, ", ")
	}),
	saymon.Observe("a second login ends the first session", func(l *suite.Look) string {
		early, late := l.Of(userOfFirst), l.Of(currentUser)
		if early == nil || late == nil || !late.Succeeded() {
			return ""
		}
		return suite.YesNo(!early.Succeeded())
	}),
	saymon.Observe("a quoted sid in the Cookie header is accepted", func(l *suite.Look) string {
		if plain, e := l.Of(lastUser), l.Of(quotedUser); plain.Succeeded() && e != nil {
			return suite.YesNo(e.Succeeded())
		}
		return ""
	}),
	saymon.Observe("an unknown api-token beside a live session is accepted", func(l *suite.Look) string {
		if plain, e := l.Of(lastUser), l.Of(userBesideToken); plain.Succeeded() && e != nil {
			return suite.YesNo(e.Succeeded())
		}
		return ""
	}),
	saymon.Observe("wrong password status", func(l *suite.Look) string { return l.Status(wrongPassword) }),
	saymon.Observe("wrong password media type", func(l *suite.Look) string {
		if e := l.Of(wrongPassword); e != nil {
			return suite.TextOr(e.MediaType(), "none")
		}
		return ""
	}),
	saymon.Observe("status without a session", func(l *suite.Look) string { return l.Status(noSession) }),
	saymon.Observe("claims of the Keycloak token that name the session's user", func(l *suite.Look) string {
		login, current := l.Of(keycloakLogin), l.Of(keycloakUser)
		if login == nil || !current.Succeeded() || login.Notes[tokenUsername]+login.Notes[tokenEmail] == "" {
			return ""
		}
		var found []string
		for _, pair := range [][3]string{{tokenUsername, "preferred_username", "login"}, {tokenEmail, "email", "email"}} {
			if name := login.Notes[pair[0]]; name != "" && strings.EqualFold(name, match.Member(current, pair[2]).String()) {
				found = append(found, pair[1]+" as "+pair[2])
			}
		}
		return suite.TextOr(strings.Join(found, ", "), "none")
	}),
	saymon.Observe("declared absent: email", func(l *suite.Look) string { return l.Absent(triedEmail) }),
	saymon.Observe("declared absent: auth-token", func(l *suite.Look) string { return l.Absent(triedTokens) }),
	saymon.Observe("declared absent: keycloak", func(l *suite.Look) string { return l.Absent(triedKeycloak) }),
}
