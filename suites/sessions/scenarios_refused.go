package sessions

import (
	"context"
	"fmt"
	"time"

	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// apart is how far logins whose times are compared must lie apart, so that the times which a product keeps differ: a little more than
// the unit of the times that the control's logins showed, and not less than some ticks of a clock that ticks every 16 ms.
func apart(logins ...*exchange.Exchange) time.Duration {
	unit := int64(1000)
	for _, e := range logins {
		for gjson.GetBytes(e.Body(), goodField).Int()%unit != 0 && unit > 10 {
			unit /= 10
		}
	}
	return map[int64]time.Duration{1000: 1100 * time.Millisecond, 100: 150 * time.Millisecond, 10: 50 * time.Millisecond}[unit]
}

// waitSince lets what is left of a time since an answer pass.
func waitSince(ctx context.Context, t *Caller, e *exchange.Exchange, d time.Duration) {
	if left := time.Until(e.Started.Add(e.Took + d)); left > 0 {
		t.Wait(ctx, left)
	}
}

// RefusedLogins sends the user's login with wrong passwords, never more than two of them without a good login between. What a
// refused login leaves must not be live. Its good logins show whether the times have moved.
var RefusedLogins = sessions.Scenario("log in with wrong passwords", func(ctx context.Context, t *Caller) {
	good := func(step string) bool {
		e := byPassword.logIn(ctx, t, step, credentials(t.User.Login, t.User.Password), Opens("user")).login
		if e.Unanswered() == "" && !e.Succeeded() {
			t.Stop(fmt.Sprintf("after wrong passwords the good login of user is answered %s: is the account locked?", e.StatusLine()))
		}
		return e.Succeeded()
	}
	wrong := func(step, password string) *exchange.Exchange {
		body := credentials(t.User.Login, t.Secret("wrong password", password))
		e := byPassword.logIn(ctx, t, step, body, WrongPassword("user")).login
		tryOpened(ctx, t, e, step)
		return e
	}
	first := wrong("wrong password", wrongFrom(t.User.Password))
	distance := apart(t.Of(LogIn, "log in"), t.Of(LogIn, "log in again"))
	waitSince(ctx, t, t.Of(LogIn, "log in"), distance)
	if !good("log in after one") {
		return
	}
	waitSince(ctx, t, first, distance)
	wrong("last character", vary.Shortened(t.User.Password))
	if swapped, differs := vary.Case(t.User.Password); differs {
		wrong("other case", swapped)
	} else {
		t.Omit("other case", NotApplicable, "the password has no letters with two cases")
	}
	good("log in at last")
}, After(LogIn), Account("user"))

// RefusedNode sends the node's login with every text altered, and with only that altered which is named like a password.
var RefusedNode = sessions.Scenario("log in as the node with wrong credentials", func(ctx context.Context, t *Caller) {
	wrong := func(step, absent string, which func(key string) bool) {
		body, differs := altered(t, t.Node, "", which)
		if !differs {
			t.Omit(step, NotApplicable, absent)
			return
		}
		e := asNode.logIn(ctx, t, step, JSON(body.(map[string]any)), WrongPassword("node")).login
		tryOpened(ctx, t, e, step)
	}
	wrong("every text", "the node's login holds no text", func(string) bool { return true })
	wrong("password alone", "no text of the node's login is named like a password", namedLikePassword)
	e := asNode.logIn(ctx, t, "log in at last", JSON(t.Node), Opens("node")).login
	if e.Unanswered() == "" && !e.Succeeded() {
		t.Stop(fmt.Sprintf("after wrong credentials the good login of node is answered %s: is the node locked?", e.StatusLine()))
	}
}, Needs("node"), After(LogInAsNode, LogIn), Account("node"))

// The logins that a target declares to be without are tried once all the same, with invented credentials.
var (
	WithoutToken = sessions.Scenario("is the login with a token really absent", func(ctx context.Context, t *Caller) {
		byToken.logIn(ctx, t, "try", JSON{"token": vary.UUID()}, Refused())
	}, OnlyWithout("token"))
	WithoutNode = sessions.Scenario("is the node's login really absent", func(ctx context.Context, t *Caller) {
		asNode.logIn(ctx, t, "try", credentials(vary.Word(), vary.UUID()), Refused())
	}, OnlyWithout("node"))
)
