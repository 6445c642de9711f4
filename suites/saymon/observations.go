package saymon

import (
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = []bool{
	saymon.ObserveStatus("login status", firstLogin),
	saymon.ObserveStatus("token creation status", firstToken),
	saymon.ObserveStatus("logout status", loggedOut),
	saymon.ObserveAnswer("login media type", firstLogin, suite.ContentType),
	saymon.ObserveAnswer("sid cookie attributes", firstLogin, func(e *exchange.Exchange) string {
		c, found := e.Cookie("sid")
		if !found {
			return ""
		}
		return suite.Attributes(c)
	}),
	saymon.ObserveAnswer("other cookies of the login", firstLogin, func(e *exchange.Exchange) string {
		var names []string
		for _, c := range e.Cookies() {
			if c.Name != "sid" {
				names = append(names, c.Name)
			}
		}
		return strings.Join(names, ", ")
	}),
	saymon.ObserveSecondLogin(userOfFirst, currentUser),
	accepted("a quoted sid in the Cookie header is accepted", quotedUser),
	accepted("an unknown api-token beside a live session is accepted", userBesideToken),
	saymon.ObserveStatus("wrong password status", wrongPassword),
	saymon.ObserveAnswer("wrong password media type", wrongPassword, suite.MediaType),
	saymon.ObserveStatus("status without a session", noSession),
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
	saymon.ObserveAbsent("email", triedEmail),
	saymon.ObserveAbsent("auth-token", triedTokens),
	saymon.ObserveAbsent("keycloak", triedKeycloak),
}

// accepted observes whether the request in a step is accepted, where it is with the session alone.
func accepted(name string, step *Step) bool {
	return saymon.Observe(name, func(l *suite.Look) string {
		if !l.Of(lastUser).Succeeded() {
			return ""
		}
		return l.Seen(step, suite.Accepted)
	})
}
