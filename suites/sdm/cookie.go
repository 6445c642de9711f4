package sdm

import (
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

var _ = sdm.Describe("Session cookie", func(ev *suite.Evidence) {
	for _, f := range forms {
		Context("of a login with "+f.Name, func() {
			// known is the login and its session cookie, where it is known which one that is.
			known := func() (*exchange.Exchange, exchange.Cookie) {
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
			func(e *exchange.Exchange) bool { return c.KeptFrom(e.Request, address) == "" },
			func(e *exchange.Exchange) string {
				return c.KeptFrom(e.Request, address) + ": Set-Cookie: " + c.Line
			}))
}

// sessionCookieNote names the cookie that authenticates alone, where nothing else tells which of several is the
// session's.
const sessionCookieNote = "the cookie that authenticates alone"

// othersNote says that the other cookies authenticate without the session's, as one that remembers the user does.
const othersNote = "the other cookies authenticate too"

// cookiesOf are the cookies that the next call returns after an answer.
func cookiesOf(t target.Target, e *exchange.Exchange) []exchange.Cookie {
	var jar exchange.Jar
	jar.Keep(e)
	return jar.Cookies(probePath(t))
}

// sessionCookie is the one of an answer's cookies that carries the session: the one whose value is the sessionId, or
// the only one, or the one that was seen to authenticate alone.
func sessionCookie(t target.Target, e *exchange.Exchange) (exchange.Cookie, bool) {
	all := cookiesOf(t, e)
	id := sessionID(e)
	for _, c := range all {
		if id != "" && carries(c, id) {
			return c, true
		}
	}
	if len(all) == 1 {
		return all[0], true
	}
	for _, c := range all {
		if c.Name == e.Notes[sessionCookieNote] {
			return c, true
		}
	}
	return exchange.Cookie{}, false
}

// carries says whether a cookie carries the session ID: as its value, as that with the percent signs that many a
// framework writes into cookies, or behind the prefix that HAProxy puts before it.
func carries(c exchange.Cookie, id string) bool {
	value := unquoted(c.Value)
	if decoded, err := url.QueryUnescape(value); err == nil && decoded == id {
		return true
	}
	return value == id || strings.HasSuffix(value, "~"+id)
}

func unquoted(value string) string { return strings.Trim(value, `"`) }

// header writes the cookies as a Cookie header, each value changed.
func header(cookies []exchange.Cookie, change func(exchange.Cookie) string) string {
	var pairs []string
	for _, c := range cookies {
		pairs = append(pairs, c.Name+"="+change(c))
	}
	return strings.Join(pairs, "; ")
}
