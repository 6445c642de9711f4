package sdm

import (
	"slices"
)

// timeFaults break what a session is over time, and whose it is.
var timeFaults = slices.Concat(
	breaks("sdm-session-lasts",
		is("session-works-three-times", "A session answers three calls.",
			loses(func(t *turn) bool { t.session.calls++; return t.session.calls > 3 })),
		is("session-works-six-times", "A session answers six calls.",
			loses(func(t *turn) bool { t.session.calls++; return t.session.calls > 6 })),
		is("session-of-one-connection", "A session answers no call on a connection of its own.",
			loses(func(t *turn) bool { return t.r.Close })),
		is("json-session-works-once", "A session of a login in JSON answers one call.", loses(openedIn(asJSON), spent)),
		is("sessions-end-with-a-call-without-one", "A call without a session ends all sessions.",
			at(answering, func(t *turn) { clear(t.sessions) }, of(serverInfo), because(noSession),
				func(t *turn) bool { return !t.r.Close })),
		endsWith("unknown-user", "A login of an unknown user", because(unknownUser)),
		endsWith("malformed", "A login whose body is not well-formed", because(bodyMalformed)),
		endsWith("empty-body", "A login without a body", because(bodyEmpty)),
		endsWith("unknown-version", "A login to an unknown version", because(unknownVersion)),
		endsWith("wrong-password-in-xml", "A wrong password in XML", because(wrongPassword), sent(asXML)),
		endsWith("empty-password", "An empty password", because(passwordEmpty)),
		is("session-ends-with-refused-login", "A login that is refused ends the sessions of the account that it names.",
			at(answering, func(t *turn) { t.end(t.of(t.account)...) }, of(login), because(wrongPassword)))),
	breaks("sdm-login-xml",
		is("login-at-once-500", "Of two logins within a moment the second one is answered 500.",
			atOnce(func(t *turn, _ *session) { t.session.over = true }),
			status(500, loggedIn, func(t *turn) bool { return t.session.over })),
		is("login-at-once-redirects", "Of two logins within a moment the second one is redirected.",
			atOnce(func(t *turn, _ *session) { t.session.over = true }),
			status(302, loggedIn, func(t *turn) bool { return t.session.over })),
		is("second-logout-locks-user-out", "A logout of a session that is over has the user's next login refused.",
			locksOut)),
	breaks("sdm-session-idle",
		is("session-lasts-a-second", "A session that rests for half a second has ended, if its login was a second ago.",
			loses(func(t *turn) bool {
				now := t.config.Now()
				return now.Sub(t.session.opened) > short && now.Sub(t.session.used) > short/2
			})),
		is("idle-session-ends", "A session ends when it lies idle for a second.",
			loses(func(t *turn) bool { return t.config.Now().Sub(t.session.used) > short }))),
	breaks("sdm-login-new-id",
		is("login-keeps-invented-id", "A login with an invented session cookie opens a session with that ID.",
			at(opening, func(t *turn) { t.rename(t.cookie()) }, inventedCookie)),
		is("login-keeps-live-id", "A login with the cookie of a live session goes on with that session's ID.",
			at(opening, func(t *turn) { t.rename(t.cookie()) }, liveCookie)),
		is("login-keeps-own-id", "A login with the cookie of the user's own session goes on with that session's ID.",
			at(opening, func(t *turn) { t.rename(t.cookie()) }, func(t *turn) bool {
				came := t.cameWith()
				return came != nil && came.account == t.session.account
			})),
		is("login-takes-over-live-session",
			"A login with the cookie of a live session goes on with it, and sets no cookie.",
			at(opening, func(t *turn) { t.rename(t.cookie()) }, liveCookie),
			at(handing, func(t *turn) { t.Cookies = nil },
				of(login), func(t *turn) bool { return t.cookie() == t.session.id })),
		is("login-keeps-strangers-id", "A refused call sets a cookie, and a login with it opens a session with that ID.",
			keepsStrangers)),
	breaks("sdm-user-name-is-user",
		is("second-login-names-another", "A login that follows one of another user names that one.", func(s *Server) {
			last := s.config.User.UserName
			changes("userName", func(t *turn, f *field) { f.value, last = last, t.session.account.UserName })(s)
		})),
	breaks("sdm-logins-at-once",
		is("session-at-once-dead", "Of two logins within a moment the second one's session authenticates nothing.",
			atOnce(func(t *turn, _ *session) { t.session.over = true }), loses(func(t *turn) bool { return t.session.over })),
		is("logins-at-once-share-a-session", "Two logins of a user within a moment open one session.", atOnce(
			func(t *turn, other *session) {
				if other.account == t.account {
					t.goOnWith(other)
				}
			})),
		is("logins-at-once-cross", "Of two users who log in within a moment both get the first one's session.", atOnce(
			func(t *turn, other *session) {
				if other.account != t.account {
					t.session.account = other.account
				}
			}))),
	breaks("sdm-login-ends-this-only",
		is("login-ends-sessions-of-others", "A login ends the sessions of other users that answered a call.",
			at(finding, func(t *turn) { t.session.calls++ }, because(fine)),
			at(opening, func(t *turn) {
				for id, s := range t.sessions {
					if s.calls > 0 && s.account != t.session.account {
						delete(t.sessions, id)
					}
				}
			}))),
	breaks("sdm-logout-ends-this-only",
		is("logout-ends-everybody", "A logout ends everybody's sessions.",
			at(ending, func(t *turn) { clear(t.sessions) }))),
	breaks("sdm-logout-twice",
		refused("second-logout", "A logout of a session that is over", where(because(nothingToEnd), endedBefore), 500)),
	breaks("sdm-logout-invented",
		is("logout-by-invented-cookie-ends-all", "A logout with an invented cookie ends all sessions.",
			at(answering, func(t *turn) { clear(t.sessions) }, inventedLogout)),
		is("logout-without-session-ends-all", "A logout without a session ends all sessions.",
			at(answering, func(t *turn) { clear(t.sessions) }, because(nothingToEnd),
				func(t *turn) bool { return t.cookie() == "" }))),
)

// endsWith is the fault that ends all sessions at a login that is refused.
func endsWith(name, says string, only ...condition) list {
	return is("sessions-end-with-"+name, says+" ends all sessions.",
		at(answering, func(t *turn) { clear(t.sessions) }, of(login), where(only...)))
}
