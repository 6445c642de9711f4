package sessions

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// fieldVariants are open points about the fields, done another way.
var fieldVariants = []quirk{
	variantInCode("last-successful-login-previous", "lastSuccessfulLogin is the good login before this one."),
	variantInCode("last-successful-login-null-at-first",
		"lastSuccessfulLogin is the good login before this one, and null in an account's first."),
	variant("last-failed-login-zero", "lastFailedLogin is 0 for a user who never failed.", at(everywhere...),
		set(failedField, func(_ *Server, right any) any {
			if right == nil {
				return 0
			}
			return right
		})),
	variant("last-failed-login-yesterday", "Every account had a refused login yesterday.", at(everywhere...),
		set(failedField, func(s *Server, right any) any {
			if right == nil {
				return s.yesterday()
			}
			return right
		})),
	variant("times-of-whole-seconds", "The times are milliseconds that end with 000.", at(everywhere...),
		times(func(_ *Server, t int64) any { return t / 1000 * 1000 })),
	variant("times-of-tenths", "The times are milliseconds that end with 00.", at(everywhere...),
		times(func(_ *Server, t int64) any { return t / 100 * 100 })),
	variant("times-of-a-slow-clock", "The clock ticks every 16 ms.", at(everywhere...),
		times(func(_ *Server, t int64) any { return t / 16 * 16 })),
	variant("times-with-exponent", "The times are written with an exponent.", at(everywhere...),
		times(func(_ *Server, t int64) any { return json.RawMessage(strconv.FormatFloat(float64(t), 'E', -1, 64)) })),
	variant("times-with-decimal-point", "The times are whole numbers written with .0 behind.", at(everywhere...),
		times(func(_ *Server, t int64) any { return json.RawMessage(strconv.FormatInt(t, 10) + ".0") })),
	variant("clock-hours-ahead", "The server's clock is twelve hours ahead.", at(everywhere...),
		times(func(_ *Server, t int64) any { return t + (12 * time.Hour).Milliseconds() })),
	variant("clock-days-behind", "The server's clock is thirty days behind.", at(everywhere...),
		times(func(_ *Server, t int64) any { return t - (30 * 24 * time.Hour).Milliseconds() })),

	variant("zone-gmt-offset", "uiTimeZone is an offset such as GMT+02:00.", at(everywhere...), as(zoneField, "GMT+02:00")),
	variant("zone-bare-offset", "uiTimeZone is an offset such as +02:00.", at(everywhere...), as(zoneField, "+02:00")),
	variant("zone-utc", "uiTimeZone is UTC, as in the samples.", at(everywhere...), as(zoneField, "UTC")),
	variant("zone-etc", "uiTimeZone is one of the IANA zones below Etc.", at(everywhere...), as(zoneField, "Etc/GMT-2")),
	variant("zone-three-parts", "uiTimeZone is an IANA name of three parts.", at(everywhere...),
		as(zoneField, "America/Argentina/Buenos_Aires")),
	variant("guid-upper-case", "guid is written in capitals.", at(details), guid(strings.ToUpper)),
	variant("guid-version-1", "guid is a UUID of version 1.", at(details),
		guid(func(g string) string { return g[:14] + "1" + g[15:] })),
}
