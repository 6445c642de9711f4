package sdm

import (
	"fmt"
	"regexp"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// openSession is met by a 2xx that carries a session, in a sessionId or in a cookie. A page for people carries none, though many
// a server gives a cookie to whoever looks at it.
func openSession() types.GomegaMatcher {
	return That("a status 2xx with a session cookie or a sessionId", func(e *exchange.Exchange) (bool, string) {
		if page.Match(e.Body()) {
			return false, Outline(e)
		}
		return ElseOutline(e.Succeeded() && (slices.ContainsFunc(e.Cookies(), isSet) || sessionID(e) != ""), e)
	})
}

// page is how a page in HTML begins.
var page = regexp.MustCompile(`(?i)^\s*<(!doctype\s+html|html)[\s>]`)

// isSet says that a cookie has a name and a value.
func isSet(c exchange.Cookie) bool { return c.Name != "" && unquoted(c.Value) != "" }

func setCookie() types.GomegaMatcher {
	return HaveAnyCookie("Set-Cookie: <name>=<value>, neither of them empty", isSet)
}

// opened is a form's login, where it opened a session.
func opened(ev *suite.Evidence, f *form) *exchange.Exchange {
	GinkgoHelper()
	login := ev.Of(LogIn, loginStep(f))
	ev.Given(f.clause, login, openSession())
	return login
}

// cookied is a form's login, where it set a cookie.
func cookied(ev *suite.Evidence, f *form) *exchange.Exchange {
	GinkgoHelper()
	login := opened(ev, f)
	ev.Given("sdm-session-cookie", login, setCookie())
	return login
}

// readable is a form's login, where its answer can be read.
func readable(ev *suite.Evidence, f *form) *exchange.Exchange {
	GinkgoHelper()
	login := opened(ev, f)
	if f == inXML {
		ev.Given("sdm-xml-encoding", login, DecodeAsXML())
		ev.Given("sdm-xml-well-formed", login, BeWellFormedXML())
	} else {
		ev.Given("sdm-json-object", login, beObject())
	}
	return login
}

// anyForm is the first form in which a login succeeded, or else the first that the target offers.
func anyForm(ev *suite.Evidence) *form {
	for _, f := range forms {
		if find(ev, loginStep(f)).Succeeded() {
			return f
		}
	}
	for _, f := range forms {
		t := ev.Target()
		if !t.Lacks(f.feature) {
			return f
		}
	}
	return inXML
}

// find is a step of the control, nil where it is not there: no reason to end a spec.
func find(ev *suite.Evidence, step string) *exchange.Exchange {
	for _, e := range ev.All(LogIn, step) {
		if e.Step == step {
			return e
		}
	}
	return nil
}

// givenAnyLogin ends the spec where no login succeeds at all: being refused by who refuses everybody proves nothing.
func givenAnyLogin(ev *suite.Evidence) {
	GinkgoHelper()
	opened(ev, anyForm(ev))
}

// used is the first call with the session of a form's login, where it tells of the session. It does not where the probe itself
// is not there, or not for this user.
func used(ev *suite.Evidence, f *form) *exchange.Exchange {
	GinkgoHelper()
	if t := ev.Target(); t.Lacks("probe") {
		suite.Skip(report.Unsupported, fmt.Sprintf("targets.yaml declares that %s is without probe", t.Name))
	}
	cookied(ev, f)
	use := ev.Of(LogIn, useStep(f))
	switch use.Status() {
	case 404, 405:
		suite.Skip(report.Inconclusive, fmt.Sprintf("the probe %s is answered %s with a session: set probe in targets.yaml to a call that the product has", ev.Target().Probe, use.StatusLine()))
	case 403:
		if without := ev.Of(Sessionless, withoutStep); without.Status() != 403 {
			suite.Skip(report.Inconclusive, fmt.Sprintf("the probe %s is answered %s with a session and %s without: the user seems not to be permitted; set probe in targets.yaml to a call that is",
				ev.Target().Probe, use.StatusLine(), without.StatusLine()))
		}
	}
	return use
}

// live is a form's login, where its session authenticates.
func live(ev *suite.Evidence, f *form) *exchange.Exchange {
	GinkgoHelper()
	ev.Given("sdm-session-authenticates", used(ev, f), BeSuccess())
	return ev.Of(LogIn, loginStep(f))
}

// givenAnyLive ends the spec where no session of any form authenticates.
func givenAnyLive(ev *suite.Evidence) {
	GinkgoHelper()
	for _, f := range forms {
		if find(ev, useStep(f)).Succeeded() {
			return
		}
	}
	live(ev, anyForm(ev))
}

// beObject is met by a body that is one JSON object in UTF-8.
func beObject() types.GomegaMatcher {
	return That("one well-formed JSON object in UTF-8", func(e *exchange.Exchange) (bool, string) {
		value, ok := readJSON(e)
		return ElseBody(ok && value.IsObject(), e)
	})
}
