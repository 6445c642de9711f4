package sessions

import (
	"slices"
	"strings"
)

// detailsFaults are fields of the user's details that are not as shown.
var detailsFaults = slices.Concat(
	breaks("sessions-details-guid",
		fault("guid-absent", "guid is absent.", on(at(details), without(guidField))),
		fault("guid-empty", "guid is empty.", on(at(details), as(guidField, ""))),
		fault("guid-null", "guid is null.", on(at(details), as(guidField, nil))),
		fault("guid-number", "guid is a number.", on(at(details), as(guidField, 42))),
		fault("guid-renamed", "guid is called id.", on(at(details), renamed(guidField, "id"))),
	),
	breaks("sessions-details-guid-uuid",
		fault("guid-short", "guid is a number in a text.", on(at(details), as(guidField, "42"))),
		fault("guid-without-hyphens", "guid is 32 hexadecimal digits without hyphens.",
			on(at(details), guid(func(g string) string { return strings.ReplaceAll(g, "-", "") }))),
		fault("guid-in-braces", "guid is a UUID in braces.",
			on(at(details), guid(func(g string) string { return "{" + g + "}" }))),
		fault("guid-not-hexadecimal", "guid has a UUID's form and a digit that is not hexadecimal.",
			on(at(details), guid(func(g string) string { return "g" + g[1:] }))),
	),
	breaks("sessions-details-guid-stable",
		fault("guid-new-each-call", "guid is new in each answer.",
			on(at(details), set(guidField, func(*Server, any) any { return newUUID() }))),
		fault("guid-of-session", "guid is the session's and not the user's.", on(at(details), guidOfSession)),
		fault("guid-of-somebody-else-at-times", "Every second answer to one session shows another user's guid.",
			on(at(details), guidOfOtherAtTimes)),
	),
	breaks("sessions-details-last-successful-login",
		fault("details-last-successful-login-absent", "The details' lastSuccessfulLogin is absent.",
			on(at(details), without(goodField))),
		fault("details-last-successful-login-zero", "The details' lastSuccessfulLogin is 0 for a user who is logged in.",
			on(at(details), as(goodField, 0))),
		fault("details-last-successful-login-text", "The details' lastSuccessfulLogin is a text.",
			on(at(details), as(goodField, "1451649601000"))),
		fault("details-last-successful-login-null",
			"The details' lastSuccessfulLogin is null for a user who is logged in.",
			on(at(details), as(goodField, nil))),
	),
	breaks("sessions-details-last-failed-login",
		fault("details-last-failed-login-absent", "The details' lastFailedLogin is absent.",
			on(at(details), without(failedField))),
		fault("details-last-failed-login-date", "The details' lastFailedLogin is a date in a text.",
			on(at(details), as(failedField, "2016-01-01T12:00:01Z"))),
		fault("details-last-failed-login-negative", "The details' lastFailedLogin is negative.",
			on(at(details), as(failedField, -1451649601000))),
	),
	breaks("sessions-details-ui-time-zone",
		fault("details-zone-absent", "The details' uiTimeZone is absent.", on(at(details), without(zoneField))),
		fault("details-zone-empty", "The details' uiTimeZone is empty.", on(at(details), as(zoneField, ""))),
		fault("details-zone-list", "The details' uiTimeZone is a list.",
			on(at(details), as(zoneField, []string{"UTC"}))),
	),
	breaks("sessions-details-same-zone",
		fault("details-zone-fixed", "The details' uiTimeZone is always the same zone.",
			on(at(details), as(zoneField, "Pacific/Chatham"))),
		fault("details-of-somebody-else", "The details' guid and zone are another user's.", on(at(details), ofOther)),
	),
)

// guid changes the guid.
func guid(how func(string) string) change {
	return set(guidField, func(_ *Server, right any) any { return how(right.(string)) })
}

func guidOfSession(s *Server, a *answer) {
	if a.session != nil {
		as(guidField, a.session.guid)(s, a)
	}
}

func guidOfOtherAtTimes(s *Server, a *answer) {
	if a.session != nil && a.session.asked%2 == 0 {
		as(guidField, s.other.guid)(s, a)
	}
}

func ofOther(s *Server, a *answer) {
	as(guidField, s.other.guid)(s, a)
	as(zoneField, s.other.Zone)(s, a)
}
