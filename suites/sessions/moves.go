package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// The good logins that are compared here, in their order: the control's first one; after a wrong password, a second one; after further
// wrong passwords, the last one. They lie apart, so each time has had time to move (see apart), whether lastSuccessfulLogin is that of
// the login itself or of the one before.
var _ = sessions.Describe("The times of logins", func(ev *suite.Evidence) {
	timed := func(clause, field string, logins ...*exchange.Exchange) {
		GinkgoHelper()
		for _, e := range logins {
			ev.Requires("sessions-info-object", ev.Accepted("sessions-login-opens", e))
			ev.RequiresPart(clause, e, HaveMember(field, "a time or null", isTimeOrNull))
		}
	}
	It("show a later lastSuccessfulLogin after a good login", clause("sessions-timestamps-good-login", LogIn, RefusedLogins), func() {
		loggedIn(ev)
		first, last := ev.Of(firstLogin), ev.Of(goodAfterOthers)
		timed("sessions-info-last-successful-login", goodField, first, last)
		ev.Requires("sessions-info-last-successful-login", last)
		Expect(last).To(haveLater(goodField, first))
	})
	It("show a later lastFailedLogin after a wrong password", clause("sessions-timestamps-failed-login", LogIn, RefusedLogins), func() {
		loggedIn(ev)
		second, last := ev.Of(goodAfterOne), ev.Of(goodAfterOthers)
		timed("sessions-info-last-failed-login", failedField, second, last)
		ev.RequiresPart("sessions-login-wrong-password", ev.Of(wrongPassword), BeRefused())
		if len(refused(ev, otherCase)) == 0 {
			ev.Requires("sessions-login-password-whole")
		}
		Expect(last).To(haveLater(failedField, second))
	})
})

// haveLater is met by an answer whose field is later than that of an earlier answer, where null is earlier than all.
func haveLater(field string, earlier *exchange.Exchange) types.GomegaMatcher {
	before := Member(earlier, field)
	return HaveMember(field, "later than "+suite.TextOr(before.Raw, "none")+" of the earlier login", func(v gjson.Result) bool {
		return v.Type == gjson.Number && v.Float() > before.Float()
	})
}
