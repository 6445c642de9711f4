package saymon

import "net/http"

// leftoverFaults are about refusals of other calls that leave something live.
var leftoverFaults = []peculiarity{
	leavesCookie(&noSession, "A request without credentials", "saymon-refuses-no-session"),
	leavesCookie(&inventedSession, "A request with an invented session", "saymon-refuses-invented-session"),
	leavesCookie(&unknownAPIToken, "A request with an unknown api-token", "saymon-refuses-unknown-api-token"),
	leavesCookie(&badBasic, "A request with wrong Basic credentials", "saymon-refuses-wrong-basic"),
	leavesCookie(&tokenWithoutCredentials, "A request for a token without credentials",
		"saymon-token-refuses-no-credentials"),
	leavesCookie(&tokenWithWrongCredentials, "A request for a token with a wrong password",
		"saymon-token-refuses-wrong-credentials"),
	fault("refused-cookie-comes-to-life", "The cookie of a refused login lives from the next good login on.",
		"saymon-refuses-wrong-password", cookieComesToLife),
}

func leavesCookie(reason *refusal, says, clause string) peculiarity {
	return fault(reason.kind+"-leaves-live-session",
		says+" is refused by its status and sets the cookie of a live session.", clause,
		onAnswer(refusedAs(reason), leaveCookie))
}

// cookieComesToLife gives a refused login a cookie, and has the account's next good login make it a session.
func cookieComesToLife(s *Server) {
	waiting := map[*Account]string{}
	onAnswer(refusedAs(&wrongPassword), func(c *call) {
		if waiting[c.account] == "" {
			waiting[c.account] = newUUID()
		}
		c.before = append(c.before, (&http.Cookie{Name: "sid", Value: waiting[c.account], Path: "/"}).String())
	})(s)
	onAnswer(by(""), func(c *call) {
		if id := waiting[c.account]; id != "" && c.sessions[id] == nil {
			c.sessions[id] = &session{id: id, owner: c.account, by: byLogin}
			delete(waiting, c.account) // the next refusal begins anew, also where this session was ended
		}
	})(s)
}
