package saymon

import (
	"context"
	"sync"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// Steps of LogInWithMore.
var moreLogin, moreUser = NewStep("log in"), NewStep("who am I")

// LogInWithMore names the other user beside right credentials, in the fields that frameworks copy into their models.
var LogInWithMore = saymon.Scenario("log in with more than credentials", Steps(moreLogin, moreUser),
	func(ctx context.Context, t *Caller) {
		fields := byLogin.Right(t)
		for _, f := range []session.Field{{Name: "user", Value: t.OtherUser.Login}, {Name: "userId", Value: t.OtherUser.ID},
			{Name: "id", Value: t.OtherUser.ID}, {Name: "role", Value: "admin"}} {
			if f.Value != "" {
				fields = append(fields, f)
			}
		}
		t.Alone("user", func() { whoAmI(ctx, t, moreUser, logIn(ctx, t, moreLogin, compact(fields), LogsIn("user"))) })
	}, Needs("other_user"), Account("user"))

// Steps of LogInWithCookie.
var (
	inventedCookieLogin = NewStep("log in with an invented cookie")
	inventedCookieUser  = NewStep("who am I with the invented cookie")
	victimLogin         = NewStep("log in as the other user")
	liveCookieLogin     = NewStep("log in with the other user's cookie")
	victimUser          = NewStep("who am I with the other user's cookie")
)

// LogInWithCookie logs in with a cookie that was there before: an invented one, and the live one of the other user.
var LogInWithCookie = saymon.Scenario("log in with a cookie", Steps(inventedCookieLogin, inventedCookieUser,
	victimLogin, liveCookieLogin, victimUser), func(ctx context.Context, t *Caller) {
	planted := t.Secret("invented session", vary.UUID())
	logIn(ctx, t, inventedCookieLogin, byLogin.Body(t), Opens("user"), Cookie("sid", planted))
	t.Get(ctx, inventedCookieUser, currentPath, Cookie("sid", planted))
	if t.OtherUser == nil || t.OtherUser.Password == "" {
		t.Omit(liveCookieLogin, Unconfigured,
			"other_user.password is not set: fill it in in targets.yaml to have this judged")
		return
	}
	if sid := SessionID(logIn(ctx, t, victimLogin, byOthersLogin.Body(t), Opens("other_user"))); sid != "" {
		logIn(ctx, t, liveCookieLogin, byLogin.Body(t), Opens("user"), Cookie("sid", sid))
		t.Get(ctx, victimUser, currentPath, Cookie("sid", sid))
	}
}, Account("user"))

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
				if w.Account != "other_user" || t.OtherUser != nil && t.OtherUser.Password != "" {
					all.Go(func() { logins[i] = logIn(ctx, t, w.Login, w.Body(t), Opens(w.Account)) })
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
