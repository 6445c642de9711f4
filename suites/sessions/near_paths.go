package sessions

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// ofNearPaths are the steps of NearPaths.
var ofNearPaths Steps

// nearPaths are other spellings of the path of the details, which some check for a session does not know and some
// router does.
var nearPaths = session.PathSteps(&ofNearPaths, "details ")

// NearPaths asks for the details by each of them, without a session.
var NearPaths = sessions.Scenario("ask near the documented path without a session", &ofNearPaths,
	func(ctx context.Context, t *Caller) {
		for _, near := range nearPaths {
			get(ctx, t, near.Step, near.Write(detailsPath), "", Odd())
		}
	}, After(LogIn))

var _ = sessions.Describe("Get the details of the user", func(ev *suite.Evidence) {
	for _, near := range nearPaths {
		It("shows nobody's without a session, "+near.Name, clause("sessions-details-near-paths", LogIn, Sessionless,
			NearPaths), func() {
			live(ev)
			ev.Requires("sessions-details-status-200")
			ev.Requires("sessions-details-without-session")
			Expect(ev.Of(near.Step)).To(Meet("no details of a user", func(e *exchange.Exchange) bool {
				return !e.Succeeded() || !Member(e, guidField).Exists()
			}, Outline))
		})
	}
})
