package sessions

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// stateFaults are what goes wrong with sessions as time passes, others log in, or somebody logs out.
var stateFaults = slices.Concat(
	breaks("sessions-session-lasts",
		fault("session-works-once", "A session works once.", used(endsAfter(1, nil))),
		fault("session-works-three-times", "A session works three times.", used(endsAfter(3, nil))),
		fault("token-session-works-once", "A session opened by token works once.",
			used(endsAfter(1, openedBy(token))), on(at(token), marks)),
		fault("token-session-works-twice", "A session opened by token works twice.",
			used(endsAfter(2, openedBy(token))), on(at(token), marks)),
		fault("node-session-works-twice", "A session of the node is good for GET /session/user, and works twice.",
			used(endsAfter(2, openedBy(node))), on(at(node), marks), on(refused(user, nodeSession), accepted)),
		fault("session-ends-unused", "A session ends when nobody used it for a second.", used(endsUnused)),
		fault("session-ends-with-the-next-refusal", "A refused login ends the sessions of whom it names.",
			on(refused(login, wrongPassword), func(s *Server, _ *answer) { s.endAllBut(s.user, nil) })),
	),
	breaks("sessions-session-same-user",
		fault("user-swaps", "Every second answer of GET /session/user is another user's.",
			on(at(user), func(s *Server, a *answer) {
				if a.session.asked%2 == 0 {
					as(zoneField, s.other.Zone)(s, a)
				}
			})),
	),
	breaks("sessions-session-same-user",
		fault("login-zone-of-server", "A login by password shows the server's own zone.",
			on(at(login), as(zoneField, "UTC"))),
		fault("token-zone-of-server", "A login by token shows the server's own zone.", on(at(token), as(zoneField, "UTC"))),
	),
	breaks("sessions-details-guid-stable",
		fault("details-swap-late", "From a session's fourth answer on, the details are another user's.",
			on(at(details), func(s *Server, a *answer) {
				if a.session.used > 3 {
					as(guidField, s.other.guid)(s, a)
				}
			}), used(counts)),
	),
	breaks("sessions-login-whose-session",
		fault("logins-cross", "Of two logins at once both get a session of the later one's user.", crosses),
		fault("guid-of-everybody", "All users have one guid.",
			on(at(details), as(guidField, "f8f73bf9-2445-4bce-a7dd-753be3b40a67"))),
		fault("other-gets-users-session", "Whoever logs in gets a session of the first user.",
			decided(func(s *Server, a *attempt) {
				if a.call == login && a.problem == good {
					a.named = s.user
				}
			})),
		fault("last-login-owns-all-sessions", "All users' sessions belong to the user who logged in last.",
			opened(func(s *Server, ses *session) {
				for _, other := range s.live {
					if ses.owner.name != "node" && other.owner.name != "node" {
						other.owner = ses.owner
					}
				}
			})),
	),
	breaks("sessions-login-other-fields",
		fault("user-field-decides", "A login's field user says whose session is opened.", assigns("user", "username")),
		fault("id-field-decides", "A login's fields id, userId and guid say whose session is opened.",
			assigns("id", "userId", "guid")),
	),
	breaks("sessions-login-new-id",
		fault("login-adopts-invented-id", "A login takes over the session ID that the client sends.",
			on(at(login), adopts(func(s *Server, id string) bool { return s.live[id] == nil }))),
		fault("login-keeps-live-id", "A login with another user's live session keeps that session's ID.",
			on(at(login), adopts(func(s *Server, id string) bool { return s.live[id] != nil }))),
	),
	breaks("sessions-logout-ends-session",
		fault("ended-session-lives-with-the-next-login", "A user's next login brings the sessions back that were logged out.",
			livesAgain),
		fault("token-logout-ends-nothing", "A session opened by token outlives its logout.",
			on(at(token), marks), loggedOut(endsUnless(openedBy(token)))),
	),
	breaks("sessions-logout-of-others",
		fault("logout-ends-everybody", "A logout ends the sessions of all users.",
			loggedOut(func(s *Server, ses *session) {
				for _, owner := range []*account{s.user, s.other, s.node} {
					s.endAllBut(owner, nil)
				}
			})),
		fault("invented-logout-ends-sessions", "A logout with an invented session ends the sessions of the user.",
			on(refused(logout, inventedSession), func(s *Server, _ *answer) { s.endAllBut(s.user, nil) })),
		fault("sessionless-logout-ends-sessions", "A logout without a session ends the sessions of the user.",
			on(refused(logout, noSession), func(s *Server, _ *answer) { s.endAllBut(s.user, nil) })),
	),
	breaks("sessions-logout-twice",
		fault("second-logout-ends-others", "A second logout with an ended session ends the user's other sessions.",
			on(refused(logout, endedSession), func(s *Server, _ *answer) { s.endAllBut(s.user, nil) })),
		fault("second-logout-500", "A second logout with an ended session is answered 500.",
			on(refused(logout, endedSession), answered(500))),
	),
	breaks("sessions-cookie-reaches-calls",
		fault("cookie-path-login", "The session's cookie is set for the path of the login alone.",
			cookies(func(c *cookie) { c.path = BasePath + "/session/login" })),
		fault("cookie-path-ui", "The session's cookie is set for the path of the user interface.",
			cookies(func(c *cookie) { c.path = "/ui" })),
		fault("cookie-for-another-host", "The session's cookie is set for another host.",
			cookies(func(c *cookie) { c.attributes = "; Domain=storware.example" })),
	),
)

// endsAfter ends a session that was used so often, where which chooses it; nil chooses all.
func endsAfter(uses int, which func(*session) bool) func(*Server, *session) {
	return func(s *Server, ses *session) {
		if ses.used++; ses.used > uses && (which == nil || which(ses)) {
			s.end(ses)
		}
	}
}

// counts counts the uses of a session.
func counts(_ *Server, ses *session) { ses.used++ }

// endsUnused ends a session that was not used for a second.
func endsUnused(s *Server, ses *session) {
	now := s.now()
	if !ses.lastUsed.IsZero() && now.Sub(ses.lastUsed) > time.Second {
		s.end(ses)
	}
	ses.lastUsed = now
}

// marks notes by which call a session was opened.
func marks(_ *Server, a *answer) { a.session.by = a.call }

func openedBy(c call) func(*session) bool { return func(ses *session) bool { return ses.by == c } }

// livesAgain marks a session as ended, until its owner logs in again.
func livesAgain(s *Server) {
	var asleep []*session
	loggedOut(func(s *Server, ses *session) {
		s.end(ses)
		asleep = append(asleep, ses)
	})(s)
	opened(func(s *Server, opened *session) {
		for _, ses := range asleep {
			if ses.owner == opened.owner {
				for _, id := range ses.ids {
					s.live[id] = opened
					delete(s.ended, id)
				}
			}
		}
	})(s)
}

// endsUnless logs out, save from some sessions.
func endsUnless(which func(*session) bool) func(*Server, *session) {
	return func(s *Server, ses *session) {
		if !which(ses) {
			s.end(ses)
		}
	}
}

// assigns opens a session of the other user where a good login names that one in one of these fields.
func assigns(names ...string) effect {
	return decided(func(s *Server, a *attempt) {
		for _, name := range names {
			if came := a.body[name]; a.problem == good && (came == s.other.Login || came == s.other.guid) {
				a.named = s.other
			}
		}
	})
}

// adopts gives an opened session the ID that its login's request names.
func adopts(which func(s *Server, id string) bool) change {
	return func(s *Server, a *answer) {
		sent, err := a.request.Cookie(s.cookieName)
		if err != nil || sent.Value == "" || !which(s, sent.Value) {
			return
		}
		a.session.ids = append(a.session.ids, sent.Value)
		s.live[sent.Value] = a.session
		a.handOut(a.session)
	}
}

// crosses keeps who logged in last in one place for all, and opens that one's session a moment later.
func crosses(s *Server) {
	var mu sync.Mutex
	var last *account
	s.around = append(s.around, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(io.LimitReader(r.Body, longestBody))
			var fields map[string]any
			_ = json.Unmarshal(body, &fields)
			if a := s.decide(login, fields); a.problem == good {
				mu.Lock()
				last = a.named
				mu.Unlock()
				time.Sleep(100 * time.Millisecond)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
		})
	})
	decided(func(_ *Server, a *attempt) {
		mu.Lock()
		defer mu.Unlock()
		if a.call == login && a.problem == good {
			a.named = last
		}
	})(s)
}
