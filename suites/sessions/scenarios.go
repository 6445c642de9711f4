package sessions

import (
	"context"
	"fmt"

	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/vary"
)

// LogIn is the control: it logs in twice and uses both sessions. The second one is asked all that can be asked.
var LogIn = sessions.Scenario("log in with the password", func(ctx context.Context, t *Caller) {
	body := credentials(t.User.Login, t.User.Password)
	first := byPassword.logIn(ctx, t, "log in", body, Opens("user"))
	if first.login.Unanswered() != "" {
		return
	}
	if !first.login.Succeeded() {
		t.RefuseAccount("user", fmt.Sprintf("the configured login of user is answered %s", first.login.StatusLine()))
		return
	}
	second := byPassword.logIn(ctx, t, "log in again", body, Opens("user"))
	noteRepeated(second.login, t.User.Login, t.User.Password)
	early := first.get(ctx, userPath, "first session, user")
	late := second.get(ctx, userPath, "user")
	if late.Succeeded() && !early.Succeeded() {
		t.TakeTurns()
	}
	second.get(ctx, detailsPath, "details")
	second.get(ctx, statusPath, "status")
	second.get(ctx, detailsPath, "details again")
}, Control(), Account("user"))

// useOfControl are the steps that use the control's second session, in order.
var useOfControl = []string{"user", "details", "status", "details again"}

// LogInByToken opens a session with the token and uses it.
var LogInByToken = sessions.Scenario("log in with the token", func(ctx context.Context, t *Caller) {
	body := JSON{"token": t.Token}
	t.Alone("user", func() {
		v := byToken.logIn(ctx, t, "log in", body, LogsIn("user"))
		if neverBefore(v.login) {
			v = byToken.logIn(ctx, t, "log in again", body, LogsIn("user"))
		}
		noteRepeated(v.login, "", t.Token)
		v.get(ctx, userPath, "user")
	})
}, Needs("token"), Account("user"))

// LogInAsNode opens a node's session and tries what it is good for.
var LogInAsNode = sessions.Scenario("log in as the node", func(ctx context.Context, t *Caller) {
	v := asNode.logIn(ctx, t, "log in", JSON(t.Node), Opens("node"))
	if e := v.login; e.Unanswered() == "" && !e.Succeeded() {
		t.RefuseAccount("node", fmt.Sprintf("the configured login of node is answered %s", e.StatusLine()))
		return
	}
	if neverBefore(v.login) {
		v = asNode.logIn(ctx, t, "log in again", JSON(t.Node), Opens("node"))
	}
	v.get(ctx, userPath, "user")
}, Needs("node"), Account("node"))

// LogInEscaped sends the login with \uXXXX in place of all that is not ASCII; where the account has no such character, of
// all characters.
var LogInEscaped = sessions.Scenario("log in with an escaped body", func(ctx context.Context, t *Caller) {
	all := vary.IsASCII(t.User.Login + t.User.Password)
	text := fmt.Sprintf(`{"login": %s, "password": %s}`, vary.JSONEscaped(t.User.Login, all), vary.JSONEscaped(t.User.Password, all))
	byPassword.logIn(ctx, t, "log in", JSONText(text), Opens("user"))
}, Account("user"))

// Sessionless asks without a session and with an invented one, which has the cookies of a live one with other values.
var Sessionless = sessions.Scenario("ask without a session", func(ctx context.Context, t *Caller) {
	get(ctx, t, userPath, "", "user without")
	get(ctx, t, detailsPath, "", "details without")
	get(ctx, t, statusPath, "", "status without")
	end(ctx, t, "")
	live := t.Of(LogIn, "log in again").CookieHeader()
	if cookies := vary.Cookies(live); cookies != "" {
		get(ctx, t, userPath, cookies, "user invented")
		get(ctx, t, detailsPath, cookies, "details invented")
	}
	if cookies := alteredCookies(live); cookies != "" {
		get(ctx, t, userPath, cookies, "user altered")
	} else {
		t.Omit("user altered", NotApplicable, "the session's cookies are so short that one which differs in a character may be another live one")
	}
}, After(LogIn))

// neverBefore says that a login shows null for the last successful one, as an account's very first login may.
func neverBefore(login *exchange.Exchange) bool {
	last := match.Member(login, goodField)
	return login.Succeeded() && last.Exists() && last.Type == gjson.Null
}
