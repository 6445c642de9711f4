package sdm

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// When clauses hold for the specs that build on them. Specs judge by the same matchers, and where they build on a
// clause they name it.
var (
	_ = sdm.Holds("sdm-login-xml", openSession(), inXML.Login)
	_ = sdm.Holds("sdm-login-json", openSession(), inJSON.Login)
	_ = sdm.Holds("sdm-session-cookie", setCookie())
	_ = sdm.Holds("sdm-session-authenticates", BeSuccess())
	_ = sdm.Holds("sdm-session-lasts", BeSuccess())
	_ = sdm.Holds("sdm-session-needed", BeRefused(), withoutSession)
	_ = sdm.Holds("sdm-session-invented", BeRefused())
	_ = sdm.Holds("sdm-logout", HaveStatus(200, 204), loggedOut)

	_ = sdm.Holds("sdm-xml-media-type", HaveMediaType(mediaTypes[inXML]...))
	_ = sdm.Holds("sdm-json-media-type", HaveMediaType(mediaTypes[inJSON]...))
	_ = sdm.Holds("sdm-xml-encoding", DecodeAsXML())
	_ = sdm.Holds("sdm-xml-well-formed", BeWellFormedXML())
	_ = sdm.Holds("sdm-xml-root", haveRoot())
	_ = sdm.Holds("sdm-json-object", beObject())
	_ = sdm.Holds("sdm-field-idle-timeout", there("idleTimeout"))
	_ = sdm.Holds("sdm-field-server-info", there("serverInfo"))
	_ = sdm.Holds("sdm-field-session-id", there("sessionId"))
	_ = sdm.Holds("sdm-field-user-group", there("userGroup"))
	_ = sdm.Holds("sdm-field-user-name", there("userName"))
	_ = sdm.Holds("sdm-field-valid-until", there("validUntil"))
	_ = sdm.Holds("sdm-idle-timeout-number", number())
	_ = sdm.Holds("sdm-user-name-is-user", Meet("the userName of who logged in", func(e *exchange.Exchange) bool {
		fields, _ := answerOf(e)
		return !fields["userName"].isText || e.Notes[userNote] != ""
	}, Shown))
	_ = sdm.Holds("sdm-session-id-not-empty", notEmpty("sessionId"))

	// Refused by whichever status.
	_ = sdm.Holds("sdm-wrong-password", BeRefused())
	_ = sdm.Holds("sdm-unknown-user", BeRefused())
	_ = sdm.Holds("sdm-user-name-missing", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-password-missing", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-credentials-missing", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-body-empty", HaveStatus(400, 401))
	_ = sdm.Holds("sdm-body-wrong-root", HaveStatus(400, 401))
)

// openSession is met by a 2xx that carries a session, in a sessionId or in a cookie. A page for people carries none,
// though many a server gives a cookie to whoever looks at it.
func openSession() types.GomegaMatcher {
	return InShell("opens sessionId", Meet("a status 2xx with a session cookie or a sessionId",
		func(e *exchange.Exchange) bool {
			return e.Succeeded() && !page.Match(e.Body()) &&
				(slices.ContainsFunc(e.Cookies(), isSet) || sessionID(e) != "")
		}, Outline))
}

// page is how a page in HTML begins.
var page = regexp.MustCompile(`(?i)^\s*<(!doctype\s+html|html)[\s>]`)

// isSet says that a cookie has a name and a value.
func isSet(c exchange.Cookie) bool { return c.Name != "" && unquoted(c.Value) != "" }

func setCookie() types.GomegaMatcher {
	return InShell("cookie-any", HaveAnyCookie("Set-Cookie: <name>=<value>, neither of them empty", isSet))
}

// opened is a form's login, where it opened a session.
func opened(ev *suite.Evidence, f *form) *exchange.Exchange {
	ev.Requires(f.Clause)
	return ev.Of(f.Login)
}

// cookied is a form's login, where it set a cookie.
func cookied(ev *suite.Evidence, f *form) *exchange.Exchange {
	login := opened(ev, f)
	ev.Requires("sdm-session-cookie", login)
	return login
}

// readable is a form's login, where its answer can be read.
func readable(ev *suite.Evidence, f *form) *exchange.Exchange {
	login := opened(ev, f)
	if f == inXML {
		ev.Requires("sdm-xml-encoding", login)
		ev.Requires("sdm-xml-well-formed", login)
	} else {
		ev.Requires("sdm-json-object", login)
	}
	return login
}

// reads says whether a body can be read in the form.
func (f *form) reads(e *exchange.Exchange) bool {
	if f == inXML {
		_, err := ParseXML(e)
		return err == nil
	}
	value, ok := readJSON(e)
	return ok && value.IsObject()
}

// beReadable is met by a body in the form.
func beReadable(f *form) types.GomegaMatcher {
	if f == inXML {
		return BeWellFormedXML()
	}
	return beObject()
}

// mixed is the answer to a login in one form that asks for the other, where it has that one: no server need give it.
func mixed(ev *suite.Evidence, sent, wanted *form) *exchange.Exchange {
	opened(ev, sent)
	e := ev.Of(sent.mixed)
	if !e.Succeeded() || !wanted.reads(e) {
		suite.Skip(report.NotApplicable, "the answer is not in "+wanted.Name+": whether it follows Accept is the matter "+
			"of sdm-accept-decides, which is extra")
	}
	return e
}

// anyForm is the first form in which a login succeeded, or else the first that the target offers.
func anyForm(ev *suite.Evidence) *form {
	for _, f := range forms {
		if ev.Optional(f.Login).Succeeded() {
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

// requireAnyLogin ends the spec where no login succeeds at all: being refused by who refuses everybody proves nothing.
func requireAnyLogin(ev *suite.Evidence) { opened(ev, anyForm(ev)) }

// used is the first call with the session of a form's login, where it tells of the session. It does not where the probe
// itself is not there, or not for this user.
func used(ev *suite.Evidence, f *form) *exchange.Exchange {
	if t := ev.Target(); t.Lacks("probe") {
		suite.Skip(report.Unsupported, fmt.Sprintf("targets.yaml declares that %s is without probe", t.Name))
	}
	cookied(ev, f)
	use := ev.Of(f.Use)
	switch use.Status() {
	case 404, 405:
		suite.Skip(report.Inconclusive, fmt.Sprintf("the probe %s is answered %s with a session: set probe in "+
			"targets.yaml to a call that the product has", ownOf(ev.Target().Target).Probe, use.StatusLine()))
	case 403:
		if without := ev.Of(withoutSession); without.Status() != 403 {
			suite.Skip(report.Inconclusive, fmt.Sprintf("the probe %s is answered %s with a session and %s without: "+
				"the user seems not to be permitted; set probe in targets.yaml to a call that is",
				ownOf(ev.Target().Target).Probe, use.StatusLine(), without.StatusLine()))
		}
	}
	return use
}

// live is a form's login, where its session authenticates.
func live(ev *suite.Evidence, f *form) *exchange.Exchange {
	ev.Requires("sdm-session-authenticates", used(ev, f))
	return ev.Of(f.Login)
}

// requireAnyLive ends the spec where no session of any form authenticates.
func requireAnyLive(ev *suite.Evidence) {
	for _, f := range forms {
		if ev.Optional(f.Use).Succeeded() {
			return
		}
	}
	live(ev, anyForm(ev))
}

// beObject is met by a body that is one JSON object in UTF-8.
func beObject() types.GomegaMatcher {
	return InShell("json-object", Meet("one well-formed JSON object in UTF-8", inJSON.reads, Shown))
}
