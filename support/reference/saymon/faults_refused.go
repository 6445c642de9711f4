package saymon

import (
	"slices"

	"session-conformance/support/reference"
)

// wrong is what a server does with a request that it must refuse.
type wrong struct {
	name, says string // behind those of the refusal
	clause     string // that it breaks; empty: that of the refusal
	does       func(...*refusal) effect
}

var (
	accepted   = wrong{"accepted", "is granted", "", accepts}
	refused200 = wrong{"answered-200", "is answered 200 with an error", "", with(status(200))}
	refused500 = wrong{"answered-500", "is answered 500", "", with(status(500))}
	breaks4xx  = wrong{"answered-500", "is answered 500", "saymon-refusal-4xx", with(status(500))}

	showsPage = wrong{"shows-login-page", "is answered 200 with a login page", "", with(func(c *call) {
		c.Status = 200
		saysAs("text/html", "<!DOCTYPE html><html><head><title>Log in</title></head><body></body></html>")(c)
	})}
	leavesCookie = wrong{"leaves-live-cookie", "is refused by its status and sets the cookie of a live session", "",
		with(leaveCookie)}
	leavesSession = wrong{"leaves-live-session", leavesCookie.says, "", with(leaveCookie)}
	leavesID      = wrong{"leaves-live-id", "is refused by its status and answered with the ID of a live session", "",
		with(leaveID)}
	leavesToken = wrong{"leaves-live-token", "is refused by its status and answered with a live token", "",
		with(leaveToken)}
)

func with(do func(*call)) func(...*refusal) effect {
	return func(reasons ...*refusal) effect { return refusedWith(do, reasons...) }
}

// wrongly are the faults of a request that must be refused: the clause says so, and a sentence names the request.
func wrongly(reason *refusal, says, clause string, wrongs ...wrong) (all list) {
	for _, w := range wrongs {
		broken := w.clause
		if broken == "" {
			broken = clause
		}
		all = append(all, breaks(broken, is(reason.kind+"-"+w.name, says+" "+w.says+".", w.does(reason)))...)
	}
	return all
}

// login are the faults of a login that must be refused.
func login(reason *refusal, says, clause string, more ...wrong) list {
	return wrongly(reason, says, clause, append(more, accepted, refused200, leavesCookie, leavesID)...)
}

// wrongRequestFaults are the requests that must be refused, and what can be wrong with each.
var wrongRequestFaults = slices.Concat(
	login(&wrongPassword, "A login with a wrong password", "saymon-refuses-wrong-password", showsPage),
	login(&wrongPasswordByEmail, "An email with a wrong password", "saymon-refuses-wrong-password"),
	login(&unknownLogin, "An unknown login", "saymon-refuses-unknown-login"),
	login(&missingLogin, "A password without a login", "saymon-refuses-missing-login", breaks4xx),
	login(&missingPassword, "A login without a password", "saymon-refuses-missing-password", breaks4xx),
	login(&emptyPassword, "A login with an empty password", "saymon-refuses-empty-password", breaks4xx),
	login(&unknownAuthToken, "An unknown auth-token", "saymon-refuses-unknown-auth-token", breaks4xx),
	login(&unknownKeycloakToken, "An unknown Keycloak token", "saymon-refuses-unknown-keycloak-token", breaks4xx),
	login(&forgedKeycloakToken, "A Keycloak token with a wrong signature", "saymon-refuses-forged-keycloak-token"),
	login(&unsignedKeycloakToken, "A Keycloak token without a signature", "saymon-refuses-unsigned-keycloak-token"),
	login(&expiredKeycloakToken, "An expired Keycloak token", "saymon-refuses-expired-keycloak-token"),
	login(&otherRealmKeycloakToken, "A Keycloak token of another realm", "saymon-refuses-other-realm-keycloak-token"),
	login(&idKeycloakToken, "An ID token of Keycloak", "saymon-refuses-keycloak-id-token"),
	login(&refreshKeycloakToken, "A refresh token of Keycloak", "saymon-refuses-keycloak-refresh-token"),
	login(&emptyKeycloakToken, "An empty Keycloak token", "saymon-refuses-empty-keycloak-token"),
	login(&longKeycloakToken, "A Keycloak token of 100 KiB", "saymon-refuses-long-keycloak-token"),
	login(&keycloakWithoutParams, "Keycloak without a token", "saymon-refuses-keycloak-without-params", breaks4xx),
	login(&otherAuthService, "Another auth-service", "saymon-refuses-other-auth-service", breaks4xx),

	wrongly(&emptyBody, "An empty body", "saymon-refuses-missing-login", leavesCookie),
	wrongly(&malformedJSON, "A body that is no JSON", "saymon-refuses-missing-login", leavesID),
	wrongly(&malformedJSON, "A body that is no JSON", "saymon-malformed-json", accepted, refused200, refused500),
	wrongly(&emptyBody, "An empty body", "saymon-empty-body", accepted, refused200, refused500),
	wrongly(&wrongTypes, "A login or password that is no string", "saymon-wrong-types", accepted, refused200, refused500),

	wrongly(&noSession, "A request without credentials", "saymon-refuses-no-session", accepted, refused200, showsPage,
		leavesSession),
	wrongly(&inventedSession, "A request with an invented session", "saymon-refuses-invented-session",
		accepted, refused200, breaks4xx, leavesSession),
	wrongly(&unknownAPIToken, "A request with an unknown api-token", "saymon-refuses-unknown-api-token",
		accepted, refused200, breaks4xx, leavesSession),
	wrongly(&badBasic, "A request with wrong Basic credentials", "saymon-refuses-wrong-basic", leavesSession),
	breaks("saymon-refuses-wrong-basic",
		is("empty-basic-leaves-live-session", "A request with an empty Basic password sets the cookie of a live session.",
			onAnswer(where(asked(current), refusedAs(&badBasic), func(c *call) bool { return c.password == "" }), leaveCookie))),
	wrongly(&endedSession, "A request with a session that was logged out", "saymon-logout-ends-session", leavesSession),

	wrongly(&tokenWithoutCredentials, "A request for a token without credentials", "saymon-token-refuses-no-credentials",
		accepted, refused200, leavesSession, leavesToken),
	wrongly(&tokenWithWrongCredentials, "A request for a token with a wrong password",
		"saymon-token-refuses-wrong-credentials", accepted, refused200, leavesSession, leavesToken),
	wrongly(&tokenForUnknownUser, "A request for an unknown user's token", "saymon-token-refuses-unknown-user",
		accepted, refused200, breaks4xx, leavesToken),
)

// refusalFaults are about how refusals look.
var refusalFaults = slices.Concat(
	breaks("saymon-refusal-4xx",
		is("refusals-answered-500", "All refusals are answered 500.", answers(500)),
		is("refusals-redirected", "All refusals are redirected to a login page.", answers(302))),
	breaks("saymon-refusal-401",
		is("bad-credentials-answered-403", "A wrong password and an unknown login are answered 403.",
			answers(403, &wrongPassword, &wrongPasswordByEmail, &unknownLogin, &tokenWithWrongCredentials)),
		is("dead-session-answered-403", "A missing or dead session is answered 403.",
			answers(403, &noSession, &inventedSession, &endedSession)),
		is("ended-session-answered-403", "A session that a logout ended is answered 403.", answers(403, &endedSession)),
		is("bad-token-answered-404", "An unknown token is answered 404.",
			answers(404, &unknownAuthToken, &unknownKeycloakToken, &unknownAPIToken, &deletedToken))),
	breaks("saymon-refusal-400",
		is("missing-parameter-answered-422", "A missing parameter is answered 422.",
			answers(422, &missingLogin, &missingPassword, &keycloakWithoutParams)),
		is("malformed-json-answered-422", "Broken JSON is answered 422.", answers(422, &malformedJSON))),
	breaks("saymon-refuses-no-session",
		is("no-session-answered-204", "A request without credentials is answered 204.",
			onAnswer(where(asked(current), refusedAs(&noSession)), noContent))),
	breaks("saymon-refuses-wrong-password",
		is("refused-cookie-comes-to-life", "The cookie of a refused login lives from the next good one on.",
			cookieComesToLife)),
	breaks("saymon-error-shape",
		is("errors-without-code", "Errors have no code.", failing(func(_ *call, f *failure) { f.Code = nil })),
		is("errors-without-message", "Errors have no message.", failing(func(_ *call, f *failure) { f.Message = "" })),
		is("error-code-a-number", "The code of errors is a number.",
			failing(func(c *call, f *failure) { f.Code = c.Status })),
		is("errors-in-array", "Errors are in an array.", refusedWith(func(c *call) { c.content = []any{c.content} }))),
	breaks("saymon-login-not-revealed",
		is("unknown-login-named-in-message", "The message tells an unknown login from a wrong password.",
			failing(func(_ *call, f *failure) { f.Message = "There is no such user." }, &unknownLogin)),
		is("unknown-login-has-code-of-its-own", "The code tells an unknown login from a wrong password.",
			failing(func(_ *call, f *failure) { f.Code = "UnknownUser" }, &unknownLogin)),
		is("wrong-password-counts-attempts", "The message to a wrong password counts the attempts left.",
			failing(func(_ *call, f *failure) { f.Message += " You have 4 attempts left." }, &wrongPassword))),
)

// leaveCookie, leaveID and leaveToken have a refusal leave something live of the account that was named, or of the
// first one.
func leaveCookie(c *call) { c.setsSession(c.open(c.named()).id) }
func leaveID(c *call)     { c.content = c.open(c.named()).id }

func leaveToken(c *call) {
	c.id = reference.NewUUID()
	c.addToken(c.id, c.named())
	c.content.(*failure).Token = c.id
}

func (c *call) named() *Account {
	if c.account == nil {
		return &c.config.User
	}
	return c.account
}

// cookieComesToLife gives a refused login a cookie, and has the account's next good login make it a session.
func cookieComesToLife(s *Server) {
	waiting := map[*Account]string{}
	refusedWith(func(c *call) {
		if waiting[c.account] == "" {
			waiting[c.account] = reference.NewUUID()
		}
		setsBefore("sid=" + waiting[c.account] + "; Path=/")(c)
	}, &wrongPassword)(s)
	loggedIn(func(c *call) {
		if id := waiting[c.account]; id != "" && c.sessions[id] == nil {
			c.sessions[id] = &session{id: id, owner: c.account, by: byLogin}
			delete(waiting, c.account) // the next refusal begins anew, also where this session was ended
		}
	})(s)
}
