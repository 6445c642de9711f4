package sdm

import (
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/types"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// everyLogin are the scenarios with logins that must succeed. Those with refused logins of the user as well are read
// where they are, and not asked for: unrefused are the others.
var (
	unrefused  = []*Scenario{LogIn, LogInMixed, AtOnce, LogInWithCookie, UseAgain, LogOut}
	everyLogin = append(slices.Clone(unrefused), ByTurns, OtherByTurns, ByBasic)
)

// undisturbed are those of them in which no login that names the user is refused before: refused ones of nobody may
// come between.
var undisturbed = []*Scenario{LogIn, AtOnce, UseAgain, LogOut}

// longest is up to how many bytes an answer is judged here. A documented one has some hundreds, and of longer ones each
// look takes long; the specs of a form judge its first login whatever its length.
const longest = 16 << 10

// The specs of a form judge its first login. What holds of that one must hold of all: of those as the sample clients
// send them, of the other user's, of those that come after refused ones.
var _ = sdm.Describe("Every answer to a login", func(ev *suite.Evidence) {
	each := func(text, id string, in *form, judged func(*exchange.Exchange) bool, matcher types.GomegaMatcher) {
		It(text, clause(id, unrefused...), func() {
			f := in
			if f == nil {
				f = anyForm(ev)
			}
			ev.RequiresPart(id, opened(ev, f), matcher)
			suite.ExpectEach(slices.DeleteFunc(ev.AllOf(everyLogin...), func(e *exchange.Exchange) bool {
				return !e.Configured || !e.Succeeded() || len(e.Body()) > longest || !judged(e)
			}), matcher)
		})
	}
	each("has the status 200", "sdm-login-200", nil,
		func(*exchange.Exchange) bool { return true }, HaveStatus(200))
	each("sets a session cookie", "sdm-session-cookie", nil, bringsNoCookie, setCookie())
	// That one is refused may have a reason that the suite brought about: too many sessions, wrong passwords. That it is
	// answered 500, or redirected, has none.
	for _, f := range forms {
		It("in "+f.Name+" that is made right is no redirect and no server error", clause(f.Clause, undisturbed...), func() {
			opened(ev, f)
			suite.ExpectEach(slices.DeleteFunc(ev.AllOf(undisturbed...), func(e *exchange.Exchange) bool {
				return !e.Configured || !f.asked(e)
			}), Meet("no status 3xx or 5xx",
				func(e *exchange.Exchange) bool { return e.Status()/100 != 3 && e.Status() < 500 }, Outline))
		})
	}
	for _, f := range forms {
		each("in "+f.Name+" is labelled so", mediaTypeClause[f], f, f.asked, HaveMediaType(mediaTypes[f]...))
		each("in "+f.Name+" is well-formed", formClause[f], f, f.asked, beReadable(f))
	}
	each("in XML has the root element session", "sdm-xml-root", inXML, inXML.wanted, haveRoot())
	each("in XML is in no namespace", "sdm-xml-no-namespace", inXML, inXML.answered, beInNoNamespace())
	each("in XML has its fields directly below session", "sdm-xml-fields-below-session", inXML, inXML.answered,
		haveFieldsInPlace("directly below the element session"))
	each("in JSON has its fields in the object itself", "sdm-json-unwrapped", inJSON, inJSON.answered,
		haveFieldsInPlace("in the object itself, without a wrapper"))
	for _, name := range names {
		each("is complete with "+name, fieldClauses[name], nil, readableAsAsked, there(name))
	}
	for _, name := range texts {
		each("has text in "+name, "sdm-fields-are-text", nil, having(name), isText(name))
	}
	each("has a number in idleTimeout", "sdm-idle-timeout-number", nil, having("idleTimeout"), number())
	each("has no negative idleTimeout", "sdm-idle-timeout-not-negative", nil,
		telling("idleTimeout", func(f told) bool { return f.isNumber }), notNegative())
	for _, name := range neverEmpty {
		each("has no empty "+name, "sdm-strings-not-empty", nil,
			telling(name, func(f told) bool { return f.isText }), notEmpty(name))
	}
	each("has its sessionId without white space around it", "sdm-session-id-bare", nil, tellsID, bare())
	each("has one sessionId only", "sdm-session-id-once", nil, tellsID, haveOneID())
	each("has the value of a cookie in sessionId", "sdm-session-id-is-cookie", nil,
		func(e *exchange.Exchange) bool { return tellsID(e) && bringsNoCookie(e) }, Meet("Set-Cookie: <name>=<sessionId>",
			func(e *exchange.Exchange) bool {
				return slices.ContainsFunc(e.Cookies(), func(c exchange.Cookie) bool { return carries(c, sessionID(e)) })
			}, Shown))
	ofCookie := func(expected string, met func(*exchange.Exchange, exchange.Cookie) bool) types.GomegaMatcher {
		return Meet(expected, func(e *exchange.Exchange) bool {
			c, tells := sessionCookie(ev.Target().Target, e)
			return !tells || met(e, c)
		}, func(e *exchange.Exchange) string {
			c, _ := sessionCookie(ev.Target().Target, e)
			return "Set-Cookie: " + c.Line
		})
	}
	for _, a := range [][2]string{{"HttpOnly", "sdm-cookie-http-only"}, {"Secure", "sdm-cookie-secure"}} {
		asks := func(e *exchange.Exchange) bool { return a[0] != "Secure" || strings.HasPrefix(e.Request.URL, "https:") }
		each("sets a session cookie that is "+a[0], a[1], nil,
			func(e *exchange.Exchange) bool { return bringsNoCookie(e) && asks(e) },
			ofCookie("a session cookie that is "+a[0], func(e *exchange.Exchange, c exchange.Cookie) bool {
				_, has := c.Attribute(a[0])
				return has || !asks(e)
			}))
	}
	each("sets a session cookie that reaches the next call", "sdm-cookie-reaches-calls", nil,
		func(e *exchange.Exchange) bool { t := ev.Target(); return !t.Lacks("probe") && bringsNoCookie(e) },
		ofCookie("a session cookie that is returned with the next call",
			func(e *exchange.Exchange, c exchange.Cookie) bool {
				return c.KeptFrom(e.Request, ev.Target().URL+probePath(ev.Target().Target)) == ""
			}))
	each("has a sessionId that is not empty", "sdm-session-id-not-empty", nil,
		telling("sessionId", func(f told) bool { return f.isText }), notEmpty("sessionId"))
})

// formClause says that the answer to a login in a form can be read.
var formClause = map[*form]string{inXML: "sdm-xml-well-formed", inJSON: "sdm-json-object"}

// asked holds for logins that send the form and ask for it.
func (f *form) asked(e *exchange.Exchange) bool {
	sent := e.Request.Header
	return sent.Get("Accept") == f.mediaType && sent.Get("Content-Type") == f.mediaType
}

// wanted holds for logins that ask for the form, whichever they send, where the answer can be read in it; answered
// where it is a session, too.
func (f *form) wanted(e *exchange.Exchange) bool {
	return e.Request.Header.Get("Accept") == f.mediaType && f.reads(e)
}

func (f *form) answered(e *exchange.Exchange) bool {
	return f.wanted(e) && (f != inXML || isSession(e))
}

func readableAsAsked(e *exchange.Exchange) bool { return inXML.answered(e) || inJSON.answered(e) }

// having holds for answers with the field, telling for those whose field meets the check.
func having(name string) func(*exchange.Exchange) bool {
	return telling(name, func(told) bool { return true })
}

func telling(name string, check func(told) bool) func(*exchange.Exchange) bool {
	return func(e *exchange.Exchange) bool {
		fields, _ := answerOf(e)
		f, has := fields[name]
		return has && check(f) && readableAsAsked(e)
	}
}

// tellsID holds for answers with a sessionId that is not empty.
func tellsID(e *exchange.Exchange) bool {
	return telling("sessionId", func(f told) bool { return f.isText && strings.TrimSpace(f.text) != "" })(e)
}

// bringsNoCookie holds for logins without a Cookie header: a session that goes on needs no new cookie.
func bringsNoCookie(e *exchange.Exchange) bool { return e.Request.Header.Get("Cookie") == "" }
