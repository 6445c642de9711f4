package saymon

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

var _ = saymon.Describe("Log out", func(ev *suite.Evidence) {
	live := func() {
		ev.Requires("saymon-session-by-login", ev.Of(lastLogin))
		ev.Requires("saymon-session-authenticates", ev.Of(lastUser))
		ev.Requires("saymon-session-lasts", ev.Of(userBeforeLogout))
	}
	It("accepts the logout", clause("saymon-logout-accepted", LogOut, LogIn), func() {
		live()
		ev.Requires("saymon-logout-ends-one", ev.Of(userStillThere))
		Expect(ev.Of(loggedOut)).To(BeSuccess())
	})
	It("answers the logout without content", clause("saymon-logout-empty", LogOut, LogIn), func() {
		live()
		ev.Requires("saymon-logout-accepted")
		Expect(ev.Of(loggedOut)).To(HaveNoContent())
	})
	It("ends the session", clause("saymon-logout-ends-session", LogOut, LogIn, OddSessions), func() {
		live()
		ev.Requires("saymon-refuses-invented-session", ev.Of(headerSession.step))
		if status := ev.Of(loggedOut).Status(); status < 300 || status > 399 { // a redirect may end it all the same
			ev.Requires("saymon-logout-accepted")
		}
		expectNoUser(ev, userAfterwards)
		Expect(ev.Of(userByHeader)).To(BeRefused())
	})
	It("ends the session for good: the user's next login does not bring it back",
		clause("saymon-logout-ends-session", LogOut, LogIn), func() {
			live()
			ev.Requires("saymon-logout-accepted")
			ev.Requires("saymon-logout-ends-session")
			ev.Requires("saymon-session-by-login", ev.Of(loginAfter))
			Expect(ev.Of(userAtLast)).To(BeRefused())
		})
	for _, w := range []*session.Way{byEmail, byToken, byKeycloak, byOthersLogin} {
		It("ends the session opened "+w.Name, clause("saymon-logout-ends-session", w.Scenario()), func() {
			life := lives[w]
			ev.Requires(w.Clause, ev.Of(w.Login))
			ev.Requires("saymon-session-lasts", ev.Of(life.uses[len(life.uses)-1]))
			ev.Requires("saymon-logout-accepted", ev.Of(life.out))
			Expect(ev.Of(life.after)).To(BeRefused())
		})
	}
	It("ends no session when the logout carries an invented one",
		clause("saymon-logout-ends-one", LogOut, LogIn, Sessionless), func() {
			live()
			ev.Requires("saymon-refuses-invented-session")
			Expect(ev.Of(userStillThere)).To(BeSuccess())
		})
	It("ends no session of another user",
		clause("saymon-logout-ends-one", LogOut, LogIn, Sessionless), func() {
			ev.Requires("saymon-session-by-login", ev.Of(bystander)) // unconfigured without the other user's password
			ev.Requires("saymon-session-lasts", ev.Of(bystanderBefore))
			live()
			ev.Requires("saymon-refuses-invented-session")
			ev.Requires("saymon-logout-accepted")
			Expect(ev.Of(bystanderUser)).To(BeSuccess())
		})
	It("refuses a second logout, or takes it for done", clause("saymon-logout-again", LogOut, LogIn, Sessionless), func() {
		live()
		ev.Requires("saymon-refuses-invented-session")
		ev.Requires("saymon-logout-accepted")
		Expect(ev.Of(loggedOutAgain)).To(InShell("status 2xx 4xx", Meet("a status 2xx or 4xx",
			func(e *exchange.Exchange) bool { return e.Succeeded() || IsClientError(e) }, Outline)))
	})
})

var _ = saymon.Describe("Verify a session", func(ev *suite.Evidence) {
	It("answers true for a live session", clause("saymon-verify-live", LogOut, LogIn), func() {
		ev.Requires("saymon-session-authenticates", ev.Of(lastUser))
		ev.Requires("saymon-session-lasts", ev.Of(userAfterPause))
		skipEncoding(ev.Of(verifyLive))
		Expect(ev.Of(verifyLive)).To(haveBodyOf("true"))
	})
	It("answers null or false for an ended session", clause("saymon-verify-dead", LogOut, LogIn), func() {
		ev.Requires("saymon-verify-live")
		ev.Requires("saymon-logout-ends-session")
		Expect(ev.Of(verifyEnded)).To(haveBodyOf("null", "false"))
	})
	It("answers null or false for an invented session", clause("saymon-verify-dead", LogOut, LogIn), func() {
		ev.Requires("saymon-verify-live")
		Expect(ev.Of(verifyInvented)).To(haveBodyOf("null", "false"))
	})
})

var _ = saymon.Describe("Protect the session cookie", func(ev *suite.Evidence) {
	attribute := func(name string) func(exchange.Cookie) bool {
		return func(c exchange.Cookie) bool { _, ok := c.Attribute(name); return ok }
	}
	cookied := func() *exchange.Exchange {
		login := ev.Of(secondLogin)
		ev.Requires("saymon-cookie-set", login)
		return login
	}
	It("hides the sid cookie from scripts", clause("saymon-cookie-http-only", LogIn), func() {
		Expect(cookied()).To(InShell("cookie-attribute sid httponly", HaveCookie("sid", "sid=<session ID>; HttpOnly",
			attribute("httponly"))))
	})
	It("sets a sid cookie that reaches the next call", clause("saymon-cookie-reaches-calls", LogIn, Sessionless), func() {
		login := cookied()
		ev.Requires("saymon-refuses-invented-session")
		Expect(login).To(InShell(CookieReaches("sid", login.Request.URL, ev.Target().URL+currentPath),
			Meet("a sid cookie that is returned with the call for the current user",
				func(e *exchange.Exchange) bool { return keptFrom(e) == "" }, keptFrom)))
	})
	It("keeps the sid cookie to https", clause("saymon-cookie-secure", LogIn), func() {
		if !strings.HasPrefix(ev.Target().URL, "https:") {
			suite.Skip(report.NotApplicable, "the target is asked over http")
		}
		Expect(cookied()).To(InShell("cookie-attribute sid secure", HaveCookie("sid", "sid=<session ID>; Secure",
			attribute("secure"))))
	})
})

// keptFrom says why a client does not return the sid cookie of a login with the call for the current user, if it does
// not.
func keptFrom(login *exchange.Exchange) string {
	c, _ := login.Cookie("sid")
	return c.KeptFrom(login.Request, strings.TrimSuffix(login.Request.URL, sessionPath)+currentPath)
}
