package sdm

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Session cookie", func(ev *suite.Evidence) {
	for _, f := range forms {
		Context("of a login with "+f.Name, func() {
			// known is the login and its session cookie, where it is known which one that is.
			known := func() (*exchange.Exchange, exchange.Cookie) {
				GinkgoHelper()
				login := cookied(ev, f)
				c, tells := sessionCookie(ev.Target().Target, login)
				if !tells {
					suite.Skip(report.NotApplicable, "of several cookies none is the sessionId or authenticates alone, so which "+
						"one is the session's is not known")
				}
				return login, c
			}
			It("is set", clause("sdm-session-cookie", LogIn), func() {
				Expect(opened(ev, f)).To(setCookie())
			})
			It("is HttpOnly", clause("sdm-cookie-http-only", LogIn), func() {
				login, c := known()
				Expect(login).To(setWith(c, "HttpOnly"))
			})
			It("is Secure over https", clause("sdm-cookie-secure", LogIn), func() {
				if !strings.HasPrefix(ev.Target().URL, "https:") {
					suite.Skip(report.NotApplicable, "the target is asked over http")
				}
				login, c := known()
				Expect(login).To(setWith(c, "Secure"))
			})
			It("reaches the next call", clause("sdm-cookie-reaches-calls", LogIn), func() {
				t := ev.Target()
				if t.Lacks("probe") {
					suite.Skip(report.Unsupported, "targets.yaml declares that "+t.Name+" is without probe, so no next call is known")
				}
				login, c := known()
				Expect(login).To(reach(login, c, t.URL+probePath(t.Target)))
			})
		})
	}
})

// setWith is met by an answer whose session cookie has the attribute.
func setWith(c exchange.Cookie, attribute string) types.GomegaMatcher {
	return InShell("cookie-attribute "+c.Name+" "+strings.ToLower(attribute),
		HaveAnyCookie("Set-Cookie: "+c.Name+"=<session>; "+attribute, func(other exchange.Cookie) bool {
			_, has := other.Attribute(attribute)
			return other.Line == c.Line && has
		}))
}

// reach is met by an answer whose session cookie is returned with a request to the address by a client that keeps to
// the cookie's attributes.
func reach(login *exchange.Exchange, c exchange.Cookie, address string) types.GomegaMatcher {
	return InShell(CookieReaches(c.Name, login.Request.URL, address),
		Meet("a session cookie that is returned with a request to "+address,
			func(e *exchange.Exchange) bool { return c.KeptFrom(e.Request.URL, address) == "" },
			func(e *exchange.Exchange) string {
				return c.KeptFrom(e.Request.URL, address) + ": Set-Cookie: " + c.Line
			}))
}
