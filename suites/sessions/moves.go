package sessions

import (
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// The good logins that are compared here, in their order: the control's first one; after a wrong password, a second
// one; after further wrong passwords, the last one. They lie apart, so each time has had time to move (see apart),
// whether lastSuccessfulLogin is that of the login itself or of the one before.
var _ = sessions.Describe("The times of logins", func(ev *suite.Evidence) {
	timed := func(clause, field string, logins ...*exchange.Exchange) {
		for _, e := range logins {
			ev.Requires("sessions-info-object", ev.Accepted("sessions-login-opens", e))
			ev.RequiresPart(clause, e, haveNoOther(field))
		}
	}
	It("show a later lastSuccessfulLogin after a good login", clause("sessions-timestamps-good-login", LogIn,
		RefusedLogins), func() {
		loggedIn(ev)
		first, last := ev.Of(firstLogin), ev.Of(goodAtLast)
		timed("sessions-info-last-successful-login", goodField, first, last)
		skipWholeMinutes(goodField, first, last)
		ev.Requires("sessions-info-last-successful-login", last)
		Expect(last).To(haveLater(goodField, first))
	})
	It("show a later lastFailedLogin after a wrong password", clause("sessions-timestamps-failed-login", LogIn,
		RefusedLogins), func() {
		loggedIn(ev)
		second, last := ev.Of(goodAfterOne), ev.Of(goodAtLast)
		timed("sessions-info-last-failed-login", failedField, second, last)
		skipWholeMinutes(failedField, second, last)
		ev.RequiresPart("sessions-login-wrong-password", ev.Of(wrongPassword), BeRefused())
		if len(refused(ev, otherCase)) == 0 {
			ev.Requires("sessions-login-password-whole")
		}
		Expect(last).To(haveLater(failedField, second))
	})
})

// What the two times promise of each other, of the answers that show them, and of the clock.
var _ = sessions.Describe("The times of logins", func(ev *suite.Evidence) {
	both := func(e *exchange.Exchange) *exchange.Exchange {
		ev.Requires("sessions-info-object", e)
		ev.RequiresPart("sessions-info-last-successful-login", e, haveNoOther(goodField))
		ev.Requires("sessions-info-last-failed-login", e)
		return e
	}
	It("are the same in a login and in the call about its user", clause("sessions-timestamps-agree", LogIn), func() {
		login := both(loggedIn(ev))
		Expect(both(userAnswer.of(ev)[0])).To(haveTimesOf(login, goodField, failedField))
	})
	It("are the same in the call about the user and in the details", clause("sessions-timestamps-agree", LogIn), func() {
		agree := func(user, of *exchange.Exchange) {
			both(user)
			ev.Requires("sessions-details-object", of)
			ev.RequiresPart("sessions-details-last-successful-login", of, haveNoOther(goodField))
			ev.Requires("sessions-details-last-failed-login", of)
			Expect(of).To(haveTimesOf(user, goodField, failedField))
		}
		agree(userAnswer.of(ev)[0], detailsAnswer.of(ev)[0])
		if last := succeeded(ev, lastUser, lastDetails); len(last) == 2 { // when logins of the user were refused
			agree(last[0], last[1])
		}
	})
	It("keep lastFailedLogin where a login is good", clause("sessions-timestamps-unmoved", LogIn), func() {
		loggedIn(ev)
		Expect(both(ev.Of(secondLogin))).To(haveTimesOf(both(ev.Of(firstLogin)), failedField))
	})
	It("keep lastSuccessfulLogin where a login is refused", clause("sessions-timestamps-unmoved", LogIn, Moves), func() {
		ev.Requires("sessions-user-status-200", ev.Of(movesUser), ev.Of(movesAfter))
		ev.RequiresPart("sessions-login-wrong-password", ev.Of(blankBehind), BeRefused())
		Expect(both(ev.Of(movesAfter))).To(haveTimesOf(both(ev.Of(movesUser)), goodField))
	})
	It("are kept where nobody's login is refused", clause("sessions-timestamps-unmoved", LogIn, Moves), func() {
		login := both(ev.Accepted("sessions-login-opens", ev.Of(movesLogin)))
		ev.RequiresPart("sessions-login-unknown-login", ev.Of(movesNobody), BeRefused())
		ev.Requires("sessions-user-status-200", ev.Of(movesUser))
		Expect(both(ev.Of(movesUser))).To(haveTimesOf(login, goodField, failedField))
	})
	It("are kept where another user logs in", clause("sessions-timestamps-unmoved", LogIn, LogOut), func() {
		ev.Requires("sessions-user-status-200", ev.Of(lastUser))
		ev.Accepted("sessions-login-opens", ev.Of(lastOther))
		ev.Requires("sessions-user-status-200", ev.Of(userBefore))
		Expect(both(ev.Of(userBefore))).To(haveTimesOf(both(ev.Of(lastUser)), goodField, failedField))
	})
	It("are the same in a login with the token and in the call about its user", clause("sessions-timestamps-agree",
		LogIn, LogOutOfToken), func() {
		login := secondOfToken(ev)
		ev.Requires("sessions-user-status-200", ev.Of(lastTokenUser))
		Expect(both(ev.Of(lastTokenUser))).To(haveTimesOf(both(login), goodField, failedField))
	})
	It("have a lastFailedLogin of this run after a wrong password", clause("sessions-timestamps-now", LogIn,
		RefusedLogins), func() {
		loggedIn(ev)
		ev.RequiresPart("sessions-login-wrong-password", ev.Of(wrongPassword), BeRefused())
		login := both(ev.Accepted("sessions-login-opens", ev.Of(goodAtLast)))
		ev.Requires("sessions-timestamps-milliseconds", login)
		since := login.Started.Sub(ev.Of(wrongPassword).Started)
		Expect(login).To(haveNow(login, failedField, 5*time.Minute+since, "the wrong passwords, by the answer's own date"))
	})
	It("are those of the answer's own clock", clause("sessions-timestamps-now", LogIn), func() {
		login := loggedIn(ev)
		ev.Requires("sessions-info-last-successful-login", login)
		ev.Requires("sessions-timestamps-milliseconds", login)
		Expect(login).To(haveNow(login, goodField, 5*time.Minute, "the answer's own date"))
	})
})

const (
	earliest = 1e11 // milliseconds since the epoch in 1973; 5138 in seconds
	tooLate  = 1e14 // milliseconds since the epoch in 5138; 1973 in microseconds
	// clockOff is how far ahead of the answer's own clock a time may be: it may be another server's.
	clockOff = 24 * time.Hour
)

// zoneAndTimes declares what the fields of an answer mean.
func zoneAndTimes(ev *suite.Evidence, a answer) {
	timed := func() []*exchange.Exchange {
		all := a.objects(ev)
		for _, e := range all {
			ev.RequiresPart(a.by("sessions-info-last-successful-login", "sessions-details-last-successful-login"), e,
				haveNoOther(goodField))
		}
		ev.Requires(a.by("sessions-info-last-failed-login", "sessions-details-last-failed-login"), all...)
		all = slices.DeleteFunc(all, func(e *exchange.Exchange) bool { return len(times(e)) == 0 })
		if len(all) == 0 {
			suite.Skip(report.NotApplicable, "neither field shows a time other than 0")
		}
		return all
	}
	It("counts its times in milliseconds", clause("sessions-timestamps-milliseconds", a.scenarios...), func() {
		suite.ExpectEach(timed(), countMilliseconds())
	})
	It("shows no time in the future", clause("sessions-timestamps-not-future", a.scenarios...), func() {
		all := timed()
		ev.Requires("sessions-timestamps-milliseconds", all...)
		suite.ExpectEach(all, Meet("times up to a day after the answer's own date",
			func(e *exchange.Exchange) bool { return latestOf(e) <= float64(clockOf(e).Add(clockOff).UnixMilli()) },
			func(e *exchange.Exchange) string {
				return time.UnixMilli(int64(latestOf(e))).UTC().Format(time.RFC3339) + " in " + Shown(e)
			}))
	})
	It("names its zone as IANA does or by an offset", clause("sessions-info-ui-time-zone-form", a.scenarios...), func() {
		all := a.objects(ev)
		ev.Requires(a.by("sessions-info-ui-time-zone", "sessions-details-ui-time-zone"), all...)
		suite.ExpectEach(all, HaveMember(zoneField, "the IANA name of a zone, or an offset such as GMT+02:00",
			func(v gjson.Result) bool { return isZone(v.String()) }))
	})
}
