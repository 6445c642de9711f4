package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Get the user of the session", func(ev *suite.Evidence) {
	for _, no := range noSessions {
		id, requires := "sessions-user-invented-session", "sessions-user-invented-session"
		if no.headers != nil {
			id, requires = "sessions-user-without-session", "sessions-user-without-session"
		}
		It("refuses "+no.name, clause(id, LogIn, Sessionless, Doors), func() {
			live(ev)
			ev.Requires("sessions-user-status-200")
			ev.Requires("sessions-user-without-session")
			ev.Requires(requires)
			Expect(ev.Of(no.user)).To(BeRefused())
		})
	}
})

var _ = sessions.Describe("Get the details of the user", func(ev *suite.Evidence) {
	for _, no := range noSessions {
		id, requires := "sessions-details-invented-session", "sessions-details-invented-session"
		if no.headers != nil {
			id, requires = "sessions-details-without-session", "sessions-details-without-session"
		}
		It("refuses "+no.name, clause(id, LogIn, Sessionless, Doors), func() {
			live(ev)
			ev.Requires("sessions-details-status-200")
			ev.Requires("sessions-details-without-session")
			ev.Requires(requires)
			Expect(ev.Of(no.details)).To(BeRefused())
		})
	}
})

var _ = sessions.Describe("A call without a session", func(ev *suite.Evidence) {
	for _, call := range []struct {
		name string
		step *Step
	}{{"about the user", userWithout}, {"about the details with an invented session", detailsInvented},
		{"about the connection", statusWithout},
		{"to log out", logoutWithout}} {
		It("opens none: "+call.name, clause("sessions-refused-call-opens-nothing", LogIn, Sessionless, call.step.Scenario()),
			func() {
				live(ev)
				ev.Requires("sessions-user-invented-session")
				Expect(ev.Of(call.step)).To(leaveNoLive(ev))
			})
	}
})
