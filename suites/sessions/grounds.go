package sessions

import (
	"fmt"
	"slices"
	"strings"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// When clauses hold for the specs that build on them. Specs judge by the same matchers, and where they build on a
// clause they name it. Of a status it is enough that the call worked.
var (
	_ = sessions.Holds("sessions-login-sets-cookie", openSession(), secondLogin)
	_ = sessions.Holds("sessions-node-opens", BeSuccess())
	_ = sessions.Holds("sessions-node-wrong-credentials", BeRefused())
	_ = sessions.HoldsBy("sessions-login-wrong-password", leaveNothing, wrongPassword)
	_ = sessions.Holds("sessions-login-password-whole", BeRefused(), lastCharacter)
	_ = sessions.Holds("sessions-login-unknown-login", BeRefused())

	_ = sessions.Holds("sessions-user-status-200", BeSuccess(), currentUser)
	_ = sessions.Holds("sessions-user-without-session", BeRefused(), userWithout)
	_ = sessions.Holds("sessions-user-invented-session", BeRefused(), userInvented)
	_ = sessions.Holds("sessions-details-status-200", BeSuccess(), details)
	_ = sessions.Holds("sessions-details-without-session", BeRefused(), detailsWithout)
	_ = sessions.Holds("sessions-details-invented-session", BeRefused(), detailsInvented)
	_ = sessions.Holds("sessions-logout-status-201", BeSuccess(), loggedOut)

	_ = sessions.HoldsBy("sessions-login-whose-session", func(ev *suite.Evidence) types.GomegaMatcher {
		return haveAnotherGUID(ev.Of(details))
	}, otherDetails)

	_ = sessions.Holds("sessions-info-json", beJSONText())
	_ = sessions.Holds("sessions-info-object", holdInfo())
	_ = sessions.Holds("sessions-info-last-successful-login", haveGoodLogin())
	_ = sessions.Holds("sessions-info-last-failed-login", haveNoOther(failedField))
	_ = sessions.Holds("sessions-info-ui-time-zone", haveZone())
	_ = sessions.Holds("sessions-details-json", beJSONText())
	_ = sessions.Holds("sessions-details-object", holdInfo())
	_ = sessions.Holds("sessions-details-last-successful-login", haveGoodLogin())
	_ = sessions.Holds("sessions-details-last-failed-login", haveNoOther(failedField))
	_ = sessions.Holds("sessions-details-ui-time-zone", haveZone())
	_ = sessions.Holds("sessions-details-guid", haveGUID())
	_ = sessions.Holds("sessions-timestamps-milliseconds", countMilliseconds())
)

// openSession is met by a 2xx that sets a cookie. Which one carries the session, nobody says.
func openSession() types.GomegaMatcher {
	return InShell("opens-cookie", Meet("a status 2xx with a cookie that is neither empty nor expired",
		func(e *exchange.Exchange) bool { return e.Succeeded() && e.CookieHeader() != "" },
		func(e *exchange.Exchange) string { return Outline(e) + ", " + cookieLines(e) }))
}

func cookieLines(e *exchange.Exchange) string {
	var lines []string
	for _, c := range e.Cookies() {
		lines = append(lines, fmt.Sprintf("Set-Cookie: %q", c.Line))
	}
	if len(lines) == 0 {
		return "no Set-Cookie header"
	}
	return strings.Join(lines, ", ")
}

// answerOneOf is met where one of the calls that were made with a login's session was answered 2xx.
func answerOneOf(calls []*exchange.Exchange) types.GomegaMatcher {
	return Meet("a session with which a call that needs one is answered 2xx",
		func(*exchange.Exchange) bool { return slices.ContainsFunc(calls, (*exchange.Exchange).Succeeded) },
		func(*exchange.Exchange) string {
			var got []string
			for _, call := range calls {
				got = append(got, call.Step+": "+Outline(call))
			}
			return strings.Join(got, "\n            ")
		})
}

// usesOf are the answers to two calls about the user that were made with one session. Where there are none, the spec
// ends.
func usesOf(ev *suite.Evidence, user, details *Step) []*exchange.Exchange {
	calls := ev.All(user, details)
	if len(calls) == 0 {
		ev.Of(user)
	}
	return calls
}

// loggedIn gives the control's second login, where the first and the second one open a session.
func loggedIn(ev *suite.Evidence) *exchange.Exchange {
	ev.Accepted("sessions-login-opens", ev.Of(firstLogin))
	ev.Accepted("sessions-login-opens", ev.Of(secondLogin))
	ev.Requires("sessions-login-sets-cookie")
	return ev.Of(secondLogin)
}

// live gives the control's second login, where its session is live.
func live(ev *suite.Evidence) *exchange.Exchange {
	login := loggedIn(ev)
	ev.RequiresPart("sessions-login-opens", login, answerOneOf(usesOf(ev, currentUser, details)))
	return login
}

// withToken gives the login with the token that was judged, where it opens a session.
func withToken(ev *suite.Evidence) *exchange.Exchange {
	login := latest(ev, tokenLogin, tokenLoginAgain)
	ev.Requires("sessions-login-sets-cookie", ev.Accepted("sessions-token-opens", login))
	return login
}

// secondOfToken gives the login with the token of the endings, when nobody else logs in. A token may be good for one.
func secondOfToken(ev *suite.Evidence) *exchange.Exchange {
	login := ev.Of(lastTokenLogin)
	if !login.Succeeded() {
		suite.Skip(report.NotApplicable, "the token opens no second session: "+Outline(login))
	}
	return login
}

// asTheNode gives the node's login that was judged, where it is accepted and wrong credentials are not: being accepted
// by a server that accepts everything proves nothing.
func asTheNode(ev *suite.Evidence) *exchange.Exchange {
	login := latest(ev, nodeLogin, nodeLoginAgain)
	ev.Requires("sessions-node-opens", login)
	wrong := ev.All(everyText, passwordAlone)
	if len(wrong) == 0 { // nothing was seen to be refused: this says why
		ev.Of(everyText)
	}
	ev.Requires("sessions-node-wrong-credentials", wrong...)
	return login
}

// latest is the second login of two, which is there only where the first one was an account's very first, or else the
// first.
func latest(ev *suite.Evidence, first, second *Step) *exchange.Exchange {
	if ev.Optional(second) != nil {
		return ev.Of(second)
	}
	return ev.Of(first)
}

// leaveNothing is met by a refusal that leaves no live session.
func leaveNothing(ev *suite.Evidence) types.GomegaMatcher {
	return InShellWhere("refused", (*exchange.Exchange).Succeeded,
		Meet("a refusal: any status but 2xx, and no live session", func(e *exchange.Exchange) bool {
			return !e.Succeeded() && ev.LeftNothing(e)
		},
			func(e *exchange.Exchange) string {
				if !ev.LeftNothing(e) {
					return fmt.Sprintf("%s, with which GET %s is answered 2xx", Outline(e), userPath)
				}
				return Outline(e)
			}))
}

// leaveNoLive is met by an answer that leaves no live session, whatever its status.
func leaveNoLive(ev *suite.Evidence) types.GomegaMatcher {
	return Meet("no cookie of a live session", ev.LeftNothing, func(e *exchange.Exchange) string {
		return fmt.Sprintf("%s, %s, with which GET %s is answered 2xx", e.StatusLine(), cookieLines(e), userPath)
	})
}

// expectRefused expects a login to be answered with anything but 2xx, and to leave no live session behind.
func expectRefused(ev *suite.Evidence, step *Step) {
	login := ev.Of(step)
	if !login.Succeeded() && len(ev.Attempts(step)) > 0 {
		ev.Requires("sessions-user-invented-session")
	}
	Expect(login).To(leaveNothing(ev))
}
