package sessions

import (
	"slices"
	"time"
)

// timeFaults are times of logins that are there, and are not those of logins.
var timeFaults = slices.Concat(
	breaks("sessions-timestamps-milliseconds",
		everyAnswer.does("times-in-seconds", "counts seconds", times(counting(1, 1000))),
		everyAnswer.does("times-in-microseconds", "counts microseconds", times(counting(1000, 1))),
		nodeLogin.does("node-times-in-nanoseconds", "counts nanoseconds", times(counting(1000000, 1))),
		theUser.does("user-times-in-seconds", "counts seconds", times(counting(1, 1000))),
		theDetails.does("details-times-in-seconds", "counts seconds", times(counting(1, 1000))),
		everyAnswer.does("times-since-start", "counts milliseconds since the server's start", times(ofTime(sinceStart)))),
	breaks("sessions-timestamps-not-future",
		everyAnswer.does("last-successful-login-in-future", "has a good login two days ahead",
			set(goodField, fromNow(2*day))),
		everyAnswer.does("last-failed-login-in-future", "has a failed login a year ahead",
			set(failedField, fromNow(365*day))),
		theDetails.does("details-last-successful-login-in-future", "has a good login a year ahead",
			set(goodField, fromNow(365*day))),
		tokenLogin.does("token-last-successful-login-in-future", "has a good login a year ahead",
			set(goodField, fromNow(365*day)))),
	breaks("sessions-timestamps-good-login",
		everyAnswer.has("last-successful-login-frozen", goodField, 1451677502000),
		everyAnswer.does("last-successful-login-only-first", "has the user's first good login for the last",
			func(t *turn) { as(goodField, t.session.owner.good[0])(t) })),
	breaks("sessions-timestamps-failed-login",
		everyAnswer.has("last-failed-login-frozen", failedField, 1451649601000),
		everyAnswer.has("last-failed-login-always-null", failedField, nil),
		everyAnswer.does("last-failed-login-only-first", "has the user's first refused login for the last",
			onlyIf(func(t *turn) bool { return len(t.session.owner.failed) > 0 },
				func(t *turn) { as(failedField, t.session.owner.failed[0])(t) }))),
	breaks("sessions-timestamps-agree",
		theDetails.does("details-times-swapped", "has each time under the name of the other", swapped),
		theUser.does("user-times-swapped", "has each time under the name of the other", swapped),
		theDetails.does("details-times-frozen", "has the times of the server's start",
			times(ofTime(func(s *Server, _ int64) any { return s.started.UnixMilli() - 5000 }))),
		theUser.does("user-good-login-now", "has the time of the call as lastSuccessfulLogin",
			set(goodField, fromNow(time.Millisecond))),
		theDetails.has("details-last-failed-login-always-null", failedField, nil),
		tokenLogin.does("token-login-of-yesterday", "has a good login of a day before", set(goodField, later(-day))),
		is("every-call-moves-good-time", "Each use of a session counts as a good login.",
			used(func(s *Server, ses *session) { ses.owner.good = append(ses.owner.good, s.now().UnixMilli()+1) }))),
	breaks("sessions-timestamps-unmoved",
		everyAnswer.does("times-swapped", "has each time under the name of the other", swapped),
		everyAnswer.does("good-login-moves-failed-time", "has the last good login for the failed one, too",
			set(failedField, func(s *Server, _ any) any { return latest(s.user.good) })),
		everyAnswer.does("good-time-of-everybody", "has the good login of whoever logged in last",
			set(goodField, func(s *Server, _ any) any {
				return max(0, slices.Max(slices.Concat(s.user.good, s.other.good, s.node.good)))
			})),
		is("failed-time-of-everybody", "lastFailedLogin is that of whoever was refused last.", failedOfAll),
		is("refused-login-moves-good-time", "A refused login counts as a good one, too.",
			on(wrongPasswords.ends, func(t *turn) { t.user.good = append(t.user.good, t.now().UnixMilli()) }))),
	breaks("sessions-timestamps-now",
		everyAnswer.does("zone-in-failed-time", "adds an offset to lastFailedLogin", set(failedField, later(2*time.Hour))),
		everyAnswer.does("zone-in-times", "adds the zone's offset to the times", times(later(2*time.Hour))),
		everyAnswer.does("zone-west-in-times", "adds the offset of a zone in America", times(later(-5*time.Hour))),
		everyAnswer.does("good-login-of-last-week", "has a good login a week old", set(goodField, later(-7*day)))),
)

const day = 24 * time.Hour

// times changes both times, where there are any; ofTime makes it of what is done with one.
func times(how func(*Server, any) any) change {
	return func(t *turn) {
		set(goodField, how)(t)
		set(failedField, how)(t)
	}
}

func ofTime(how func(s *Server, right int64) any) func(*Server, any) any {
	return func(s *Server, right any) any {
		if t, ok := right.(int64); ok {
			return how(s, t)
		}
		return right
	}
}

// counting are times that count in other units: so many of one to a number of others.
func counting(times, per int64) func(*Server, any) any {
	return ofTime(func(_ *Server, t int64) any { return t * times / per })
}

// later moves a time, fromNow is a time so much later than now.
func later(by time.Duration) func(*Server, any) any {
	return ofTime(func(_ *Server, t int64) any { return t + by.Milliseconds() })
}

func fromNow(by time.Duration) func(*Server, any) any {
	return func(s *Server, _ any) any { return s.now().Add(by).UnixMilli() }
}

// sinceStart is a little more than zero, however early it is asked.
func sinceStart(s *Server, t int64) any { return max(1, t-s.started.UnixMilli()+1) }

// failedOfAll keeps the time of the latest refused login in one place for all, unknown users too.
func failedOfAll(s *Server) {
	var latest any
	on(ends([]call{login, node}, wrongPassword, unknownLogin, wrongNode),
		func(t *turn) { latest = t.now().UnixMilli() })(s)
	on(shown, set(failedField, func(*Server, any) any { return latest }))(s)
}

// swapped puts each time under the name of the other; a good one stands for both where there is no other.
func swapped(t *turn) {
	good, failed := t.fields.value(goodField), t.fields.value(failedField)
	if failed == nil {
		failed = good
	}
	as(goodField, failed)(t)
	as(failedField, good)(t)
}
