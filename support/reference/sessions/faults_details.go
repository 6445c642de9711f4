package sessions

import "strings"

const guidField = "guid"

// detailsFaults are fields of the user's details that are not as shown.
var detailsFaults = []quirk{
	fault("guid-absent", "guid is absent.",
		"sessions-details-guid", at(details), without(guidField)),
	fault("guid-empty", "guid is empty.",
		"sessions-details-guid", at(details), as(guidField, "")),
	fault("guid-null", "guid is null.",
		"sessions-details-guid", at(details), as(guidField, nil)),
	fault("guid-number", "guid is a number.",
		"sessions-details-guid", at(details), as(guidField, 42)),
	fault("guid-renamed", "guid is called id.",
		"sessions-details-guid", at(details), renamed(guidField, "id")),
	fault("guid-short", "guid is a number in a text.",
		"sessions-details-guid-uuid", at(details), as(guidField, "42")),
	fault("guid-without-hyphens", "guid is 32 hexadecimal digits without hyphens.",
		"sessions-details-guid-uuid", at(details), guid(func(g string) string { return strings.ReplaceAll(g, "-", "") })),
	fault("guid-in-braces", "guid is a UUID in braces.",
		"sessions-details-guid-uuid", at(details), guid(func(g string) string { return "{" + g + "}" })),
	fault("guid-not-hexadecimal", "guid has a UUID's form and a digit that is not hexadecimal.",
		"sessions-details-guid-uuid", at(details), guid(func(g string) string { return "g" + g[1:] })),
	fault("guid-new-each-call", "guid is new in each answer.",
		"sessions-details-guid-stable", at(details), set(guidField, func(*Server, any) any { return newUUID() })),
	fault("guid-of-session", "guid is the session's and not the user's.",
		"sessions-details-guid-stable", at(details), guidOfSession),
	fault("guid-of-somebody-else-at-times", "Every second answer to one session shows another user's guid.",
		"sessions-details-guid-stable", at(details), guidOfOtherAtTimes),

	fault("details-last-successful-login-absent", "The details' lastSuccessfulLogin is absent.",
		"sessions-details-last-successful-login", at(details), without(goodField)),
	fault("details-last-successful-login-text", "The details' lastSuccessfulLogin is a text.",
		"sessions-details-last-successful-login", at(details), as(goodField, "1451649601000")),
	fault("details-last-successful-login-null", "The details' lastSuccessfulLogin is null for a user who is logged in.",
		"sessions-details-last-successful-login", at(details), as(goodField, nil)),
	fault("details-last-failed-login-absent", "The details' lastFailedLogin is absent.",
		"sessions-details-last-failed-login", at(details), without(failedField)),
	fault("details-last-failed-login-date", "The details' lastFailedLogin is a date in a text.",
		"sessions-details-last-failed-login", at(details), as(failedField, "2016-01-01T12:00:01Z")),
	fault("details-last-failed-login-negative", "The details' lastFailedLogin is negative.",
		"sessions-details-last-failed-login", at(details), as(failedField, -1451649601000)),
	fault("details-zone-absent", "The details' uiTimeZone is absent.",
		"sessions-details-ui-time-zone", at(details), without(zoneField)),
	fault("details-zone-empty", "The details' uiTimeZone is empty.",
		"sessions-details-ui-time-zone", at(details), as(zoneField, "")),
	fault("details-zone-list", "The details' uiTimeZone is a list.",
		"sessions-details-ui-time-zone", at(details), as(zoneField, []string{"UTC"})),
	fault("details-zone-fixed", "The details' uiTimeZone is always the same zone.",
		"sessions-details-same-zone", at(details), as(zoneField, "Pacific/Chatham")),
	fault("details-of-somebody-else", "The details' guid and zone are another user's.",
		"sessions-details-same-zone", at(details), ofOther),
}

// guid changes the guid.
func guid(change func(string) string) effect {
	return set(guidField, func(_ *Server, right any) any { return change(right.(string)) })
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
	both(as(guidField, s.other.guid), as(zoneField, s.other.Zone))(s, a)
}
