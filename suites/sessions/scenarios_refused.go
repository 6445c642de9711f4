package sessions

import (
	"context"
	"time"

	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
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

// Steps of RefusedLogins: wrong ones, and the good ones between them.
var (
	wrongPassword = NewStep("wrong password")
	goodAfterOne  = NewStep("log in after one")
	lastCharacter = NewStep("last character")
	otherCase     = NewStep("other case")
	goodAtLast    = NewStep("log in at last")
)

// RefusedLogins sends the user's login with wrong passwords, never more than two of them without a good login between. What a
// refused login leaves must not be live. Its good logins show whether the times have moved.
var RefusedLogins = sessions.Scenario("log in with wrong passwords", Steps(wrongPassword, goodAfterOne, lastCharacter, otherCase, goodAtLast),
	func(ctx context.Context, t *Caller) {
		good := func(step *Step) bool {
			return session.StillGood(t, "user", logIn(ctx, t, byPassword, step, byPassword.Body(t), Opens("user")).login)
		}
		wrong := func(step *Step, password string) *exchange.Exchange {
			fields := byPassword.Right(t).With("password", t.Secret("wrong password", password))
			return refuse(ctx, t, byPassword, step, inJSON(fields), WrongPassword("user"))
		}
		first := wrong(wrongPassword, wrongFrom(t.User.Password))
		distance := apart(t.Of(firstLogin), t.Of(secondLogin))
		waitSince(ctx, t, t.Of(firstLogin), distance)
		if !good(goodAfterOne) {
			return
		}
		waitSince(ctx, t, first, distance)
		wrong(lastCharacter, vary.Shortened(t.User.Password))
		if swapped, differs := vary.Case(t.User.Password); differs {
			wrong(otherCase, swapped)
		} else {
			t.Omit(otherCase, NotApplicable, "the password has no letters with two cases")
		}
		good(goodAtLast)
	}, After(LogIn), Account("user"))

// Steps of RefusedNode.
var (
	everyText      = NewStep("every text")
	passwordAlone  = NewStep("password alone")
	nodeGoodAtLast = NewStep("log in at last")
)

// RefusedNode sends the node's login with every text altered, and with only that altered which is named like a password.
var RefusedNode = sessions.Scenario("log in as the node with wrong credentials", Steps(everyText, passwordAlone, nodeGoodAtLast),
	func(ctx context.Context, t *Caller) {
		wrong := func(step *Step, absent string, which func(key string) bool) {
			body, differs := altered(t, t.Node, "", which)
			if !differs {
				t.Omit(step, NotApplicable, absent)
				return
			}
			refuse(ctx, t, asNode, step, JSON(body.(map[string]any)), WrongPassword("node"))
		}
		wrong(everyText, "the node's login holds no text", func(string) bool { return true })
		wrong(passwordAlone, "no text of the node's login is named like a password", namedLikePassword)
		session.StillGood(t, "node", logIn(ctx, t, asNode, nodeGoodAtLast, asNode.Body(t), Opens("node")).login)
	}, Needs(asNode.Needs...), After(LogInAsNode, LogIn), Account("node"))

// The logins that a target declares to be without are tried once all the same, with invented credentials.
var (
	triedToken = absent("is the login with a token really absent", "token", byToken,
		func() session.Fields { return session.Fields{{Name: "token", Value: vary.UUID()}} })
	triedNode = absent("is the node's login really absent", "node", asNode,
		func() session.Fields { return credentials(vary.Word(), vary.UUID()) })
)

func absent(name, feature string, w *session.Way, fields func() session.Fields) *Step {
	try := NewStep("try")
	sessions.Scenario(name, Steps(try), func(ctx context.Context, t *Caller) {
		logIn(ctx, t, w, try, inJSON(fields()), Refused())
	}, OnlyWithout(feature))
	return try
}
