package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
	"session-conformance/support/vary"
)

var (
	ofByBasic  Steps
	basicRight = ofByBasic.Step("user with right Basic credentials")
	basicWrong = ofByBasic.Step("user with a wrong Basic password")
	afterBasic = ofByBasic.Step("log in as the other user after it")
)

// ByBasic asks for the user with Basic credentials, of which the document says nothing. Where right ones are answered,
// wrong ones must not be: one of the other user's wrong passwords goes there then.
var ByBasic = sessions.Scenario("ask with Basic credentials", &ofByBasic, func(t *Caller) {
	e := get(t, basicRight, userPath, "", Basic(t.User.Login, t.User.Password), Fresh())
	if !e.Succeeded() {
		t.Omit(basicWrong, NotApplicable, "Basic credentials open nothing here")
		return
	}
	t.Opened(Session{Account: "user", Cookie: e.CookieHeader()})
	wrong := t.Secret("wrong password", vary.Another(t.OtherUser.Password))
	get(t, basicWrong, userPath, "", Basic(t.OtherUser.Login, wrong), WrongPassword("other_user"))
	good(t, otherWay, afterBasic)
}, Needs(otherWay.Needs...), After(LogIn), Account("other_user"))

var _ = sessions.Describe("Get the user of the session", func(ev *suite.Evidence) {
	It("refuses a wrong Basic password", clause("sessions-user-without-session", LogIn, Sessionless, ByBasic), func() {
		live(ev)
		ev.Requires("sessions-user-status-200")
		ev.Requires("sessions-user-without-session")
		if !ev.Of(basicRight).Succeeded() {
			suite.Skip(report.NotApplicable, "right Basic credentials open nothing: "+Outline(ev.Of(basicRight)))
		}
		Expect(ev.Of(basicWrong)).To(BeRefused())
	})
})
