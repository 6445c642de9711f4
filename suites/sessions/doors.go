package sessions

import (
	"cmp"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// aboutUser is a call that needs a session of a user.
type aboutUser struct {
	title, clause          string // clause is what its clauses' IDs begin with
	use, without, invented *Step
	later                  []*Step // further uses
	twice                  []twice
	door                   func(*noSession) *Step
}

var _ = []bool{
	aboutUser{"Get the user of the session", "sessions-user", currentUser, userWithout, userInvented,
		usesOfUser, userTwice, func(no *noSession) *Step { return no.user }}.declare(),
	aboutUser{"Get the details of the user", "sessions-details", details, detailsWithout,
		detailsInvented, usesOfDetails, detailsTwice, func(no *noSession) *Step { return no.details }}.declare(),
}

// declare declares that the call is answered with a session, and with nothing else.
func (call aboutUser) declare() bool {
	status, without, invented := call.clause+"-status-200", call.clause+"-without-session", call.clause+"-invented-session"
	sessions.Describe(call.title, func(ev *suite.Evidence) {
		It("is answered with the status 200", clause(status, LogIn, LogInByToken), func() {
			live(ev)
			all := append([]*exchange.Exchange{ev.Of(call.use)}, succeeded(ev, call.later...)...)
			suite.ExpectEach(append(all, cutShort(ev, call.twice)...), HaveStatus(200))
		})
		refuses := func(text, id string, asked *Step, needs ...string) {
			It("refuses "+text, clause(id, LogIn, Sessionless, asked.Scenario()), func() {
				live(ev)
				for _, need := range append([]string{status}, needs...) {
					ev.Requires(need)
				}
				Expect(ev.Of(asked)).To(BeRefused())
			})
		}
		refuses("a request without a session", without, call.without)
		refuses("an invented session", invented, call.invented, without)
		for _, no := range noSessions {
			if no.headers != nil {
				refuses(no.name, without, call.door(no), without)
			} else {
				refuses(no.name, cmp.Or(no.clause, invented), call.door(no), without, invented)
			}
		}
	})
	return true
}

var _ = sessions.Describe("A call without a session", func(ev *suite.Evidence) {
	for _, call := range []struct {
		name string
		step *Step
	}{{"about the user", userWithout}, {"about the user with an invented session", userInvented},
		{"about the details", detailsWithout}, {"about the details with an invented session", detailsInvented},
		{"about the connection", statusWithout},
		{"to log out", logoutWithout}, {"to log out with an invented session", logoutInvented}} {
		It("opens none: "+call.name, clause("sessions-refused-call-opens-nothing", LogIn, Sessionless, call.step.Scenario()),
			func() {
				live(ev)
				ev.Requires("sessions-user-invented-session")
				Expect(ev.Of(call.step)).To(leaveNoLive(ev))
			})
	}
})

var ofNearPaths Steps

// nearPaths are other spellings of the path of the details, which some check for a session does not know and some
// router does.
var nearPaths = session.PathSteps(&ofNearPaths, "details ")

// NearPaths asks for the details by each of them, without a session.
var NearPaths = sessions.Scenario("ask near the documented path without a session", &ofNearPaths, func(t *Caller) {
	for _, near := range nearPaths {
		get(t, near.Step, near.Write(detailsPath), "", Odd())
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

var _ = sessions.Describe("Check the connection", func(ev *suite.Evidence) {
	It("is answered with the status 204 and without content", clause("sessions-status-204", LogIn), func() {
		live(ev)
		Expect(ev.Of(status)).To(HaveStatus(204))
		Expect(ev.Of(status)).To(HaveNoContent())
	})
	It("is answered with the status 204 and without content in a session that the token opened",
		clause("sessions-status-204", LogInByToken), func() {
			withToken(ev)
			all := succeeded(ev, tokenStatus) // a token may be good for less
			suite.ExpectEach(all, HaveStatus(204))
			suite.ExpectEach(all, HaveNoContent())
		})
	It("is answered 204 or refused without a session", clause("sessions-status-without-session", LogIn, Sessionless),
		func() {
			live(ev)
			Expect(ev.Of(statusWithout)).To(InShell("status 204 4xx", Meet("the status 204, or a 4xx",
				func(e *exchange.Exchange) bool { return e.Status() == 204 || IsClientError(e) }, Outline)))
		})
})
