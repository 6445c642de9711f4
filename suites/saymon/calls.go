package saymon

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/target"
)

// The paths of the documented calls.
const (
	sessionPath = "/node/api/users/session"
	currentPath = "/node/api/users/current"
)

func tokenPath(userID string) string {
	return "/node/api/users/" + url.PathEscape(userID) + "/auth-token"
}

// bareID is a session ID or token that stands in a body without quotation marks.
var bareID = regexp.MustCompile(`^[A-Za-z0-9._~+/=-]{8,256}$`)

// ID is the session ID or token in the body of an answer, without quotation marks. A body that is no quoted string is
// read as kindly as it can be: that it is none is the matter of one clause only. It is empty where there is none.
func ID(e *exchange.Exchange) string {
	if !e.Succeeded() || match.Unreadable(e) != "" {
		return ""
	}
	if id, err := match.JSONString(e.Body()); err == nil {
		return id
	}
	if text := strings.Trim(strings.TrimSpace(string(e.Body())), `"'`); bareID.MatchString(text) {
		return text
	}
	return ""
}

// SessionID is the ID of the session that an answer opens: that of the body, or else that of the sid cookie.
func SessionID(e *exchange.Exchange) string {
	if id := ID(e); id != "" {
		return id
	}
	if c, ok := e.Cookie("sid"); ok && e.Succeeded() && !c.Deletes() {
		return strings.Trim(c.Value, `"`)
	}
	return ""
}

// logIn opens a session with the body, and sees to it that the session is ended when all is done.
func logIn(t *Caller, step *Step, body Body, options ...Option) *exchange.Exchange {
	e := t.Post(step, sessionPath, body, append([]Option{LogsIn("user")}, options...)...)
	if opened := sessionOfLogin(t, e); opened.Cookie != "" {
		t.Opened(opened)
		noteShown(t, e)
	}
	return e
}

// refuse sends a login that must not succeed. What it leaves must not be live.
func refuse(t *Caller, step *Step, body Body, options ...Option) *exchange.Exchange {
	e := logIn(t, step, body, options...)
	noteShown(t, e)
	trySessions(t, step, leftSessions(e)...)
	return e
}

// live are the attempts to use what a refused request left.
var live = saymon.Attempt(session.Live)

// trySessions asks for the current user with what could be sessions: none may be live.
func trySessions(t *Caller, step *Step, ids ...string) {
	session.TryLeftovers(step, live, ids, func(attempt *Step, sid string) {
		if t.Get(attempt, currentPath, Cookie("sid", sid)).Succeeded() {
			t.Opened(sessionOf(sid))
		}
	})
}

func sessionOf(sid string) Session { return Session{Account: "user", Cookie: "sid=" + sid} }

// sessionOfLogin is the session that a login opened.
func sessionOfLogin(_ *Caller, login *exchange.Exchange) Session {
	sid := SessionID(login)
	if sid == "" {
		return Session{}
	}
	opened := sessionOf(sid)
	opened.Account = cmp.Or(login.Account, opened.Account)
	if csrf := session.CSRFCookie(login); csrf != "" {
		opened.Cookie += "; " + csrf
	}
	return opened
}

// whoAmI asks for the current user with the session of a login, if there is one.
func whoAmI(t *Caller, step *Step, login *exchange.Exchange, options ...Option) *exchange.Exchange {
	sid := SessionID(login)
	if sid == "" {
		return &exchange.Exchange{NotAsked: "no session was opened"}
	}
	e := t.Get(step, currentPath, append(options, Cookie("sid", sid))...)
	noteShown(t, e)
	return e
}

// shownNote says where an answer shows a password of the target, in clear or hashed: specs see only stand-ins of it.
const shownNote = "shows a password"

// noteShown notes it.
func noteShown(t *Caller, e *exchange.Exchange) {
	users := []*target.User{t.User}
	if t.OtherUser != nil {
		users = append(users, t.OtherUser)
	}
	names := slices.Clone(words)
	for _, u := range users {
		names = append(names, u.Login, u.Email, u.ID)
	}
	for _, u := range users {
		if places := session.Shown(e, u.Password, names...); len(places) > 0 {
			e.Note(shownNote, strings.Join(places, ", "))
		}
	}
}

// logInAndAsk goes a way into a session and asks at once whose it is, before another login of the account could end it.
// It returns the login.
func logInAndAsk(t *Caller, w *session.Way, options ...Option) (login *exchange.Exchange) {
	t.Alone(w.Account, func() {
		login = logIn(t, w.Login, w.Body(t), append([]Option{LogsIn(w.Account)}, options...)...)
		whoAmI(t, w.Use, login)
		if life := lives[w]; life != nil {
			life.liveOut(t, login)
		}
	})
	return login
}

// logOut ends a session, with what one of its cookies says against forged requests.
func logOut(t *Caller, step *Step, s Session, options ...Option) *exchange.Exchange {
	return t.Delete(step, sessionPath, append(append(options, session.CSRF(t, s.Cookie)...), CookieHeader(s.Cookie))...)
}

// leftSessions are what a refused login left that could be the ID of a session, the cookie first.
func leftSessions(refused *exchange.Exchange) (left []string) {
	if refused.Unanswered() != "" {
		return nil
	}
	if sid := leftCookie(refused); sid != "" {
		left = append(left, sid)
	}
	if id, err := match.JSONString(refused.Body()); err == nil {
		left = append(left, id)
	}
	return append(left, session.IDs(refused)...)
}

// leftCookie is the session ID of the sid cookie that an answer sets and its request did not bring; empty where there
// is none.
func leftCookie(e *exchange.Exchange) string {
	c, ok := e.Cookie("sid")
	if !ok || c.Deletes() || session.Left(e, "sid="+c.Value) == "" {
		return ""
	}
	return strings.Trim(c.Value, `"`)
}

// tryCookie asks for the current user with the sid cookie that a refusal of any call set: it must not be live.
func tryCookie(t *Caller, refused *exchange.Exchange, step *Step) {
	if refused.Unanswered() == "" && !refused.Succeeded() {
		trySessions(t, step, leftCookie(refused))
	}
}

// tryTokens asks for the current user with the tokens that a refusal may have given: none may be live.
func tryTokens(t *Caller, refused *exchange.Exchange, step *Step) {
	if refused.Unanswered() == "" && !refused.Succeeded() && match.Unreadable(refused) == "" {
		session.TryLeftovers(step, live, session.IDs(refused), func(attempt *Step, token string) {
			t.Get(attempt, currentPath, Query("api-token", token))
		})
	}
}

// life is what becomes of a session after its first use: it is used again, three times for the user, and ended.
type life struct {
	uses       []*Step
	out, after *Step // its logout, and its use after that
}

func newLife(of *Steps) *life {
	return &life{[]*Step{of.Step("who am I again"), of.Step("who am I a third time"), of.Step("who am I a fourth time")},
		of.Step("log out"), of.Step("who am I after the logout")}
}

// lives are those of the sessions that the ways in open; that of the login is spread over control and LogOut.
var lives = map[*session.Way]*life{byEmail: newLife(&ofLogInWithEmail), byToken: newLife(&ofTokens),
	byKeycloak: newLife(&ofLogInWithKeycloak),
	byOthersLogin: {[]*Step{ofRefusedOther.Step("who am I again")}, ofRefusedOther.Step("log out"),
		ofRefusedOther.Step("who am I after the logout")}}

// liveOut uses the session of a login and ends it.
func (l *life) liveOut(t *Caller, login *exchange.Exchange) {
	sid := SessionID(login)
	if sid == "" {
		return
	}
	for _, use := range l.uses {
		t.Get(use, currentPath, Cookie("sid", sid))
	}
	t.LogOut(l.out, sessionOfLogin(t, login))
	t.Get(l.after, currentPath, Cookie("sid", sid))
}
