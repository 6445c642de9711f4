package saymon

import (
	"context"
	"sync"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
)

// Steps of LogInAtOnce: of the user, of the user again, and of the other user.
var atOnce = [3]*session.Way{
	{Account: "user", Login: NewStep("log in"), Use: NewStep("who am I"), Write: compact, Right: byLogin.Right},
	{Account: "user", Login: NewStep("log in beside it"), Use: NewStep("who am I beside it"), Write: compact,
		Right: byLogin.Right},
	{Account: "other_user", Login: NewStep("log in as the other user"), Use: NewStep("who am I as the other user"),
		Write: compact,
		Right: byOthersLogin.Right},
}

// LogInAtOnce logs in three times within milliseconds, twice as the user and once as the other one, and uses the
// sessions.
var LogInAtOnce = saymon.Scenario("log in three times at once", stepsOfWays(atOnce[:]),
	func(ctx context.Context, t *Caller) {
		t.Alone("user", func() {
			logins := make([]*exchange.Exchange, len(atOnce))
			var all sync.WaitGroup
			for i, w := range atOnce {
				if i == 1 && t.OneAtATime() {
					t.Omit(w.Login, NotApplicable, "a user has one session at a time")
					continue
				}
				if w.Account != "other_user" || t.OtherUser != nil && t.OtherUser.Password != "" {
					all.Go(func() { logins[i] = logIn(ctx, t, w.Login, w.Body(t), Opens(w.Account), Fresh()) })
				}
			}
			all.Wait()
			for i, w := range atOnce {
				if logins[i] != nil {
					whoAmI(ctx, t, w.Use, logins[i])
				}
			}
		})
	}, Account("user"))

func stepsOfWays(ways []*session.Way) (steps []*Step) {
	for _, w := range ways {
		steps = append(steps, w.Login, w.Use)
	}
	return steps
}

// Steps of LogInBeside.
var besideLogin, besideOther, besideUser = NewStep("log in"), NewStep("log in as the other user"), NewStep("who am I")

// LogInBeside logs the other user in while the user's session lives, and uses that.
var LogInBeside = saymon.Scenario("log in beside another user", Steps(besideLogin, besideOther, besideUser),
	func(ctx context.Context, t *Caller) {
		t.Alone("user", func() {
			login := logIn(ctx, t, besideLogin, byLogin.Body(t), Opens("user"))
			logIn(ctx, t, besideOther, byOthersLogin.Body(t), Opens("other_user"))
			whoAmI(ctx, t, besideUser, login)
		})
	}, Needs("other_user.password"), Account("user"))
