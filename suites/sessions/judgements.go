package sessions

import (
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// openSession is met by a 2xx that sets a cookie. Which one carries the session, nobody says.
func openSession() types.GomegaMatcher {
	return That("a status 2xx with a cookie that is neither empty nor expired", func(e *exchange.Exchange) (bool, string) {
		return e.Succeeded() && e.CookieHeader() != "", Outline(e) + ", " + cookieLines(e)
	})
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
	return That("a session with which a call that needs one is answered 2xx", func(*exchange.Exchange) (bool, string) {
		var got []string
		for _, call := range calls {
			if call.Succeeded() {
				return true, ""
			}
			got = append(got, call.Step+": "+Outline(call))
		}
		return false, strings.Join(got, "\n            ")
	})
}

// uses are the answers to the calls about the user that a scenario made with its session. Where there are none, the spec
// ends.
func uses(ev *suite.Evidence, s *Scenario) []*exchange.Exchange {
	GinkgoHelper()
	var calls []*exchange.Exchange
	for _, step := range []string{"user", "details"} {
		for _, e := range ev.All(s, step) {
			if e.Step == step {
				calls = append(calls, e)
			}
		}
	}
	if len(calls) == 0 {
		ev.Of(s, "user")
	}
	return calls
}

// loggedIn gives the control's second login, where the first and the second one open a session.
func loggedIn(ev *suite.Evidence) *exchange.Exchange {
	GinkgoHelper()
	ev.Given("sessions-login-opens", ev.Of(LogIn, "log in"), BeSuccess())
	login := ev.Of(LogIn, "log in again")
	ev.Given("sessions-login-opens", login, openSession())
	return login
}

// live gives the control's second login, where its session is live.
func live(ev *suite.Evidence) *exchange.Exchange {
	GinkgoHelper()
	login := loggedIn(ev)
	ev.Given("sessions-login-opens", login, answerOneOf(uses(ev, LogIn)))
	return login
}

// withToken gives the login with the token that was judged, where it opens a session.
func withToken(ev *suite.Evidence) *exchange.Exchange {
	GinkgoHelper()
	login := latest(ev, LogInByToken)
	ev.Given("sessions-token-opens", login, openSession())
	return login
}

// asTheNode gives the node's login that was judged, where it is accepted and wrong credentials are not: being accepted by a
// server that accepts everything proves nothing.
func asTheNode(ev *suite.Evidence) *exchange.Exchange {
	GinkgoHelper()
	login := latest(ev, LogInAsNode)
	ev.Given("sessions-node-opens", login, BeSuccess())
	refused := append(ev.All(RefusedNode, "every text"), ev.All(RefusedNode, "password alone")...)
	if len(refused) == 0 { // nothing was seen to be refused: this says why
		ev.Of(RefusedNode, "every text")
	}
	for _, wrong := range refused {
		if !isTry(wrong) {
			ev.Given("sessions-node-wrong-credentials", wrong, BeRefused())
		}
	}
	return login
}

// latest is the second login of a scenario, which is there only where the first one was an account's very first, or else
// the first.
func latest(ev *suite.Evidence, s *Scenario) *exchange.Exchange {
	GinkgoHelper()
	if len(ev.All(s, "log in again")) > 0 {
		return ev.Of(s, "log in again")
	}
	return ev.Of(s, "log in")
}

// isTry says that an exchange tries what a refused login left.
func isTry(e *exchange.Exchange) bool { return strings.Contains(e.Step, ", is ") }

// leaveNothing is met by a refusal that leaves no live session: tries are the calls with what it left.
func leaveNothing(tries []*exchange.Exchange) types.GomegaMatcher {
	return That("a refusal: any status but 2xx, and no live session", func(e *exchange.Exchange) (bool, string) {
		for _, try := range tries {
			if try.Succeeded() {
				return false, fmt.Sprintf("%s, with which GET %s is answered %s", Outline(e), userPath, try.StatusLine())
			}
		}
		return ElseOutline(!e.Succeeded(), e)
	})
}

// expectRefused expects a login to be answered with anything but 2xx, and to leave no live session behind.
func expectRefused(ev *suite.Evidence, s *Scenario, step string) {
	GinkgoHelper()
	login, tries := refusedWith(ev, s, step)
	Expect(login).To(leaveNothing(tries))
}

// refusedWith gives a login that must be refused, and the tries of what it left, as far as these can be judged.
func refusedWith(ev *suite.Evidence, s *Scenario, step string) (login *exchange.Exchange, tries []*exchange.Exchange) {
	GinkgoHelper()
	login = ev.Of(s, step)
	if login.Succeeded() {
		return login, nil // that is enough
	}
	if tries = ev.Tries(s, step); len(tries) > 0 {
		ev.Given("sessions-user-invented-session", ev.Of(Sessionless, "user invented"), BeRefused())
	}
	return login, tries
}
