package sdm

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var (
	ofByBasic  Steps
	basicRight = ofByBasic.Step("with right Basic credentials")
	basicWrong = ofByBasic.Step("with a wrong Basic password")
	afterBasic = ofByBasic.Step("log in as the other user after it")
)

// ByBasic makes a call that needs a session with Basic credentials, of which the document says nothing. Where right
// ones open it, wrong ones must not: one of the other user's wrong passwords goes there then.
var ByBasic = sdm.Scenario("call with Basic credentials", &ofByBasic, func(t *Caller) {
	f := working(t)
	if f == nil {
		return
	}
	if !call(t, basicRight, "", Basic(t.User.Login, t.User.Password), Fresh()).Succeeded() {
		t.Omit(basicWrong, NotApplicable, "Basic credentials open nothing here")
		return
	}
	wrong, _ := clearly(t, t.OtherUser.Password)
	call(t, basicWrong, "", Basic(t.OtherUser.Login, t.Secret("wrong password", wrong)), WrongPassword("other_user"))
	logInOther(t, afterBasic, f).end(t)
}, Needs("probe", "other_user.password"), Account("other_user"))

var _ = sdm.Describe("Call that needs a session", func(ev *suite.Evidence) {
	It("is refused with a wrong Basic password", clause("sdm-session-needed", LogIn, Sessionless, ByBasic), func() {
		requireAnyLive(ev)
		ev.Requires("sdm-session-needed")
		if !ev.Of(basicRight).Succeeded() {
			suite.Skip(report.NotApplicable, "right Basic credentials open nothing: "+Outline(ev.Of(basicRight)))
		}
		Expect(ev.Of(basicWrong)).To(BeRefused())
	})
})
