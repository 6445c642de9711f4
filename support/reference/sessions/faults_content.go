package sessions

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"session-conformance/support/reference"
)

// contentFaults are media types and contents that are not as documented, whatever the fields say.
var contentFaults = slices.Concat(
	breaks("sessions-info-media-type",
		passwordLogin.labels("login-media-type-text", "text/plain; charset=utf-8"),
		passwordLogin.labels("login-media-type-absent", ""),
		tokenLogin.labels("token-media-type-html", "text/html"),
		nodeLogin.labels("node-media-type-bytes", "application/octet-stream"),
		theUser.labels("user-media-type-vendor", "application/vnd.storware+json"),
		theUser.labels("user-media-type-jsonp", "application/jsonp"),
		tokensUser.labels("token-session-media-type-text", "text/plain"),
		laterLogin.labels("media-type-text-after-a-refusal", "text/plain"),
		anyonesLogin.labels("login-media-type-html-for-any", "text/html")),
	breaks("sessions-details-media-type",
		theDetails.labels("details-media-type-text-json", "text/json"),
		theDetails.labels("details-media-type-absent", "")),
	breaks("sessions-info-json",
		passwordLogin.does("login-content-cut", "lacks the last brace of its JSON", rewritten(cut)),
		passwordLogin.does("login-content-absent", "has no content", nothing),
		passwordLogin.does("login-content-latin-1", "has JSON in Latin-1", inLatin1...),
		tokenLogin.does("token-content-guarded", "begins with )]}', before its JSON", around(")]}',\n", "")),
		nodeLogin.does("node-content-twice", "has its JSON twice",
			rewritten(func(right []byte) []byte { return slices.Concat(right, []byte("\n"), right) })),
		theUser.does("user-content-single-quotes", "puts its texts in single quotation marks",
			rewritten(func(right []byte) []byte { return bytes.ReplaceAll(right, []byte(`"`), []byte("'")) })),
		theUser.does("user-content-xml", "holds XML", content("<session><uiTimeZone>UTC</uiTimeZone></session>")),
		theUser.does("user-content-utf-16", "is written in UTF-16", rewritten(inUTF16)),
		laterUser.does("user-content-absent-later", "has no content", nothing),
		anyonesUser.does("user-content-html-for-any", "holds a page", content("<p>Logged in</p>"))),
	breaks("sessions-details-json",
		theDetails.does("details-content-cut", "lacks the last brace of its JSON", rewritten(cut)),
		theDetails.does("details-content-absent", "has no content", nothing),
		theDetails.does("details-content-latin-1", "has JSON in Latin-1", inLatin1...),
		theDetails.does("details-content-trailing-comma", "has a comma after its last field",
			rewritten(func(right []byte) []byte { return append(bytes.Clone(cut(right)), ",}"...) }))),
	breaks("sessions-info-object",
		anyInfo.does("info-in-array", "has its object in an array", around("[", "]")),
		passwordLogin.does("login-wrapped", "has its fields below another name", around(`{"session":`, "}")),
		tokenLogin.does("token-content-null", "holds null", content("null")),
		nodeLogin.does("node-content-text", "holds a JSON text", content(`"ok"`)),
		theUser.does("user-wrapped", "has its fields below another name", around(`{"session":`, "}"))),
	breaks("sessions-details-object",
		theDetails.does("details-in-array", "has its object in an array", around("[", "]")),
		theDetails.does("details-wrapped", "has its fields below another name", around(`{"session":`, "}"))),
)

// inUTF16 writes a text in UTF-16, the low byte first, without a mark.
func inUTF16(text []byte) []byte {
	encoded, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes(text)
	return encoded
}

func cut(right []byte) []byte { return right[:len(right)-1] }

// around writes something before and after the content.
func around(before, after string) change {
	return rewritten(func(right []byte) []byte { return slices.Concat([]byte(before), right, []byte(after)) })
}

// inLatin1 adds a name beyond ASCII and writes it in Latin-1.
var inLatin1 = []change{added("name", "Zo\u00eb"),
	rewritten(func(right []byte) []byte { return bytes.ReplaceAll(right, []byte("ë"), []byte("\xeb")) })}

// callFaults are what can go wrong with the connection status, the two calls about the user, and the logout.
var callFaults = slices.Concat(
	breaks("sessions-status-204",
		theStatus.does("status-200", "is answered 200, without content", answered(200)),
		theStatus.does("status-200-with-content", "is answered 200 with a JSON text, as the table has it",
			answered(200), content(`"OK"`)),
		theStatus.does("status-401-with-session", "is answered 401 with a live session", answered(401)),
		theStatus.does("status-500", "is answered 500", answered(500)),
		tokensStatus.does("token-session-status-200", "is answered 200", answered(200))),
	breaks("sessions-user-status-200", answers("user-status", "GET /session/user", at(user), 201, 206),
		laterUser.does("user-status-202-later", "is answered 202", answered(202)),
		laterInfo.does("user-status-202-after-a-refusal", "is answered 202", answered(202))),
	breaks("sessions-details-status-200",
		theDetails.does("details-status-202", "is answered 202", answered(202)),
		theDetails.does("details-status-404", "is answered 404", answered(404), nothing),
		laterDetails.does("details-status-500-later", "is answered 500", answered(500), nothing),
		tokensDetails.does("token-session-details-202", "is answered 202", answered(202)),
		othersDetails.does("others-details-202", "is answered 202", answered(202))),
	breaks("sessions-logout-status-201",
		answers("logout-status", "A logout", at(logout), 200, 204),
		tokensLogout.does("token-session-logout-200", "is answered 200", answered(200)),
		aLogout.does("logout-redirects", "ends the session and redirects to a login page", redirected),
		aLogout.does("logout-refused", "with a live session ends it and is answered 401", answered(401))),
	breaks("sessions-logout-no-content",
		aLogout.does("logout-with-object", "has an empty JSON object as content", content("{}")),
		tokensLogout.does("token-session-logout-with-object", "has an empty JSON object as content", content("{}")),
		aLogout.does("logout-with-text", "has a text as content", typed("text/plain"), content("Goodbye"))),
	breaks("sessions-logout-ends-session",
		is("logout-ends-nothing", "A logout ends no session.", loggedOut(func(*Server, *session) {})),
		is("logout-ends-the-other-sessions", "A logout ends the user's other sessions and not its own.",
			loggedOut(func(s *Server, ses *session) { s.endAllBut(ses.owner, ses) })),
		is("logout-only-clears-the-cookie", "A logout asks the client to drop the cookie and ends nothing.",
			loggedOut(func(*Server, *session) {}), on(at(logout), clearsCookie)),
		is("ended-session-answers-details", "An ended session still answers GET /session/user/details.",
			on(refused(details, endedSession), accepted)),
		is("ended-session-answers-status", "An ended session still answers GET /session, which needs one.",
			on(refused(status, endedSession), answered(204), nothing)),
		is("ended-session-answers-user", "An ended session still answers GET /session/user.",
			on(refused(user, endedSession), accepted))),
)

// fieldFaults are fields that are not as shown, in the session's info and in the user's details.
var fieldFaults = slices.Concat(
	breaks("sessions-info-last-successful-login",
		anyInfo.lacks("last-successful-login-absent", goodField),
		anyInfo.calls("last-successful-login-renamed", goodField, "last_successful_login"),
		anyInfo.has("last-successful-login-null", goodField, nil),
		anyInfo.has("last-successful-login-zero", goodField, 0),
		anyInfo.has("last-successful-login-text", goodField, "1451677502000"),
		anyInfo.has("last-successful-login-date", goodField, "2016-01-01T19:45:02Z"),
		anyInfo.has("last-successful-login-fraction", goodField, 1451677502000.5),
		anyInfo.has("last-successful-login-negative", goodField, -1451677502000),
		tokenLogin.lacks("token-last-successful-login-absent", goodField),
		theUser.has("user-last-successful-login-true", goodField, true),
		nodeLogin.has("node-last-successful-login-list", goodField, []int{2016, 1, 1, 19, 45, 2}),
		othersLogin.lacks("others-last-successful-login-absent", goodField)),
	breaks("sessions-info-last-failed-login",
		anyInfo.lacks("last-failed-login-absent", failedField),
		passwordLogin.lacks("login-last-failed-login-absent", failedField),
		tokenLogin.lacks("token-last-failed-login-absent", failedField),
		theUser.lacks("user-last-failed-login-absent", failedField),
		anyInfo.has("last-failed-login-text", failedField, "1451649601000"),
		anyInfo.has("last-failed-login-never", failedField, "never"),
		anyInfo.has("last-failed-login-minus-one", failedField, -1),
		anyInfo.has("last-failed-login-fraction", failedField, 1451649601000.25),
		theUser.calls("user-last-failed-login-renamed", failedField, "lastfailedlogin"),
		tokenLogin.has("token-last-failed-login-false", failedField, false),
		nodeLogin.has("node-last-failed-login-object", failedField, map[string]int{"millis": 0})),
	breaks("sessions-info-ui-time-zone",
		anyInfo.lacks("zone-absent", zoneField),
		anyInfo.has("zone-empty", zoneField, ""),
		anyInfo.has("zone-null", zoneField, nil),
		passwordLogin.calls("login-zone-renamed", zoneField, "timeZone"),
		tokenLogin.has("token-zone-number", zoneField, 120),
		nodeLogin.lacks("node-zone-absent", zoneField),
		theUser.has("user-zone-object", zoneField, map[string]string{"id": "UTC"}),
		tokensUser.lacks("token-session-zone-absent", zoneField),
		laterLogin.lacks("zone-absent-after-a-refusal", zoneField),
		othersLogin.has("others-zone-null", zoneField, nil)),
	breaks("sessions-info-ui-time-zone-form",
		everyAnswer.has("zone-of-windows", zoneField, "Central European Standard Time"),
		everyAnswer.has("zone-made-up", zoneField, "Europe/Atlantis"),
		everyAnswer.has("zone-beyond-the-earth", zoneField, "UTC+99")),
	breaks("sessions-names-once",
		anyInfo.does("info-name-twice", "has uiTimeZone twice, with two values", added(zoneField, "Etc/GMT")),
		theDetails.does("details-guid-twice", "has guid twice, with two values",
			func(t *turn) { added(guidField, t.other.guid)(t) })),

	breaks("sessions-details-guid",
		theDetails.lacks("guid-absent", guidField),
		theDetails.has("guid-empty", guidField, ""),
		theDetails.has("guid-null", guidField, nil),
		theDetails.has("guid-number", guidField, 42),
		theDetails.calls("guid-renamed", guidField, "id"),
		laterDetails.lacks("guid-absent-later", guidField),
		tokensDetails.lacks("token-session-guid-absent", guidField)),
	breaks("sessions-details-guid-uuid",
		theDetails.has("guid-short", guidField, "42"),
		theDetails.does("guid-without-hyphens", "has a guid of 32 hexadecimal digits without hyphens",
			guid(func(g string) string { return strings.ReplaceAll(g, "-", "") })),
		theDetails.does("guid-in-braces", "has a guid in braces", guid(func(g string) string { return "{" + g + "}" })),
		othersDetails.has("others-guid-short", guidField, "42"),
		theDetails.does("guid-not-hexadecimal", "has a guid in a UUID's form with a digit that is not hexadecimal",
			guid(func(g string) string { return "g" + g[1:] }))),
	breaks("sessions-details-guid-stable",
		theDetails.does("guid-new-each-call", "has a new guid each time",
			guid(func(string) string { return reference.NewUUID() })),
		theDetails.does("guid-of-session", "has the session's guid and not the user's",
			func(t *turn) { as(guidField, t.session.guid)(t) }),
		theDetails.does("guid-of-somebody-else-at-times", "has another user's guid every second time",
			guidOfOther(func(t *turn) bool { return t.session.asked%2 == 0 })),
		is("details-swap-late", "From a session's fourth answer on, the details are another user's.",
			on(at(details), guidOfOther(func(t *turn) bool { return t.session.used > 3 })), used(counts))),
	breaks("sessions-details-last-successful-login",
		theDetails.lacks("details-last-successful-login-absent", goodField),
		theDetails.has("details-last-successful-login-zero", goodField, 0),
		theDetails.has("details-last-successful-login-text", goodField, "1451649601000"),
		theDetails.has("details-last-successful-login-null", goodField, nil)),
	breaks("sessions-details-last-failed-login",
		theDetails.lacks("details-last-failed-login-absent", failedField),
		theDetails.has("details-last-failed-login-date", failedField, "2016-01-01T12:00:01Z"),
		theDetails.has("details-last-failed-login-negative", failedField, -1451649601000)),
	breaks("sessions-details-ui-time-zone",
		theDetails.lacks("details-zone-absent", zoneField),
		theDetails.has("details-zone-empty", zoneField, ""),
		theDetails.has("details-zone-list", zoneField, []string{"UTC"})),
	breaks("sessions-details-same-zone",
		theDetails.has("details-zone-fixed", zoneField, "Pacific/Chatham"),
		tokensDetails.has("token-session-details-zone-fixed", zoneField, "Pacific/Chatham"),
		theDetails.does("details-of-somebody-else", "has the guid and zone of another user", ofOther)),
	breaks("sessions-login-whose-session",
		theDetails.has("guid-of-everybody", guidField, "f8f73bf9-2445-4bce-a7dd-753be3b40a67")),
	breaks("sessions-session-same-user",
		theUser.does("user-swaps", "has another user's zone every second time",
			onlyIf(func(t *turn) bool { return t.session.asked%2 == 0 },
				func(t *turn) { as(zoneField, t.other.Zone)(t) })),
		passwordLogin.has("login-zone-of-server", zoneField, "UTC"),
		tokenLogin.has("token-zone-of-server", zoneField, "UTC"),
		anyonesLogin.has("login-zone-of-server-for-any", zoneField, "UTC"),
		theUser.of("in a user's tenth session and later ones", func(t *turn) bool { return t.session.logins >= 10 }).
			has("user-zone-of-server-later", zoneField, "UTC")),
)

// guid changes the guid.
func guid(how func(string) string) change {
	return set(guidField, func(_ *Server, right any) any { return how(right.(string)) })
}

// guidOfOther shows another user's guid where something holds, ofOther the zone, too.
func guidOfOther(holds when) change {
	return onlyIf(holds, func(t *turn) { as(guidField, t.other.guid)(t) })
}

func ofOther(t *turn) {
	as(guidField, t.other.guid)(t)
	as(zoneField, t.other.Zone)(t)
}
