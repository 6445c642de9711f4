package sessions

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the names of all zones, whatever the machine has

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
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
		Expect(both(userAnswer.of(ev))).To(haveTimesOf(login, goodField, failedField))
	})
	It("are the same in the call about the user and in the details", clause("sessions-timestamps-agree", LogIn), func() {
		user := both(userAnswer.of(ev))
		of := detailsAnswer.of(ev)
		ev.Requires("sessions-details-object", of)
		ev.RequiresPart("sessions-details-last-successful-login", of, haveNoOther(goodField))
		ev.Requires("sessions-details-last-failed-login", of)
		Expect(of).To(haveTimesOf(user, goodField, failedField))
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

// haveNow is met by the answer whose field is a time within about five minutes of the answer's own clock.
func haveNow(login *exchange.Exchange, field string, within time.Duration, of string) types.GomegaMatcher {
	now := clockOf(login)
	return InShell(fmt.Sprintf("near-date %s %d", field, int(within.Seconds())+1),
		HaveMember(field, "within five minutes of "+of+", "+now.Format(time.RFC3339), func(v gjson.Result) bool {
			return now.Sub(time.UnixMilli(int64(v.Float()))).Abs() <= within
		}))
}

// skipWholeMinutes ends the spec where a time is shown in whole minutes in both answers: a run does not wait for the
// next one.
func skipWholeMinutes(field string, answers ...*exchange.Exchange) {
	for _, e := range answers {
		if at := Member(e, field).Int(); at == 0 || at%60000 != 0 {
			return
		}
	}
	suite.Skip(report.NotApplicable, field+" counts whole minutes, and the logins lie closer together")
}

// clockOf is the time of an answer by its own Date, else by the clock of who asked.
func clockOf(e *exchange.Exchange) time.Time {
	if at, err := http.ParseTime(e.Header("Date")); err == nil {
		return at
	}
	return e.Started.UTC()
}

// haveTimesOf is met by an answer with the times of another one. Null and 0 both say never.
func haveTimesOf(other *exchange.Exchange, fields ...string) types.GomegaMatcher {
	var expected []string
	for _, field := range fields {
		expected = append(expected, field+": "+suite.TextOr(Member(other, field).Raw, "none"))
	}
	return InShell(fmt.Sprintf("times-of @%d %s", other.Number, strings.Join(fields, " ")),
		Meet("the times of the other answer, "+strings.Join(expected, ", "), func(e *exchange.Exchange) bool {
			for _, field := range fields {
				if Member(e, field).Float() != Member(other, field).Float() {
					return false
				}
			}
			return true
		}, Shown))
}

// haveLater is met by an answer whose field is later than that of an earlier answer, where null is earlier than all.
func haveLater(field string, earlier *exchange.Exchange) types.GomegaMatcher {
	before := Member(earlier, field)
	return InShell(fmt.Sprintf("later-than @%d %s", earlier.Number, field),
		HaveMember(field, "later than "+suite.TextOr(before.Raw, "none")+" of the earlier login",
			func(v gjson.Result) bool { return v.Type == gjson.Number && v.Float() > before.Float() }))
}

const (
	earliest = 1e11 // milliseconds since the epoch in 1973; 5138 in seconds
	tooLate  = 1e14 // milliseconds since the epoch in 5138; 1973 in microseconds
	// clockOff is how far ahead of the answer's own clock a time may be: it may be another server's.
	clockOff = 24 * time.Hour
)

// zoneAndTimes declares what the fields of an answer mean.
func zoneAndTimes(ev *suite.Evidence, a answer) {
	timed := func() *exchange.Exchange {
		e := a.of(ev)
		ev.Requires(a.by("sessions-info-object", "sessions-details-object"), e)
		ev.Requires(a.by("sessions-info-last-successful-login", "sessions-details-last-successful-login"), e)
		ev.Requires(a.by("sessions-info-last-failed-login", "sessions-details-last-failed-login"), e)
		if len(times(e)) == 0 {
			suite.Skip(report.NotApplicable, "neither field shows a time other than 0")
		}
		return e
	}
	It("counts its times in milliseconds", clause("sessions-timestamps-milliseconds", a.scenarios...), func() {
		Expect(timed()).To(countMilliseconds())
	})
	It("shows no time in the future", clause("sessions-timestamps-not-future", a.scenarios...), func() {
		e := timed()
		ev.Requires("sessions-timestamps-milliseconds", e)
		limit := clockOf(e).Add(clockOff)
		Expect(e).To(Meet("times up to "+limit.UTC().Format(time.RFC3339),
			func(e *exchange.Exchange) bool { return latestOf(e) <= float64(limit.UnixMilli()) },
			func(e *exchange.Exchange) string {
				return time.UnixMilli(int64(latestOf(e))).UTC().Format(time.RFC3339) + " in " + Shown(e)
			}))
	})
	It("names its zone as IANA does or by an offset", clause("sessions-info-ui-time-zone-form", a.scenarios...), func() {
		e := a.of(ev)
		ev.Requires(a.by("sessions-info-object", "sessions-details-object"), e)
		ev.Requires(a.by("sessions-info-ui-time-zone", "sessions-details-ui-time-zone"), e)
		Expect(e).To(HaveMember(zoneField, "the IANA name of a zone, or an offset such as GMT+02:00",
			func(v gjson.Result) bool {
				return isZone(v.String())
			}))
	})
}

// times are the times other than 0 that an answer shows.
func times(e *exchange.Exchange) []float64 {
	var found []float64
	for _, field := range []string{goodField, failedField} {
		if at := Member(e, field); at.Type == gjson.Number && at.Float() != 0 {
			found = append(found, at.Float())
		}
	}
	return found
}

func latestOf(e *exchange.Exchange) float64 { return slices.Max(times(e)) }

func countMilliseconds() types.GomegaMatcher {
	expected := fmt.Sprintf("times from %.0f to %.0f, in milliseconds since the epoch", float64(earliest),
		float64(tooLate-1))
	return InShell("milliseconds "+goodField+" "+failedField, Meet(expected, func(e *exchange.Exchange) bool {
		return !slices.ContainsFunc(times(e), func(at float64) bool { return at < earliest || at >= tooLate })
	}, Shown))
}

// isTime says that a value is a whole number that is not negative.
func isTime(v gjson.Result) bool {
	return v.Type == gjson.Number && v.Float() >= 0 && v.Float() == math.Trunc(v.Float())
}

// isNever says that a value is none, null or 0, which stand for a login that never was.
func isNever(v gjson.Result) bool {
	return v.Type == gjson.Null || v.Type == gjson.Number && v.Float() == 0
}

func haveGoodLogin() types.GomegaMatcher {
	return InShell("member "+goodField+" above-0", HaveMember(goodField, "a whole number above 0",
		func(v gjson.Result) bool { return isTime(v) && !isNever(v) }))
}

func haveFailedLogin() types.GomegaMatcher {
	return InShell("member "+failedField+" whole-or-null",
		HaveMember(failedField, "a whole number that is not negative, or null",
			func(v gjson.Result) bool { return isTime(v) || isNever(v) }))
}

// haveNoOther is met by an answer whose field is a time, or says that the login never was, by null or by its absence.
func haveNoOther(field string) types.GomegaMatcher {
	return Meet(field+" with a time, with null, or not at all", func(e *exchange.Exchange) bool {
		return isTime(Member(e, field)) || isNever(Member(e, field))
	}, Shown)
}

// offset is a distance from Greenwich, or none.
var offset = regexp.MustCompile(`^(Z|GMT|UTC|UT|(GMT|UTC|UT)?[+-]\d{1,2}(:?[0-5]\d){0,2})$`)

func isZone(name string) bool {
	if offset.MatchString(name) {
		return true
	}
	_, err := time.LoadLocation(name)
	return err == nil && !strings.EqualFold(name, "Local") && name != ""
}
