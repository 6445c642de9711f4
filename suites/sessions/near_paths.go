package sessions

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// nearPaths are other spellings of the path of the details, which some check for a session does not know and some
// router does.
var nearPaths = []struct {
	name, path string
	step       *Step
}{
	{"with a slash behind", detailsPath + "/", NewStep("details with a slash behind")},
	{"with a parameter behind a semicolon", detailsPath + ";a=b", NewStep("details with a parameter behind a semicolon")},
	{"with two slashes", "/session//user/details", NewStep("details with two slashes")},
}

// NearPaths asks for the details by each of them, without a session.
var NearPaths = sessions.Scenario("ask near the documented path without a session", nearSteps(),
	func(ctx context.Context, t *Caller) {
		for _, near := range nearPaths {
			get(ctx, t, near.step, near.path, "")
		}
	}, After(LogIn))

func nearSteps() (all []*Step) {
	for _, near := range nearPaths {
		all = append(all, near.step)
	}
	return all
}

var _ = sessions.Describe("Get the details of the user", func(ev *suite.Evidence) {
	for _, near := range nearPaths {
		It("shows nobody's without a session at a path "+near.name, clause("sessions-details-near-paths", LogIn, Sessionless,
			NearPaths), func() {
			live(ev)
			ev.Requires("sessions-details-status-200")
			ev.Requires("sessions-details-without-session")
			Expect(ev.Of(near.step)).To(Meet("no details of a user", func(e *exchange.Exchange) bool {
				return !e.Succeeded() || !Member(e, guidField).Exists()
			}, Outline))
		})
	}
})
