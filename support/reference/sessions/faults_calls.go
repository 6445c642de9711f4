package sessions

// callFaults are what can go wrong with the connection status, the two calls about the user, and the logout.
var callFaults = []quirk{
	fault("status-200", "GET /session is answered 200, without content.",
		"sessions-status-204", at(status), answered(200)),
	fault("status-200-with-content", "GET /session is answered 200 with a JSON text, as the table has it.",
		"sessions-status-204", at(status), both(answered(200), content(`"OK"`))),
	fault("status-401-with-session", "GET /session is answered 401 with a live session.",
		"sessions-status-204", at(status), answered(401)),
	fault("status-500", "GET /session is answered 500.",
		"sessions-status-204", at(status), answered(500)),

	fault("user-status-201", "GET /session/user is answered 201.",
		"sessions-user-status-200", at(user), answered(201)),
	fault("user-status-206", "GET /session/user is answered 206.",
		"sessions-user-status-200", at(user), answered(206)),
	fault("user-open-to-all", "GET /session/user answers without a session.",
		"sessions-user-without-session", refused(user, noSession), accepted),
	fault("user-without-session-200", "GET /session/user without a session is answered 200 with the words of a refusal.",
		"sessions-user-without-session", refused(user, noSession), answered(200)),
	fault("user-without-session-login-page", "GET /session/user without a session is answered 200 with a login page.",
		"sessions-user-without-session", refused(user, noSession), loginPage),
	fault("user-accepts-any-session", "GET /session/user takes any cookie for a session.",
		"sessions-user-invented-session", refused(user, inventedSession), accepted),
	fault("user-invented-session-200", "GET /session/user with an invented session is answered 200 with the words of a refusal.",
		"sessions-user-invented-session", refused(user, inventedSession), answered(200)),
	fault("user-invented-session-204", "GET /session/user with an invented session is answered 204.",
		"sessions-user-invented-session", refused(user, inventedSession), both(answered(204), nothing)),

	fault("details-status-202", "GET /session/user/details is answered 202.",
		"sessions-details-status-200", at(details), answered(202)),
	fault("details-status-404", "GET /session/user/details is answered 404.",
		"sessions-details-status-200", at(details), both(answered(404), nothing)),
	fault("details-open-to-all", "GET /session/user/details answers without a session.",
		"sessions-details-without-session", refused(details, noSession), accepted),
	fault("details-without-session-200", "GET /session/user/details without a session is answered 200 with a refusal's words.",
		"sessions-details-without-session", refused(details, noSession), answered(200)),
	fault("details-accept-any-session", "GET /session/user/details takes any cookie for a session.",
		"sessions-details-invented-session", refused(details, inventedSession), accepted),
	fault("details-invented-session-login-page", "GET /session/user/details with an invented session shows a login page.",
		"sessions-details-invented-session", refused(details, inventedSession), loginPage),

	fault("logout-status-200", "A logout is answered 200.",
		"sessions-logout-status-201", at(logout), answered(200)),
	fault("logout-status-204", "A logout is answered 204.",
		"sessions-logout-status-201", at(logout), answered(204)),
	fault("logout-refused", "A logout with a live session ends it and is answered 401.",
		"sessions-logout-status-201", at(logout), answered(401)),
	fault("logout-with-object", "A logout has an empty JSON object as content.",
		"sessions-logout-no-content", at(logout), content("{}")),
	fault("logout-with-text", "A logout has a text as content.",
		"sessions-logout-no-content", at(logout), both(typed("text/plain"), content("Goodbye"))),
	faultInCode("logout-ends-nothing", "A logout ends no session.", "sessions-logout-ends-session"),
	faultInCode("logout-ends-the-other-sessions", "A logout ends the user's other sessions and not its own.",
		"sessions-logout-ends-session"),
	fault("logout-only-clears-the-cookie", "A logout asks the client to drop the cookie and ends nothing.",
		"sessions-logout-ends-session", at(logout), clearsCookie),
	fault("ended-session-answers-details", "An ended session still answers GET /session/user/details.",
		"sessions-logout-ends-session", refused(details, endedSession), accepted),
	fault("ended-session-answers-user", "An ended session still answers GET /session/user.",
		"sessions-logout-ends-session", refused(user, endedSession), accepted),
	fault("logout-without-session-201", "A logout without a session is answered 201.",
		"sessions-logout-without-session", refused(logout, noSession), both(answered(201), nothing)),
	fault("logout-without-session-403", "A logout without a session is answered 403.",
		"sessions-logout-without-session", refused(logout, noSession), answered(403)),
	fault("logout-without-session-500", "A logout without a session is answered 500.",
		"sessions-logout-without-session", refused(logout, noSession), answered(500)),
}

func loginPage(_ *Server, a *answer) {
	a.status, a.media = 200, "text/html; charset=utf-8"
	a.rewrite = func([]byte) []byte {
		return []byte("<!DOCTYPE html><title>Log in</title><form method=post><input name=login><input name=password></form>")
	}
}
