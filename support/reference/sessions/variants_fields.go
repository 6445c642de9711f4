package sessions

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// fieldVariants are open points about the fields, done another way.
var fieldVariants = []peculiarity{
	variant("last-successful-login-previous", "lastSuccessfulLogin is the good login before this one.",
		withHistory, on(at(everywhere...), previousGood)),
	variant("last-successful-login-null-at-first",
		"lastSuccessfulLogin is the good login before this one, and null in an account's first.",
		on(at(everywhere...), previousGood)),
	variant("last-successful-login-zero-at-first",
		"lastSuccessfulLogin is the good login before this one, and 0 in an account's first.",
		on(at(everywhere...), previousGood, set(goodField, zeroForNull))),
	variant("last-successful-login-absent-at-first",
		"lastSuccessfulLogin is the good login before this one, and absent in an account's first.",
		on(at(everywhere...), previousGood, withoutNull(goodField))),
	variant("last-failed-login-absent-at-first", "lastFailedLogin is absent for a user who never failed, as JSON-B does.",
		on(at(everywhere...), withoutNull(failedField))),
	variant("last-failed-login-absent-for-nodes",
		"A node's login shows no lastFailedLogin: nobody counts its refused ones.",
		on(at(node), without(failedField))),
	variant("last-failed-login-zero", "lastFailedLogin is 0 for a user who never failed.",
		on(at(everywhere...), set(failedField, zeroForNull))),
	variant("last-failed-login-yesterday", "Every account had a refused login yesterday.",
		on(at(everywhere...), set(failedField, func(s *Server, right any) any {
			if right == nil {
				return s.yesterday()
			}
			return right
		}))),
	variant("times-of-whole-seconds", "The times are milliseconds that end with 000.",
		on(at(everywhere...), times(func(_ *Server, t int64) any { return t / 1000 * 1000 }))),
	variant("times-of-tenths", "The times are milliseconds that end with 00.",
		on(at(everywhere...), times(func(_ *Server, t int64) any { return t / 100 * 100 }))),
	variant("times-of-whole-minutes", "The times are milliseconds of whole minutes.",
		on(at(everywhere...), times(func(_ *Server, t int64) any { return t / 60000 * 60000 }))),
	variant("times-of-a-slow-clock", "The clock ticks every 16 ms.",
		on(at(everywhere...), times(func(_ *Server, t int64) any { return t / 16 * 16 }))),
	variant("times-with-exponent", "The times are written with an exponent.",
		on(at(everywhere...), written(func(t int64) string { return strconv.FormatFloat(float64(t), 'E', -1, 64) }))),
	variant("times-with-decimal-point", "The times are whole numbers written with .0 behind.",
		on(at(everywhere...), written(func(t int64) string { return strconv.FormatInt(t, 10) + ".0" }))),
	variant("clock-hours-ahead", "The server's clock is twelve hours ahead.",
		on(at(everywhere...), clock(12*time.Hour))),
	variant("clock-days-ahead", "The server's clock is three days ahead.",
		on(at(everywhere...), clock(3*24*time.Hour))),
	variant("clock-days-behind", "The server's clock is thirty days behind.",
		on(at(everywhere...), clock(-30*24*time.Hour))),
	variant("zone-gmt-offset", "uiTimeZone is an offset such as GMT+02:00.",
		on(at(everywhere...), as(zoneField, "GMT+02:00"))),
	variant("zone-bare-offset", "uiTimeZone is an offset such as +02:00.",
		on(at(everywhere...), as(zoneField, "+02:00"))),
	variant("zone-offset-without-colon", "uiTimeZone is an offset such as +0200.",
		on(at(everywhere...), as(zoneField, "+0200"))),
	variant("zone-offset-of-hours", "uiTimeZone is an offset such as UTC+2.",
		on(at(everywhere...), as(zoneField, "UTC+2"))),
	variant("zone-z", "uiTimeZone is Z.", on(at(everywhere...), as(zoneField, "Z"))),
	variant("zone-utc", "uiTimeZone is UTC, as in the samples.", on(at(everywhere...), as(zoneField, "UTC"))),
	variant("zone-etc", "uiTimeZone is one of the IANA zones below Etc.",
		on(at(everywhere...), as(zoneField, "Etc/GMT-2"))),
	variant("zone-three-parts", "uiTimeZone is an IANA name of three parts.",
		on(at(everywhere...), as(zoneField, "America/Argentina/Buenos_Aires"))),
	variant("guid-upper-case", "guid is written in capitals.", on(at(details), guid(strings.ToUpper))),
	variant("guid-version-1", "guid is a UUID of version 1.",
		on(at(details), guid(func(g string) string { return g[:14] + "1" + g[15:] }))),
}

// zeroForNull is 0 in place of null.
func zeroForNull(_ *Server, right any) any {
	if right == nil {
		return 0
	}
	return right
}

// withoutNull leaves a field out where it is null.
func withoutNull(name string) change {
	return func(s *Server, a *answer) {
		for _, f := range a.fields {
			if f.name == name && f.value == nil {
				without(name)(s, a)
				return
			}
		}
	}
}

// clock is a clock that goes wrong by so much, in the times and in the answer's own date.
func clock(by time.Duration) change {
	return func(s *Server, a *answer) {
		shifted(by)(s, a)
		with("Date", s.now().Add(by).UTC().Format(http.TimeFormat))(s, a)
	}
}

// written writes both times another way.
func written(how func(int64) string) change {
	return times(func(_ *Server, t int64) any { return json.RawMessage(how(t)) })
}

// withHistory lets the user and the node have logged in the day before the server was started.
func withHistory(s *Server) {
	for _, a := range []*account{s.user, s.node} {
		a.good = append(a.good, s.yesterday())
	}
}

// previousGood shows the good login before the one that opened the session, or null where that was the account's first.
func previousGood(s *Server, a *answer) {
	as(goodField, latest(a.session.owner.good[:a.session.logins-1]))(s, a)
}

// yesterday is a login from before the server started, in milliseconds since the epoch.
func (s *Server) yesterday() int64 { return s.started.Add(-24 * time.Hour).UnixMilli() }
