package sdm

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"
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
		is("session-ends-with-refused-login", "A login that is refused ends the sessions of the account that it names.",
			at(answering, func(t *turn) {
				for _, s := range t.sessions {
					if s.account == t.account {
						delete(t.sessions, s.id)
					}
				}
			}, of(login), because(wrongPassword))),
	),
	breaks("sdm-session-idle",
		is("session-lasts-a-second", "A session lasts a second after its login.",
			loses(func(t *turn) bool { return t.config.Now().Sub(t.session.opened) > short })),
		is("idle-session-ends", "A session ends when it lies idle for a second.",
			loses(func(t *turn) bool { return t.config.Now().Sub(t.session.used) > short })),
	),
	breaks("sdm-refusal-opens-nothing",
		is("refused-cookie-comes-to-life", "A refused login sets a cookie that the user's next login brings to life.",
			wakes()),
		is("no-session-cookie-is-live", "A call that is refused sets the cookie of a live session.",
			at(answering, func(t *turn) {
				t.open(t.config.User)
				t.hand(t.session)
			}, because(noSession, invented))),
		is("null-opens-session", "A password that is null is refused with the cookie of a live session.",
			leavesSessionWhere(holding("password", isNull))),
		is("nobody-opens-session", "A login without userName and password is refused with the cookie of a live session.",
			leavesSessionWhere(because(userNameMissing), not(passwordGiven))),
		is("query-opens-session", "A password that is a query object is refused with the cookie of a live session.",
			leavesSessionWhere(holding("password", isQuery))),
	),
	breaks("sdm-login-new-id",
		is("login-keeps-invented-id", "A login with an invented session cookie opens a session with that ID.",
			at(opening, func(t *turn) {
				if c, err := t.r.Cookie(t.cookieName); err == nil && c.Value != "" && t.sessions[c.Value] == nil {
					t.rename(c.Value)
				}
			})),
		is("login-takes-over-live-session", "A login with the cookie of a live session goes on with it, and sets no cookie.",
			at(opening, func(t *turn) {
				if c, err := t.r.Cookie(t.cookieName); err == nil && t.sessions[c.Value] != nil {
					t.rename(c.Value)
				}
			}), at(handing, func(t *turn) {
				if c, err := t.r.Cookie(t.cookieName); err == nil && c.Value == t.session.id {
					t.cookies = nil
				}
			}, of(login))),
		is("login-keeps-own-id", "A login with the cookie of the user's own session goes on with that session's ID.",
			at(opening, func(t *turn) {
				if c, err := t.r.Cookie(t.cookieName); err == nil && t.sessions[c.Value] != nil &&
					t.sessions[c.Value].account == t.session.account {
					t.rename(c.Value)
				}
			})),
		is("login-keeps-strangers-id", "A refused call sets a cookie, and a login with it opens a session with that ID.",
			keepsStrangers()),
		is("login-keeps-live-id", "A login with the cookie of a live session goes on with that session's ID.",
			at(opening, func(t *turn) {
				if c, err := t.r.Cookie(t.cookieName); err == nil && t.sessions[c.Value] != nil {
					t.rename(c.Value)
				}
			})),
	),
	breaks("sdm-user-name-is-user",
		is("second-login-names-another", "A login that follows one of another user names that one.", namesEarlier()),
	),
	breaks("sdm-logins-at-once",
		is("logins-at-once-share-a-session", "Two logins of a user within a moment open one session.", together(
			func(t *turn, other *session) {
				if other.account == t.account {
					delete(t.sessions, t.session.id)
					t.session = other
				}
			})),
		is("logins-at-once-cross", "Of two users who log in within a moment both get the first one's session.", together(
			func(t *turn, other *session) {
				if other.account != t.account {
					t.session.account = other.account
				}
			})),
	),
	breaks("sdm-logout-ends-this-only",
		is("logout-ends-everybody", "A logout ends the sessions of all users.",
			at(ending, func(t *turn) { clear(t.sessions) })),
	),
	breaks("sdm-logout-twice",
		is("second-logout-500", "A logout of a session that is over is answered 500.",
			status(500, because(nothingToEnd), endedBefore)),
	),
	breaks("sdm-logout-needs-session",
		is("logout-by-invented-cookie", "A logout with an invented cookie is answered 204.",
			status(204, because(nothingToEnd), func(t *turn) bool { return len(t.r.Cookies()) > 0 && !endedBefore(t) })),
		is("logout-by-invented-cookie-500", "A logout with an invented cookie is answered 500.",
			status(500, because(nothingToEnd), func(t *turn) bool { return len(t.r.Cookies()) > 0 && !endedBefore(t) })),
	),
	breaks("sdm-logout-invented",
		is("logout-by-invented-cookie-ends-all", "A logout with an invented cookie ends all sessions.",
			at(answering, func(t *turn) { clear(t.sessions) }, because(nothingToEnd), not(endedBefore),
				func(t *turn) bool { return len(t.r.Cookies()) > 0 })),
	),
	breaks("sdm-password-not-repeated",
		is("password-in-probe", "A call after the login repeats the password in a header field.",
			at(answering, func(t *turn) { t.set("X-User", t.session.account.Password) }, used)),
		is("password-in-logout", "The answer to a logout repeats the password in a header field.",
			at(answering, func(t *turn) { t.set("X-User", t.session.account.Password) }, loggedOut)),
		is("password-md5-in-answer", "The answer has the MD5 of the password.", hashed(func(password string) string {
			sum := md5.Sum([]byte(password))
			return hex.EncodeToString(sum[:])
		})),
		is("password-sha256-in-answer", "The answer has the SHA-256 of the password.", hashed(func(password string) string {
			sum := sha256.Sum256([]byte(password))
			return hex.EncodeToString(sum[:])
		})),
		is("basic-in-answer", "The answer has user name and password as Basic credentials.",
			changes("serverInfo", func(t *turn, f *field) {
				text := t.session.account.UserName + ":" + t.session.account.Password
				f.value = base64.StdEncoding.EncodeToString([]byte(text))
			})),
	),
)

const (
	short  = time.Second
	moment = 2 * time.Second
)

// endedBefore holds for calls whose session a logout has ended.
var endedBefore = taking(func(s *Server, id string) bool { return s.ended[id] })

// leavesSessionWhere gives a live session's cookie to a login that is refused where the conditions hold.
func leavesSessionWhere(only ...condition) effect {
	return at(answering, func(t *turn) {
		t.open(t.config.User)
		t.hand(t.session)
	}, where(only, of(login), not(because(fine)))...)
}

// wakes gives a dead session's cookie to a wrong password, and makes it a live one with the next good login.
func wakes() effect {
	return func(s *Server) {
		sleeping := map[string]*session{}
		at(answering, func(t *turn) {
			t.open(t.account)
			t.hand(t.session)
			delete(t.sessions, t.session.id)
			sleeping[t.session.id] = t.session
		}, of(login), because(wrongPassword))(s)
		at(answering, func(t *turn) {
			for id, waking := range sleeping {
				if waking.account == t.account {
					t.sessions[id] = waking
				}
			}
		}, loggedIn)(s)
	}
}

// keepsStrangers gives a cookie to whoever is refused for having none, and its ID to the session of the login that
// brings it back.
func keepsStrangers() effect {
	return func(s *Server) {
		given := map[string]bool{}
		at(answering, func(t *turn) {
			id := t.newID()
			given[id] = true
			t.cookies = append(t.cookies, &cookie{t.cookieName, id, []string{"Path=/rest", "HttpOnly"}})
		}, because(noSession))(s)
		at(opening, func(t *turn) {
			if c, err := t.r.Cookie(t.cookieName); err == nil && given[c.Value] {
				t.rename(c.Value)
			}
		})(s)
	}
}

// namesEarlier names in a login's answer the user of the login before it where that was another one.
func namesEarlier() effect {
	return func(s *Server) {
		last := s.config.User.UserName
		changes("userName", func(t *turn, f *field) {
			f.value, last = last, t.session.account.UserName
		})(s)
	}
}

// together changes the session of a login that follows another one within a moment, each on a connection of its own.
func together(change func(t *turn, other *session)) effect {
	return func(s *Server) {
		var last *session
		at(opening, func(t *turn) {
			if last != nil && t.session.used.Sub(last.used) < moment {
				change(t, last)
			}
			last = t.session
		}, func(t *turn) bool { return t.r.Close })(s)
	}
}

// hashed adds to a login's answer what is made of the password.
func hashed(make func(password string) string) effect {
	return at(filling, func(t *turn) {
		t.fields = append(t.fields, field{"key", make(t.session.account.Password)})
	})
}
