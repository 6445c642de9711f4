package sessions

import (
	"slices"
	"time"
)

// fieldFaults are fields of the session's info that are not as shown.
var fieldFaults = slices.Concat(
	breaks("sessions-info-last-successful-login",
		fault("last-successful-login-absent", "lastSuccessfulLogin is absent.",
			on(at(infoCalls...), without(goodField))),
		fault("last-successful-login-renamed", "lastSuccessfulLogin is called last_successful_login.",
			on(at(infoCalls...), renamed(goodField, "last_successful_login"))),
		fault("last-successful-login-null", "lastSuccessfulLogin is null for a user who is logged in.",
			on(at(infoCalls...), as(goodField, nil))),
		fault("last-successful-login-zero", "lastSuccessfulLogin is 0 for a user who is logged in.",
			on(at(infoCalls...), as(goodField, 0))),
		fault("last-successful-login-text", "lastSuccessfulLogin is a number in a text.",
			on(at(infoCalls...), as(goodField, "1451677502000"))),
		fault("last-successful-login-date", "lastSuccessfulLogin is a date in a text.",
			on(at(infoCalls...), as(goodField, "2016-01-01T19:45:02Z"))),
		fault("last-successful-login-fraction", "lastSuccessfulLogin is not a whole number.",
			on(at(infoCalls...), as(goodField, 1451677502000.5))),
		fault("last-successful-login-negative", "lastSuccessfulLogin is negative.",
			on(at(infoCalls...), as(goodField, -1451677502000))),
		fault("token-last-successful-login-absent", "A login by token shows no lastSuccessfulLogin.",
			on(at(token), without(goodField))),
		fault("user-last-successful-login-true", "GET /session/user shows true as lastSuccessfulLogin.",
			on(at(user), as(goodField, true))),
		fault("node-last-successful-login-list", "A node's login shows lastSuccessfulLogin as a list of numbers.",
			on(at(node), as(goodField, []int{2016, 1, 1, 19, 45, 2}))),
	),
	breaks("sessions-info-last-failed-login",
		fault("last-failed-login-absent", "lastFailedLogin is absent.", on(at(infoCalls...), without(failedField))),
		fault("login-last-failed-login-absent", "A login by password shows no lastFailedLogin.",
			on(at(login), without(failedField))),
		fault("token-last-failed-login-absent", "A login by token shows no lastFailedLogin.",
			on(at(token), without(failedField))),
		fault("user-last-failed-login-absent", "GET /session/user shows no lastFailedLogin.",
			on(at(user), without(failedField))),
		fault("last-failed-login-text", "lastFailedLogin is a number in a text.",
			on(at(infoCalls...), as(failedField, "1451649601000"))),
		fault("last-failed-login-never", "lastFailedLogin is the text never.",
			on(at(infoCalls...), as(failedField, "never"))),
		fault("last-failed-login-minus-one", "lastFailedLogin is -1.", on(at(infoCalls...), as(failedField, -1))),
		fault("last-failed-login-fraction", "lastFailedLogin is not a whole number.",
			on(at(infoCalls...), as(failedField, 1451649601000.25))),
		fault("user-last-failed-login-renamed", "GET /session/user calls lastFailedLogin lastfailedlogin.",
			on(at(user), renamed(failedField, "lastfailedlogin"))),
		fault("token-last-failed-login-false", "A login by token shows false as lastFailedLogin.",
			on(at(token), as(failedField, false))),
		fault("node-last-failed-login-object", "A node's login shows lastFailedLogin as an object.",
			on(at(node), as(failedField, map[string]int{"millis": 0}))),
	),
	breaks("sessions-info-ui-time-zone",
		fault("zone-absent", "uiTimeZone is absent.", on(at(infoCalls...), without(zoneField))),
		fault("zone-empty", "uiTimeZone is empty.", on(at(infoCalls...), as(zoneField, ""))),
		fault("zone-null", "uiTimeZone is null.", on(at(infoCalls...), as(zoneField, nil))),
		fault("login-zone-renamed", "A login by password calls uiTimeZone timeZone.",
			on(at(login), renamed(zoneField, "timeZone"))),
		fault("token-zone-number", "A login by token shows uiTimeZone as minutes.", on(at(token), as(zoneField, 120))),
		fault("node-zone-absent", "A node's login shows no uiTimeZone.", on(at(node), without(zoneField))),
		fault("user-zone-object", "GET /session/user shows uiTimeZone as an object.",
			on(at(user), as(zoneField, map[string]string{"id": "UTC"}))),
	),
	breaks("sessions-info-ui-time-zone-form",
		fault("zone-of-windows", "uiTimeZone is the name that Windows gives a zone.",
			on(at(everywhere...), as(zoneField, "Central European Standard Time"))),
		fault("zone-made-up", "uiTimeZone has the form of an IANA name and is none.",
			on(at(everywhere...), as(zoneField, "Europe/Atlantis"))),
	),
	breaks("sessions-timestamps-milliseconds",
		fault("times-in-seconds", "The times count seconds.",
			on(at(everywhere...), times(func(_ *Server, t int64) any { return t / 1000 }))),
		fault("times-in-microseconds", "The times count microseconds.",
			on(at(everywhere...), times(func(_ *Server, t int64) any { return t * 1000 }))),
		fault("node-times-in-nanoseconds", "A node's login counts nanoseconds.",
			on(at(node), times(func(_ *Server, t int64) any { return t * 1000000 }))),
		fault("user-times-in-seconds", "GET /session/user counts seconds.",
			on(at(user), times(func(_ *Server, t int64) any { return t / 1000 }))),
		fault("details-times-in-seconds", "GET /session/user/details counts seconds.",
			on(at(details), times(func(_ *Server, t int64) any { return t / 1000 }))),
		fault("times-since-start", "The times count milliseconds since the server's start.",
			on(at(everywhere...), times(sinceStart))),
	),
	breaks("sessions-timestamps-not-future",
		fault("last-successful-login-in-future", "lastSuccessfulLogin lies two days ahead.",
			on(at(everywhere...), set(goodField, ahead(48*time.Hour)))),
		fault("last-failed-login-in-future", "lastFailedLogin lies a year ahead.",
			on(at(everywhere...), set(failedField, ahead(365*24*time.Hour)))),
		fault("details-last-successful-login-in-future", "The details' lastSuccessfulLogin lies a year ahead.",
			on(at(details), set(goodField, ahead(365*24*time.Hour)))),
		fault("token-last-successful-login-in-future", "A login by token shows a lastSuccessfulLogin a year ahead.",
			on(at(token), set(goodField, ahead(365*24*time.Hour)))),
	),
	breaks("sessions-timestamps-good-login",
		fault("last-successful-login-frozen", "lastSuccessfulLogin never changes.",
			on(at(everywhere...), as(goodField, 1451677502000))),
		fault("last-successful-login-only-first", "lastSuccessfulLogin is the time of the user's first login.",
			on(at(everywhere...), firstGood)),
	),
	breaks("sessions-timestamps-failed-login",
		fault("last-failed-login-frozen", "lastFailedLogin never changes.",
			on(at(everywhere...), as(failedField, 1451649601000))),
		fault("last-failed-login-always-null", "lastFailedLogin is null even after a refused login.",
			on(at(everywhere...), as(failedField, nil))),
		fault("last-failed-login-only-first", "lastFailedLogin is the time of the user's first refused login.",
			on(at(everywhere...), firstFailed)),
	),
)

// times changes both times, where there are any.
func times(how func(s *Server, right int64) any) change {
	value := func(s *Server, right any) any {
		if t, ok := right.(int64); ok {
			return how(s, t)
		}
		return right
	}
	return func(s *Server, a *answer) {
		set(goodField, value)(s, a)
		set(failedField, value)(s, a)
	}
}

// firstGood shows the first good login of an account for the last one.
func firstGood(s *Server, a *answer) { as(goodField, a.session.owner.good[0])(s, a) }

// firstFailed shows the first refused login of an account for the last one.
func firstFailed(s *Server, a *answer) {
	if failed := a.session.owner.failed; len(failed) > 0 {
		as(failedField, failed[0])(s, a)
	}
}

// sinceStart is a little more than zero, however early it is asked.
func sinceStart(s *Server, t int64) any { return max(1, t-s.started.UnixMilli()+1) }

// ahead is a time from now.
func ahead(by time.Duration) func(*Server, any) any {
	return func(s *Server, _ any) any { return s.now().Add(by).UnixMilli() }
}
