package saymon

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = saymon.Describe("Log out", func(ev *suite.Evidence) {
	live := func() {
		GinkgoHelper()
		ev.Given("saymon-session-by-login", ev.Of(LogOut, "log in"), openSession())
		ev.Given("saymon-session-authenticates", ev.Of(LogOut, "who am I"), BeSuccess())
		ev.Given("saymon-session-lasts", ev.Of(LogIn, "who am I again"), BeSuccess())
	}
	It("accepts the logout", clause("saymon-logout-accepted", LogOut, LogIn), func() {
		live()
		Expect(ev.Of(LogOut, "log out")).To(BeSuccess())
	})
	It("answers the logout without content", clause("saymon-logout-empty", LogOut, LogIn), func() {
		live()
		ev.Given("saymon-logout-accepted", ev.Of(LogOut, "log out"), BeSuccess())
		Expect(ev.Of(LogOut, "log out")).To(HaveNoContent())
	})
	It("ends the session", clause("saymon-logout-ends-session", LogOut, LogIn), func() {
		live()
		ev.Given("saymon-logout-accepted", ev.Of(LogOut, "log out"), BeSuccess())
		Expect(ev.Of(LogOut, "who am I after it")).To(BeRefused())
	})
})

var _ = saymon.Describe("Verify a session", func(ev *suite.Evidence) {
	says := func(allowed ...string) func(string) bool {
		return func(body string) bool {
			for _, word := range allowed {
				if strings.TrimSpace(body) == word {
					return true
				}
			}
			return false
		}
	}
	It("answers true for a live session", clause("saymon-verify-live", LogOut, LogIn), func() {
		ev.Given("saymon-session-authenticates", ev.Of(LogOut, "who am I"), BeSuccess())
		ev.Given("saymon-session-lasts", ev.Of(LogIn, "who am I again"), BeSuccess())
		Expect(ev.Of(LogOut, "verify")).To(HaveBody("true", says("true")))
	})
	It("answers null or false for an ended session", clause("saymon-verify-dead", LogOut, LogIn), func() {
		ev.Given("saymon-verify-live", ev.Of(LogOut, "verify"), HaveBody("true", says("true")))
		ev.Given("saymon-logout-ends-session", ev.Of(LogOut, "who am I after it"), BeRefused())
		Expect(ev.Of(LogOut, "verify after it")).To(HaveBody("null or false", says("null", "false")))
	})
	It("answers null or false for an invented session", clause("saymon-verify-dead", LogOut, LogIn), func() {
		ev.Given("saymon-verify-live", ev.Of(LogOut, "verify"), HaveBody("true", says("true")))
		Expect(ev.Of(LogOut, "verify an invented one")).To(HaveBody("null or false", says("null", "false")))
	})
})

var _ = saymon.Describe("Protect the session cookie", func(ev *suite.Evidence) {
	attribute := func(name string) func(exchange.Cookie) bool {
		return func(c exchange.Cookie) bool { _, ok := c.Attribute(name); return ok }
	}
	given := func() *exchange.Exchange {
		GinkgoHelper()
		login := ev.Of(LogIn, "log in again")
		ev.Given("saymon-cookie-set", login, HaveCookie("sid", "sid=<session ID>", usable))
		return login
	}
	It("hides the sid cookie from scripts", clause("saymon-cookie-http-only", LogIn), func() {
		Expect(given()).To(HaveCookie("sid", "sid=<session ID>; HttpOnly", attribute("httponly")))
	})
	It("keeps the sid cookie to https", clause("saymon-cookie-secure", LogIn), func() {
		if !strings.HasPrefix(ev.Target().URL, "https:") {
			suite.Skip(report.NotApplicable, "the target is asked over http")
		}
		Expect(given()).To(HaveCookie("sid", "sid=<session ID>; Secure", attribute("secure")))
	})
})
