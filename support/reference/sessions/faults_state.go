package sessions

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// stateFaults are what goes wrong with sessions as time passes, others log in, or somebody logs out.
var stateFaults = slices.Concat(
	breaks("sessions-session-lasts",
		is("session-works-once", "A session works once.", used(endsAfter(1, nil))),
		is("session-works-three-times", "A session works three times.", used(endsAfter(3, nil))),
		is("session-works-eight-times", "A session works eight times.", used(endsAfter(8, nil))),
		is("token-session-works-eight-times", "A session opened by token works eight times.",
			used(endsAfter(8, openedBy(token)))),
		is("token-session-works-once", "A session opened by token works once.", used(endsAfter(1, openedBy(token)))),
		is("token-session-works-twice", "A session opened by token works twice.", used(endsAfter(2, openedBy(token)))),
		is("node-session-works-twice", "A session of the node is good for GET /session/user, and works twice.",
			used(endsAfter(2, openedBy(node))), on(refused(user, nodeSession), accepted)),
		is("session-ends-unused", "A session ends when nobody used it for a second.", used(endsUnused)),
		is("session-ends-with-the-next-refusal", "A refused login ends the sessions of whom it names.",
			on(wrongPasswords.ends, endsUsers))),
	breaks("sessions-login-whose-session",
		is("details-cross", "Two sessions that ask for their details at once, both for the first time, see those of one.",
			detailsCross),
		is("login-stays-in-its-session", "Who logs in with a live session stays in that one.",
			on(at(login), func(t *turn) {
				if came := t.cameWith(t.request); came != nil {
					t.end(t.session)
					t.session, t.fields = came, info(came)
					t.handOut(came)
				}
			})),
		is("logins-cross", "Of two logins at once both get a session of the later one's user.", crosses),
		is("other-gets-users-session", "Whoever logs in gets a session of the first user.",
			decides(func(t *turn) { t.named = t.user }, at(login))),
		is("last-login-owns-all-sessions", "All users' sessions belong to the user who logged in last.",
			opened(func(s *Server, ses *session) {
				for _, other := range s.live {
					if ses.owner.name != "node" && other.owner.name != "node" {
						other.owner = ses.owner
					}
				}
			}))),
	breaks("sessions-login-other-fields",
		is("user-field-decides", "A login's field user says whose session is opened.", assigns("user", "username")),
		is("first-of-two-logins", "Of two logins in a body the first says whose session is opened, the last is checked.",
			on(at(login), func(t *turn) {
				body := string(t.sent)
				first := strings.Index(body, t.other.Login)
				if first >= 0 && first < strings.Index(body, t.user.Login) && strings.Count(body, `"login"`) == 2 {
					t.session.owner = t.other
				}
			})),
		is("id-field-decides", "A login's id, userId or guid says whose session it is.", assigns("id", "userId", "guid"))),
	breaks("sessions-login-new-id",
		is("login-adopts-invented-id", "A login takes over the session ID that the client sends.",
			on(at(login), adopts(func(s *Server, id string) bool { return s.live[id] == nil }))),
		is("login-keeps-handed-out-id", "A refused call hands out an ID, and a login with it opens a session of that ID.",
			handsOutIDs),
		is("login-keeps-live-id", "A login with another user's live session keeps that session's ID.",
			on(at(login), adopts(func(s *Server, id string) bool { return s.live[id] != nil })))),
	breaks("sessions-logout-ends-session",
		is("ended-session-lives-with-the-next-login", "A user's next login brings the sessions back that were logged out.",
			livesAgain),
		is("logout-ends-the-latest", "A logout ends the session that its user opened last.",
			loggedOut(func(s *Server, ses *session) { s.end(ses.owner.sessions[len(ses.owner.sessions)-1]) })),
		is("logout-renews-the-session", "A logout gives the session another ID and hands it out.",
			on(at(logout), func(t *turn) { t.handOut(t.open(t.session.owner)) })),
		is("others-logout-ends-nothing", "The second user's session outlives its logout.",
			loggedOut(endsUnless(func(ses *session) bool { return ses.owner.name == "other_user" }))),
		is("token-logout-renews-the-session", "A logout gives a token's session another ID and hands it out.",
			on(at(logout), onlyIf(tokensSession, func(t *turn) { t.handOut(t.open(t.session.owner)) }))),
		is("ended-session-gets-another", "An ended session that asks for the user is refused, and handed another one.",
			on(refused(user, endedSession), leavesSession)),
		is("token-logout-ends-nothing", "A token's session outlives its logout.", loggedOut(endsUnless(openedBy(token))))),
	breaks("sessions-logout-of-others",
		is("logout-ends-everybody", "A logout ends the sessions of all users.", loggedOut(func(s *Server, ses *session) {
			for _, owner := range []*account{s.user, s.other, s.node} {
				s.endAllBut(owner, nil)
			}
		})),
		is("others-logout-ends-the-users", "A logout of the second user ends the sessions of the first one, too.",
			loggedOut(func(s *Server, ses *session) {
				if s.end(ses); ses.owner == s.other {
					s.endAllBut(s.user, nil)
				}
			})),
		is("invented-logout-ends-sessions", "A logout with an invented session ends the sessions of the user.",
			on(refused(logout, inventedSession), endsUsers)),
		is("sessionless-logout-ends-sessions", "A logout without a session ends the sessions of the user.",
			on(refused(logout, noSession), endsUsers))),
	breaks("sessions-logout-twice",
		is("second-logout-ends-others", "A second logout with an ended session ends the user's other sessions.",
			on(refused(logout, endedSession), endsUsers)),
		is("second-logout-500", "A second logout with an ended session is answered 500.",
			on(refused(logout, endedSession), answered(500)))),
	breaks("sessions-cookie-reaches-calls",
		is("cookie-path-login", "The session's cookie is set for the path of the login alone.",
			attribute("Path="+BasePath+"/session/login")),
		is("cookie-path-ui", "The session's cookie is set for the path of the user interface.", attribute("Path=/ui")),
		is("token-cookie-path-ui", "The cookie of a login by token is set for the path of the user interface.",
			on(at(token), func(t *turn) { t.attributes = []string{"Path=/ui"} })),
		is("cookie-for-another-host", "The session's cookie is set for another host.", attribute("Domain=storware.example"))),
)

// endsUsers ends the sessions of the user.
func endsUsers(t *turn) { t.endAllBut(t.user, nil) }

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
	return decides(func(t *turn) {
		for _, name := range names {
			if came := t.body[name]; t.why == good && (came == t.other.Login || came == t.other.guid) {
				t.named = t.other
			}
		}
	})
}

// handsOutIDs gives whoever asks without a session an ID, which a login keeps.
func handsOutIDs(s *Server) {
	given := map[string]bool{}
	on(refused(user, noSession), deadCookie, func(t *turn) { given[t.cookie] = true })(s)
	on(at(login), adopts(func(_ *Server, id string) bool { return given[id] }))(s)
}

// adopts gives an opened session the ID that its login's request names.
func adopts(which func(s *Server, id string) bool) change {
	return func(t *turn) {
		sent, err := t.request.Cookie(t.cookieName)
		if err != nil || sent.Value == "" || !which(t.Server, sent.Value) {
			return
		}
		t.session.ids = append(t.session.ids, sent.Value)
		t.live[sent.Value] = t.session
		t.handOut(t.session)
	}
}

// crosses keeps who logged in last in one place for all, and opens that one's session a moment later.
func crosses(s *Server) {
	var mu sync.Mutex
	var last *account
	s.Before(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, longestBody))
		var fields map[string]any
		_ = json.Unmarshal(body, &fields)
		if named, why := s.decide(login, fields); why == good {
			mu.Lock()
			last = named
			mu.Unlock()
			time.Sleep(100 * time.Millisecond)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
	decides(func(t *turn) {
		mu.Lock()
		defer mu.Unlock()
		t.named = last
	}, at(login))(s)
}

// detailsCross keeps the session that asked for its details last in one place for all, and reads it a moment later.
func detailsCross(s *Server) {
	var mu sync.Mutex
	var last string
	s.Before(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		ses := s.cameWith(r)
		first := r.URL.Path == BasePath+"/session/user/details" && ses != nil && ses.asked == 0
		s.mu.Unlock()
		if first {
			mu.Lock()
			last = r.Header.Get("Cookie")
			mu.Unlock()
			time.Sleep(100 * time.Millisecond)
			mu.Lock()
			r.Header.Set("Cookie", last)
			mu.Unlock()
		}
		next.ServeHTTP(w, r)
	})
}
