package sessions

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = []bool{
	sessions.ObserveStatus("login status", firstLogin),
	sessions.ObserveStatus("login with a token status", tokenLogin),
	sessions.ObserveStatus("node login status", nodeLogin),
	sessions.ObserveStatus("logout status", loggedOut),
	sessions.ObserveStatus("connection status with a session", status),
	sessions.ObserveStatus("connection status without a session", statusWithout),
	sessions.ObserveAnswer("login media type", firstLogin, suite.ContentType),
	sessions.ObserveAnswer("cookies of a login", firstLogin, func(e *exchange.Exchange) string {
		var list []string
		for _, c := range e.Cookies() {
			if !c.Deletes() {
				list = append(list, c.Name+": "+suite.Attributes(c))
			}
		}
		return suite.TextOr(strings.Join(list, " · "), "none")
	}),
	sessions.ObserveAnswer("later answers set cookies anew", currentUser, setsCookies),
	sessions.ObserveSecondLogin(userOfFirst, currentUser),
	sessions.ObserveAnswer("a logout ends the user's other sessions", otherSessionAfter, suite.Refused),
	sessions.ObserveAnswer("a logout takes the cookies back", loggedOut, func(e *exchange.Exchange) string {
		return suite.YesNo(slices.ContainsFunc(e.Cookies(), exchange.Cookie.Deletes))
	}),
	sessions.ObserveAnswer("a login as the node sets cookies", nodeLogin, setsCookies),
	sessions.ObserveAnswer("a node's session answers GET /session/user", nodeUser, func(e *exchange.Exchange) string {
		return suite.YesNo(e.Succeeded()) + ", " + e.StatusLine()
	}),
	sessions.ObserveAnswer("uiTimeZone", currentUser, func(e *exchange.Exchange) string {
		return match.Member(e, zoneField).String()
	}),
	sessions.ObserveAnswer("further fields of a login", firstLogin, furtherFields),
	sessions.ObserveAnswer("further fields of GET /session/user", currentUser, furtherFields),
	sessions.ObserveAnswer("further fields of GET /session/user/details", details, furtherFields),
	sessions.ObserveStatus("wrong password status", wrongPassword),
	sessions.ObserveAnswer("wrong password media type", wrongPassword, suite.MediaType),
	sessions.ObserveStatus("status without a session", userWithout),
	sessions.ObserveAbsent("token", triedToken),
	sessions.ObserveAbsent("node", triedNode),
}

func setsCookies(e *exchange.Exchange) string { return suite.YesNo(e.CookieHeader() != "") }

// furtherFields are the names of an answer's members that the document does not show.
func furtherFields(e *exchange.Exchange) string {
	value, ok := match.ParseJSON(e)
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
