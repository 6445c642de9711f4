package saymon

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
)

// The paths of the documented calls.
const (
	sessionPath = "/node/api/users/session"
	currentPath = "/node/api/users/current"
)

func tokenPath(userID string) string { return "/node/api/users/" + userID + "/auth-token" }

// bareID is a session ID or token that stands in a body without quotation marks.
var bareID = regexp.MustCompile(`^[A-Za-z0-9._~+/=-]{8,256}$`)

// ID is the session ID or token in the body of an answer, without quotation marks. A body that is no quoted string is read
// as kindly as it can be: that it is none is the matter of one clause only. It is empty where there is none.
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
func logIn(ctx context.Context, t *Caller, step string, body Body, options ...Option) *exchange.Exchange {
	e := t.Post(ctx, sessionPath, body, append([]Option{Step(step), LogsIn("user")}, options...)...)
	if sid := SessionID(e); sid != "" {
		t.Opened(sessionOf(sid))
	}
	return e
}

func sessionOf(sid string) Session { return Session{Account: "user", Cookie: "sid=" + sid} }

// whoAmI asks for the current user with the session, if there is one.
func whoAmI(ctx context.Context, t *Caller, step string, login *exchange.Exchange) *exchange.Exchange {
	sid := SessionID(login)
	if sid == "" {
		return &exchange.Exchange{NotAsked: "no session was opened"}
	}
	return t.Get(ctx, currentPath, Cookie("sid", sid), Step(step))
}

// logInAndAsk opens a session and asks at once whose it is, before another login of the account could end it. It returns the
// login.
func logInAndAsk(ctx context.Context, t *Caller, account, step string, body Body, options ...Option) (login *exchange.Exchange) {
	t.Alone(account, func() {
		login = logIn(ctx, t, step, body, append([]Option{LogsIn(account)}, options...)...)
		whoAmI(ctx, t, "who am I", login)
	})
	return login
}

// logOut ends a session.
func logOut(ctx context.Context, t *Caller, s Session) {
	t.Delete(ctx, sessionPath, CookieHeader(s.Cookie), Step("log out"))
}

// password are the credentials of a login or email.
func password(login, password string) JSON { return JSON{"login": login, "password": password} }

// keycloak is the body of a login with a Keycloak token.
func keycloak(service, token string) JSON {
	return JSON{"auth-service": service, "auth-service-params": JSON{"token": token}}
}

// idLike are the runs of a body that could be a session ID.
var idLike = regexp.MustCompile(`[A-Za-z0-9_-]{16,128}`)

// tryToken asks for the current user with a token that a refusal gave: it must not be live.
func tryToken(ctx context.Context, t *Caller, refused *exchange.Exchange, step string) {
	if refused.Unanswered() != "" || refused.Succeeded() || match.Unreadable(refused) != "" {
		return
	}
	tried := map[string]bool{}
	for _, id := range idLike.FindAllString(string(refused.Body()), 8) {
		if strings.ContainsAny(id, "0123456789") && !tried[id] && len(tried) < 3 {
			tried[id] = true
			t.Get(ctx, currentPath, Query("api-token", id), Step(liveStep(step, len(tried)-1)))
		}
	}
}

// tryOpened asks for the current user with whatever a refused login left that could be a session: it must not be live.
// At most four are tried, the cookie first.
func tryOpened(ctx context.Context, t *Caller, refused *exchange.Exchange, step string) {
	if refused.Unanswered() != "" {
		return
	}
	var candidates []string
	add := func(id string) {
		for _, earlier := range candidates {
			if earlier == id {
				return
			}
		}
		if id != "" && len(candidates) < 4 {
			candidates = append(candidates, id)
		}
	}
	if c, ok := refused.Cookie("sid"); ok && !c.Deletes() {
		add(strings.Trim(c.Value, `"`))
	}
	if id, err := match.JSONString(refused.Body()); err == nil {
		add(id)
	}
	if len(refused.Body()) < exchange.LongBodyKept {
		for _, id := range idLike.FindAllString(string(refused.Body()), 8) {
			if strings.ContainsAny(id, "0123456789") {
				add(id)
			}
		}
	}
	for i, id := range candidates {
		e := t.Get(ctx, currentPath, Cookie("sid", id), Step(liveStep(step, i)))
		if e.Succeeded() {
			t.Opened(sessionOf(id))
		}
	}
}

// liveStep names the i-th try to use what a refused login left.
func liveStep(step string, i int) string { return fmt.Sprintf("%s, is %d live", step, i+1) }
