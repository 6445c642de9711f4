package sessions

import (
	"bytes"
	"slices"
)

// contentFaults are media types and contents that are not as documented, whatever the fields say.
var contentFaults = slices.Concat(
	breaks("sessions-info-media-type",
		passwordLogin.labels("login-media-type-text", "text/plain; charset=utf-8"),
		passwordLogin.labels("login-media-type-absent", ""),
		tokenLogin.labels("token-media-type-html", "text/html"),
		nodeLogin.labels("node-media-type-bytes", "application/octet-stream"),
		theUser.labels("user-media-type-vendor", "application/vnd.storware+json"),
		theUser.labels("user-media-type-jsonp", "application/jsonp")),
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
		theUser.does("user-content-utf-16", "is written in UTF-16", rewritten(utf16Bytes))),
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
		theStatus.does("status-500", "is answered 500", answered(500))),
	breaks("sessions-user-status-200", answers("user-status", "GET /session/user", at(user), 201, 206)),
	breaks("sessions-details-status-200",
		theDetails.does("details-status-202", "is answered 202", answered(202)),
		theDetails.does("details-status-404", "is answered 404", answered(404), nothing)),
	breaks("sessions-logout-status-201",
		answers("logout-status", "A logout", at(logout), 200, 204),
		aLogout.does("logout-redirects", "ends the session and redirects to a login page", redirected),
		aLogout.does("logout-refused", "with a live session ends it and is answered 401", answered(401))),
	breaks("sessions-logout-no-content",
		aLogout.does("logout-with-object", "has an empty JSON object as content", content("{}")),
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
