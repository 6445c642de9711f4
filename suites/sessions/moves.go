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
	given := func(id, field string, logins ...*exchange.Exchange) {
		GinkgoHelper()
		for _, e := range logins {
			ev.Given("sessions-login-opens", e, BeSuccess())
			ev.Given("sessions-info-object", e, holdInfo())
			ev.Given(id, e, HaveMember(field, "a time or null", isTimeOrNull))
		}
	}
	It("show a later lastSuccessfulLogin after a good login", clause("sessions-timestamps-good-login", LogIn, RefusedLogins), func() {
		loggedIn(ev)
		first, last := ev.Of(LogIn, "log in"), ev.Of(RefusedLogins, "log in at last")
		given("sessions-info-last-successful-login", goodField, first, last)
		ev.Given("sessions-info-last-successful-login", last, haveGoodLogin())
		Expect(last).To(haveLater(goodField, first))
	})
	It("show a later lastFailedLogin after a wrong password", clause("sessions-timestamps-failed-login", LogIn, RefusedLogins), func() {
		loggedIn(ev)
		second, last := ev.Of(RefusedLogins, "log in after one"), ev.Of(RefusedLogins, "log in at last")
		given("sessions-info-last-failed-login", failedField, second, last)
		ev.Given("sessions-login-wrong-password", ev.Of(RefusedLogins, "wrong password"), BeRefused())
		if others := ev.All(RefusedLogins, "other case"); len(onlyRefused(others)) == 0 {
			ev.Given("sessions-login-password-whole", ev.Of(RefusedLogins, "last character"), BeRefused())
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
