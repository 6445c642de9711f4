package sessions

import (
	"context"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

// The paths of the documented calls, below the target's url.
const (
	statusPath  = "/session"
	userPath    = "/session/user"
	detailsPath = "/session/user/details"
	logoutPath  = "/session/logout"
)

// The fields that the logins, GET /session/user and its details share.
const (
	goodField   = "lastSuccessfulLogin"
	failedField = "lastFailedLogin"
	zoneField   = "uiTimeZone"
)

const jsonType = "application/json"

// door is one of the three calls that open a session.
type door struct{ path, account string }

var (
	byPassword = door{"/session/login", "user"}
	byToken    = door{"/session/login-with-token", "user"}
	asNode     = door{"/session/node/login", "node"}
)

// visit is a session in use.
type visit struct {
	t       *Caller
	account string
	login   *exchange.Exchange
	cookies string // the Cookie header that carries the session by now; empty where none was opened
}

// logIn sends the body to the door, with the headers of the document's samples. What it opens is ended when all is done.
func (d door) logIn(ctx context.Context, t *Caller, step string, body Body, options ...Option) *visit {
	options = append([]Option{Step(step), Header("Accept", jsonType)}, options...)
	v := &visit{t: t, account: d.account, login: t.Post(ctx, d.path, body, options...)}
	v.heed(v.login)
	return v
}

// heed takes the cookies of an answer, as a browser does: some products hand out a new one with every answer.
func (v *visit) heed(e *exchange.Exchange) {
	cookies := merged(v.cookies, e)
	if !e.Succeeded() || cookies == v.cookies {
		return
	}
	v.t.Ended(Session{Account: v.account, Cookie: v.cookies})
	v.t.Opened(Session{Account: v.account, Cookie: cookies})
	v.cookies = cookies
}

// merged adds the cookies that an answer sets to a Cookie header. Cookies that it takes back stay.
func merged(cookies string, e *exchange.Exchange) string {
	var pairs []string
	at := map[string]int{}
	for _, pair := range append(pairsOf(cookies), pairsOf(e.CookieHeader())...) {
		name, _, _ := strings.Cut(pair, "=")
		if i, known := at[name]; known {
			pairs[i] = pair
			continue
		}
		at[name] = len(pairs)
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, "; ")
}

// pairsOf are the name=value pairs of a Cookie header.
func pairsOf(cookies string) []string {
	if cookies == "" {
		return nil
	}
	return strings.Split(cookies, "; ")
}

// get asks with the session, if there is one.
func (v *visit) get(ctx context.Context, path, step string) *exchange.Exchange {
	if v.cookies == "" {
		return &exchange.Exchange{NotAsked: "no session was opened"}
	}
	e := get(ctx, v.t, path, v.cookies, step)
	v.heed(e)
	return e
}

// get asks with the cookies, and with the headers of the document's samples.
func get(ctx context.Context, t *Caller, path, cookies, step string) *exchange.Exchange {
	return t.Get(ctx, path, CookieHeader(cookies), Header("Content-Type", jsonType), Header("Accept", jsonType), Step(step))
}

// end logs out with the cookies; empty ones log nobody out.
func end(ctx context.Context, t *Caller, cookies string) *exchange.Exchange {
	return t.Post(ctx, logoutPath, nil, CookieHeader(cookies), Header("Content-Type", jsonType), Step("log out"))
}

// logOut ends a session that was left open.
func logOut(ctx context.Context, t *Caller, s Session) { end(ctx, t, s.Cookie) }

// credentials are the body of a login with a password.
func credentials(login, password string) JSON { return JSON{"login": login, "password": password} }
