package sessions

import (
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/repro"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Log in with the password", func(ev *suite.Evidence) {
	It("opens a session", clause("sessions-login-opens", LogIn, Sessionless), func() {
		Expect(ev.Of(firstLogin)).To(BeSuccess())
		login := ev.Of(secondLogin)
		if ofPassword.carry(ev, login) {
			return
		}
		Expect(login).To(openSession())
		usesOf(ev, currentUser, details)
		// A call that is answered without a session, too, proves none.
		var calls []*exchange.Exchange
		for _, call := range []struct{ use, without *Step }{{currentUser, userWithout}, {details, detailsWithout}} {
			if len(refused(ev, call.without)) > 0 {
				calls = append(calls, ev.All(call.use)...)
			}
		}
		if len(calls) == 0 {
			ev.Requires("sessions-user-without-session")
		}
		Expect(login).To(answerOneOf(calls))
		opensAtLast(ev, lastLogin, lastUser, lastDetails)
	})
	It("is answered with the status 201", clause("sessions-login-status-201", LogIn), func() {
		suite.ExpectEach(append(goodLogins(ev), ev.Of(firstLogin)), HaveStatus(201))
	})
	It("opens a session of its own each time", clause("sessions-login-own-session", LogIn), func() {
		first, second := ev.Of(firstLogin), loggedIn(ev)
		ev.Requires("sessions-login-sets-cookie", first)
		came := map[string]bool{first.CookieHeader(): true}
		for _, login := range append([]*exchange.Exchange{second}, openingAnew(ev)[1:]...) {
			Expect(login).To(Meet("cookies other than those of earlier logins",
				func(e *exchange.Exchange) bool { return !came[e.CookieHeader()] },
				func(e *exchange.Exchange) string { return "the same ones twice: " + cookieLines(e) }))
			came[login.CookieHeader()] = true
		}
	})
	It("opens a session that nobody can guess from another", clause("sessions-session-id-random", LogIn, Sessionless),
		func() {
			loggedIn(ev)
			ev.Requires("sessions-user-invented-session")
			ev.Requires("sessions-login-sets-cookie", ev.Of(firstLogin))
			Expect(ev.Of(secondLogin)).To(HaveNoNote(session.AlikeNote,
				"a cookie that differs from the earlier login's in twelve characters or more", "cookies that differ in "))
		})
	It("reads characters that are written as escapes", clause("sessions-login-json-escapes", LogIn, LogInEscaped), func() {
		live(ev)
		Expect(ev.Of(escapedLogin)).To(openSession())
	})
	It("does not repeat the password", clause("sessions-login-secret-not-repeated", LogIn), func() {
		expectNotRepeated(loggedIn(ev))
	})

	refuses(ev, byPassword)
	refusesWrongPasswords(ev)
})

var _ = sessions.Describe("Protect the session cookie", func(ev *suite.Evidence) {
	expect := func(attribute, written string) {
		suite.ExpectEach(openingAnew(ev), HaveAnyCookie("a Set-Cookie with "+written, func(c exchange.Cookie) bool {
			_, found := c.Attribute(attribute)
			return found && !c.Deletes()
		}))
	}
	It("hides it from scripts", clause("sessions-cookie-http-only", LogIn), func() {
		expect("httponly", "HttpOnly")
	})
	It("keeps it to https", clause("sessions-cookie-secure", LogIn), func() {
		if !strings.HasPrefix(ev.Target().URL, "https:") {
			suite.Skip(report.NotApplicable, "the target is asked over http")
		}
		expect("secure", "Secure")
	})
})

// opensAtLast expects a login of the endings that was accepted, when nobody else logs in, to open a session, too.
func opensAtLast(ev *suite.Evidence, login *Step, uses ...*Step) {
	if e, calls := ev.Optional(login), ev.All(uses...); e.Succeeded() && e.CookieHeader() != "" && len(calls) > 0 {
		Expect(e).To(answerOneOf(calls))
	}
}

// goodLogins are the user's logins by password, the control's second one first.
func goodLogins(ev *suite.Evidence) []*exchange.Exchange { return first(loggedIn, laterLogins...)(ev) }

// openingAnew are the good logins of users, by password and by token, that set a cookie and brought none: a session
// that goes on needs no new one.
func openingAnew(ev *suite.Evidence) []*exchange.Exchange {
	all := append(goodLogins(ev), succeeded(ev, tokenLogin, tokenLoginAgain, lastTokenLogin, otherLogin)...)
	all = append(all, succeeded(ev, othersLogins...)...)
	return slices.DeleteFunc(all, func(e *exchange.Exchange) bool {
		return e.CookieHeader() == "" || e.Request.Header.Get("Cookie") != ""
	})
}

// expectNotRepeated expects a login's answer not to hold the secret that was sent, as the scenario found out.
func expectNotRepeated(login *exchange.Exchange) {
	note := login.Notes[repeatedNote]
	if note != "yes" && note != "no" {
		suite.Skip(report.NotApplicable, note)
	}
	Expect(login).To(InShell(repro.NoSecret, Meet("an answer without the secret that was sent",
		func(*exchange.Exchange) bool { return note == "no" },
		func(e *exchange.Exchange) string { return "the secret stands in " + Shown(e) })))
}

var _ = sessions.Describe("Log in with the token", func(ev *suite.Evidence) {
	It("opens a session", clause("sessions-token-opens", LogIn, LogInByToken, Sessionless), func() {
		login := latest(ev, tokenLogin, tokenLoginAgain)
		if ofToken.carry(ev, login) {
			return
		}
		Expect(login).To(openSession())
		use := ev.Of(tokenUser)
		if !use.Succeeded() {
			ev.Requires("sessions-user-status-200")
		}
		ev.Requires("sessions-user-without-session")
		Expect(use).To(BeSuccess())
		opensAtLast(ev, lastTokenLogin, lastTokenUser)
	})
	It("is answered with the status 201", clause("sessions-login-status-201", LogInByToken), func() {
		Expect(withToken(ev)).To(HaveStatus(201))
	})
	It("does not repeat the token", clause("sessions-login-secret-not-repeated", LogInByToken), func() {
		expectNotRepeated(withToken(ev))
	})

	refuses(ev, byToken)
})

var _ = sessions.Describe("Log in as the node", func(ev *suite.Evidence) {
	It("is accepted", clause("sessions-node-opens", LogInAsNode, RefusedNode), func() {
		Expect(latest(ev, nodeLogin, nodeLoginAgain)).To(BeSuccess())
		asTheNode(ev)
	})
	It("is answered with the status 201", clause("sessions-login-status-201", LogInAsNode, RefusedNode), func() {
		suite.ExpectEach(append(succeeded(ev, nodesLogins...), asTheNode(ev)), HaveStatus(201))
	})

	refusesWrong := func(text string, step *Step) {
		It(text, clause("sessions-node-wrong-credentials", LogInAsNode, RefusedNode, Sessionless), func() {
			requireRight(ev, asNode)
			expectRefused(ev, step)
		})
	}
	refusesWrong("refuses credentials that are all wrong", everyText)
	refusesWrong("refuses the right password with all else wrong", allButPassword)
	for _, miss := range nodeMisses {
		refusesWrong(miss.text, miss.step)
	}
	refusesWrong("refuses a wrong password alone", passwordAlone)
	refuses(ev, asNode)
})
