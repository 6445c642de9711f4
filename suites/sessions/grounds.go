package sessions

import (
	"github.com/onsi/gomega/types"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// When clauses hold for the specs that build on them. Specs judge by the same matchers, and where they build on a
// clause they name it. Of a status it is enough that the call worked.
var (
	_ = sessions.Holds("sessions-login-sets-cookie", openSession(), secondLogin)
	_ = sessions.Holds("sessions-node-opens", BeSuccess())
	_ = sessions.Holds("sessions-node-wrong-credentials", BeRefused())
	_ = sessions.HoldsBy("sessions-login-wrong-password", leaveNothing, wrongPassword)
	_ = sessions.Holds("sessions-login-password-whole", BeRefused(), lastCharacter)
	_ = sessions.Holds("sessions-login-unknown-login", BeRefused())

	_ = sessions.Holds("sessions-user-status-200", BeSuccess(), currentUser)
	_ = sessions.Holds("sessions-user-without-session", BeRefused(), userWithout)
	_ = sessions.Holds("sessions-user-invented-session", BeRefused(), userInvented)
	_ = sessions.Holds("sessions-details-status-200", BeSuccess(), details)
	_ = sessions.Holds("sessions-details-without-session", BeRefused(), detailsWithout)
	_ = sessions.Holds("sessions-details-invented-session", BeRefused(), detailsInvented)
	_ = sessions.Holds("sessions-logout-status-201", BeSuccess(), loggedOut)

	_ = sessions.HoldsBy("sessions-login-whose-session", func(ev *suite.Evidence) types.GomegaMatcher {
		return haveAnotherGUID(ev.Of(details))
	}, otherDetails)

	_ = sessions.Holds("sessions-info-json", beJSONText())
	_ = sessions.Holds("sessions-info-object", holdInfo())
	_ = sessions.Holds("sessions-info-last-successful-login", haveGoodLogin())
	_ = sessions.Holds("sessions-info-last-failed-login", haveNoOther(failedField))
	_ = sessions.Holds("sessions-info-ui-time-zone", haveZone())
	_ = sessions.Holds("sessions-details-json", beJSONText())
	_ = sessions.Holds("sessions-details-object", holdInfo())
	_ = sessions.Holds("sessions-details-last-successful-login", haveGoodLogin())
	_ = sessions.Holds("sessions-details-last-failed-login", haveNoOther(failedField))
	_ = sessions.Holds("sessions-details-ui-time-zone", haveZone())
	_ = sessions.Holds("sessions-details-guid", haveGUID())
	_ = sessions.Holds("sessions-timestamps-milliseconds", countMilliseconds())
)
