package sessions

import "time"

// The fields that the logins, GET /session/user and its details share.
const (
	goodField   = "lastSuccessfulLogin"
	failedField = "lastFailedLogin"
	zoneField   = "uiTimeZone"
)

// fieldFaults are fields of the session's info that are not as shown.
var fieldFaults = []quirk{
	fault("last-successful-login-absent", "lastSuccessfulLogin is absent.",
		"sessions-info-last-successful-login", at(infoCalls...), without(goodField)),
	fault("last-successful-login-renamed", "lastSuccessfulLogin is called last_successful_login.",
		"sessions-info-last-successful-login", at(infoCalls...), renamed(goodField, "last_successful_login")),
	fault("last-successful-login-null", "lastSuccessfulLogin is null for a user who is logged in.",
		"sessions-info-last-successful-login", at(infoCalls...), as(goodField, nil)),
	fault("last-successful-login-text", "lastSuccessfulLogin is a number in a text.",
		"sessions-info-last-successful-login", at(infoCalls...), as(goodField, "1451677502000")),
	fault("last-successful-login-date", "lastSuccessfulLogin is a date in a text.",
		"sessions-info-last-successful-login", at(infoCalls...), as(goodField, "2016-01-01T19:45:02Z")),
	fault("last-successful-login-fraction", "lastSuccessfulLogin is not a whole number.",
		"sessions-info-last-successful-login", at(infoCalls...), as(goodField, 1451677502000.5)),
	fault("last-successful-login-negative", "lastSuccessfulLogin is negative.",
		"sessions-info-last-successful-login", at(infoCalls...), as(goodField, -1451677502000)),
	fault("token-last-successful-login-absent", "A login by token shows no lastSuccessfulLogin.",
		"sessions-info-last-successful-login", at(token), without(goodField)),
	fault("user-last-successful-login-true", "GET /session/user shows true as lastSuccessfulLogin.",
		"sessions-info-last-successful-login", at(user), as(goodField, true)),
	fault("node-last-successful-login-list", "A node's login shows lastSuccessfulLogin as a list of numbers.",
		"sessions-info-last-successful-login", at(node), as(goodField, []int{2016, 1, 1, 19, 45, 2})),

	fault("last-failed-login-absent", "lastFailedLogin is absent.",
		"sessions-info-last-failed-login", at(infoCalls...), without(failedField)),
	fault("last-failed-login-text", "lastFailedLogin is a number in a text.",
		"sessions-info-last-failed-login", at(infoCalls...), as(failedField, "1451649601000")),
	fault("last-failed-login-never", "lastFailedLogin is the text never.",
		"sessions-info-last-failed-login", at(infoCalls...), as(failedField, "never")),
	fault("last-failed-login-minus-one", "lastFailedLogin is -1.",
		"sessions-info-last-failed-login", at(infoCalls...), as(failedField, -1)),
	fault("last-failed-login-fraction", "lastFailedLogin is not a whole number.",
		"sessions-info-last-failed-login", at(infoCalls...), as(failedField, 1451649601000.25)),
	fault("user-last-failed-login-renamed", "GET /session/user calls lastFailedLogin lastfailedlogin.",
		"sessions-info-last-failed-login", at(user), renamed(failedField, "lastfailedlogin")),
	fault("token-last-failed-login-false", "A login by token shows false as lastFailedLogin.",
		"sessions-info-last-failed-login", at(token), as(failedField, false)),
	fault("node-last-failed-login-object", "A node's login shows lastFailedLogin as an object.",
		"sessions-info-last-failed-login", at(node), as(failedField, map[string]int{"millis": 0})),

	fault("zone-absent", "uiTimeZone is absent.",
		"sessions-info-ui-time-zone", at(infoCalls...), without(zoneField)),
	fault("zone-empty", "uiTimeZone is empty.",
		"sessions-info-ui-time-zone", at(infoCalls...), as(zoneField, "")),
	fault("zone-null", "uiTimeZone is null.",
		"sessions-info-ui-time-zone", at(infoCalls...), as(zoneField, nil)),
	fault("login-zone-renamed", "A login by password calls uiTimeZone timeZone.",
		"sessions-info-ui-time-zone", at(login), renamed(zoneField, "timeZone")),
	fault("token-zone-number", "A login by token shows uiTimeZone as minutes.",
		"sessions-info-ui-time-zone", at(token), as(zoneField, 120)),
	fault("node-zone-absent", "A node's login shows no uiTimeZone.",
		"sessions-info-ui-time-zone", at(node), without(zoneField)),
	fault("user-zone-object", "GET /session/user shows uiTimeZone as an object.",
		"sessions-info-ui-time-zone", at(user), as(zoneField, map[string]string{"id": "UTC"})),
	fault("zone-of-windows", "uiTimeZone is the name that Windows gives a zone.",
		"sessions-info-ui-time-zone-form", at(everywhere...), as(zoneField, "Central European Standard Time")),
	fault("zone-made-up", "uiTimeZone has the form of an IANA name and is none.",
		"sessions-info-ui-time-zone-form", at(everywhere...), as(zoneField, "Europe/Atlantis")),

	fault("times-in-seconds", "The times count seconds.",
		"sessions-timestamps-milliseconds", at(everywhere...), times(func(_ *Server, t int64) any { return t / 1000 })),
	fault("times-in-microseconds", "The times count microseconds.",
		"sessions-timestamps-milliseconds", at(everywhere...), times(func(_ *Server, t int64) any { return t * 1000 })),
	fault("node-times-in-nanoseconds", "A node's login counts nanoseconds.",
		"sessions-timestamps-milliseconds", at(node), times(func(_ *Server, t int64) any { return t * 1000000 })),
	fault("user-times-in-seconds", "GET /session/user counts seconds.",
		"sessions-timestamps-milliseconds", at(user), times(func(_ *Server, t int64) any { return t / 1000 })),
	fault("details-times-in-seconds", "GET /session/user/details counts seconds.",
		"sessions-timestamps-milliseconds", at(details), times(func(_ *Server, t int64) any { return t / 1000 })),
	fault("times-since-start", "The times count milliseconds since the server's start.",
		"sessions-timestamps-milliseconds", at(everywhere...), times(sinceStart)),
	fault("last-successful-login-in-future", "lastSuccessfulLogin lies two days ahead.",
		"sessions-timestamps-not-future", at(everywhere...), set(goodField, ahead(48*time.Hour))),
	fault("last-failed-login-in-future", "lastFailedLogin lies a year ahead.",
		"sessions-timestamps-not-future", at(everywhere...), set(failedField, ahead(365*24*time.Hour))),
	fault("details-last-successful-login-in-future", "The details' lastSuccessfulLogin lies a year ahead.",
		"sessions-timestamps-not-future", at(details), set(goodField, ahead(365*24*time.Hour))),
	fault("token-last-successful-login-in-future", "A login by token shows a lastSuccessfulLogin a year ahead.",
		"sessions-timestamps-not-future", at(token), set(goodField, ahead(365*24*time.Hour))),

	fault("last-successful-login-frozen", "lastSuccessfulLogin never changes.",
		"sessions-timestamps-good-login", at(everywhere...), as(goodField, 1451677502000)),
	faultInCode("last-successful-login-only-first", "lastSuccessfulLogin is the time of the user's first login.",
		"sessions-timestamps-good-login"),
	fault("last-failed-login-frozen", "lastFailedLogin never changes.",
		"sessions-timestamps-failed-login", at(everywhere...), as(failedField, 1451649601000)),
	fault("last-failed-login-always-null", "lastFailedLogin is null even after a refused login.",
		"sessions-timestamps-failed-login", at(everywhere...), as(failedField, nil)),
	faultInCode("last-failed-login-only-first", "lastFailedLogin is the time of the user's first refused login.",
		"sessions-timestamps-failed-login"),
}

// times changes both times, where there are any.
func times(change func(s *Server, right int64) any) effect {
	value := func(s *Server, right any) any {
		if t, ok := right.(int64); ok {
			return change(s, t)
		}
		return right
	}
	return both(set(goodField, value), set(failedField, value))
}

// sinceStart is a little more than zero, however early it is asked.
func sinceStart(s *Server, t int64) any { return max(1, t-s.started.UnixMilli()+1) }

// ahead is a time from now.
func ahead(by time.Duration) func(*Server, any) any {
	return func(s *Server, _ any) any { return s.now().Add(by).UnixMilli() }
}
