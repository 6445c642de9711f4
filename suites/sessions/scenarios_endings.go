package sessions

import (
	"context"
	"time"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// Steps of LogOut.
var (
	lastLogin          = NewStep("log in")
	lastUser           = NewStep("user")
	lastDetails        = NewStep("details")
	otherSession       = NewStep("other session, user")
	lastOther          = NewStep("other user, log in")
	lastOtherDetails   = NewStep("other user, details")
	logoutWithout      = NewStep("log out without a session")
	logoutInvented     = NewStep("log out with an invented session")
	userBefore         = NewStep("user before it")
	loggedOut          = NewStep("log out")
	userAfter          = NewStep("user after it")
	detailsAfter       = NewStep("details after it")
	statusAfter        = NewStep("status after it")
	otherSessionAfter  = NewStep("other session, user after it")
	otherUserAfter     = NewStep("other user, details after it")
	loggedOutAgain     = NewStep("log out again")
	otherSessionAtLast = NewStep("other session, user at last")
	loginAfter         = NewStep("log in after it")
	userAtLast         = NewStep("user with the ended session at last")
)

// LogOut opens a session, uses it, ends it, and tries it again with the cookies from before the end. It also looks what
// becomes of another session of the user, where logins do not end earlier ones, and of another user's; and what logouts
// do that end no session.
var LogOut = sessions.Scenario("log out", Steps(lastLogin, lastUser, lastDetails, otherSession, lastOther,
	lastOtherDetails, logoutWithout,
	logoutInvented, userBefore, loggedOut, userAfter, detailsAfter, statusAfter, otherSessionAfter, otherUserAfter,
	loggedOutAgain,
	otherSessionAtLast, loginAfter, userAtLast), func(ctx context.Context, t *Caller) {
	v := logIn(ctx, t, byPassword, lastLogin, byPassword.Body(t), Opens("user"))
	if v.cookies == "" {
		return
	}
	v.get(ctx, lastUser, userPath)
	v.get(ctx, lastDetails, detailsPath)
	other := &visit{t: t, account: "user"}
	if !t.Turned() {
		// The control's second session, with the cookies of all that used it.
		for _, step := range Steps(secondLogin, currentUser, details, status, detailsAgain, userAgain) {
			other.keep(t.Of(step))
		}
	}
	lived := other.get(ctx, otherSession, userPath).Succeeded()
	another := &visit{t: t}
	if t.OtherUser != nil && t.OtherUser.Password != "" {
		another = logIn(ctx, t, otherWay, lastOther, otherWay.Body(t), Opens("other_user"))
		another.get(ctx, lastOtherDetails, detailsPath)
	} else {
		withoutOther(t, lastOther)
	}
	end(ctx, t, logoutWithout, "")
	tryCookies(ctx, t, logoutWithout)
	if invented := inventedCookies(t, v.cookies); invented != v.cookies {
		end(ctx, t, logoutInvented, invented)
	}
	v.get(ctx, userBefore, userPath)
	if end(ctx, t, loggedOut, v.cookies).Succeeded() {
		t.Ended(Session{Account: "user", Cookie: v.cookies})
	}
	get(ctx, t, userAfter, userPath, v.cookies)
	get(ctx, t, detailsAfter, detailsPath, v.cookies)
	get(ctx, t, statusAfter, statusPath, v.cookies)
	if lived {
		other.get(ctx, otherSessionAfter, userPath)
	}
	another.get(ctx, otherUserAfter, detailsPath)
	end(ctx, t, loggedOutAgain, v.cookies)
	if lived {
		other.get(ctx, otherSessionAtLast, userPath)
	}
	logIn(ctx, t, byPassword, loginAfter, byPassword.Body(t), Opens("user"))
	get(ctx, t, userAtLast, userPath, v.cookies)
}, Account("user"), Ending())

// Steps of LogOutOfToken and LogOutOfNode.
var (
	lastTokenLogin    = NewStep("log in")
	lastTokenUser     = NewStep("user")
	tokenLoggedOut    = NewStep("log out")
	tokenUserAfter    = NewStep("user after it")
	tokenDetailsAfter = NewStep("details after it")

	lastNodeLogin = NewStep("log in")
	lastNodeUser  = NewStep("user")
	nodeLoggedOut = NewStep("log out")
	nodeUserAfter = NewStep("user after it")
)

// LogOutOfToken ends a session that the token opened.
var LogOutOfToken = sessions.Scenario("log out of a session opened with the token",
	Steps(lastTokenLogin, lastTokenUser, tokenLoggedOut,
		tokenUserAfter, tokenDetailsAfter), func(ctx context.Context, t *Caller) {
		v := logIn(ctx, t, byToken, lastTokenLogin, byToken.Body(t), LogsIn("user"))
		v.get(ctx, lastTokenUser, userPath)
		v.logOut(ctx, tokenLoggedOut)
		v.askAgain(ctx, tokenUserAfter, userPath)
		v.askAgain(ctx, tokenDetailsAfter, detailsPath)
	}, Needs(byToken.Needs...), Account("user"), Ending())

// LogOutOfNode ends a session of the node.
var LogOutOfNode = sessions.Scenario("log out of a session of the node",
	Steps(lastNodeLogin, lastNodeUser, nodeLoggedOut, nodeUserAfter),
	func(ctx context.Context, t *Caller) {
		v := logIn(ctx, t, asNode, lastNodeLogin, asNode.Body(t), Opens("node"))
		if v.login.Succeeded() && v.cookies == "" {
			t.Omit(lastNodeUser, NotApplicable, "a login of the node sets no cookie")
		}
		v.get(ctx, lastNodeUser, userPath)
		v.logOut(ctx, nodeLoggedOut)
		v.askAgain(ctx, nodeUserAfter, userPath)
	}, Needs(asNode.Needs...), Account("node"), Ending())

// logOut ends the session, if there is one.
func (v *visit) logOut(ctx context.Context, step *Step) {
	if v.cookies != "" && end(ctx, v.t, step, v.cookies).Succeeded() {
		v.t.Ended(Session{Account: v.account, Cookie: v.cookies})
	}
}

// askAgain asks with the cookies of a session that was ended; what the answer sets is not kept.
func (v *visit) askAgain(ctx context.Context, step *Step, path string) {
	if v.cookies != "" {
		get(ctx, v.t, step, path, v.cookies)
	}
}

// Steps of Moves.
var (
	movesLogin    = NewStep("log in")
	movesNobody   = NewStep("nobody logs in")
	movesUser     = NewStep("user")
	blankBehind   = NewStep("a blank behind the password")
	movesAfter    = NewStep("user after it")
	movesAtLast   = NewStep("log in at last")
	restedUser    = NewStep("user after a rest")
	restedDetails = NewStep("details after a rest")
)

// Moves uses one session before and after a login with a wrong password, while nobody else logs in, and once more when
// it was not used for a while.
var Moves = sessions.Scenario("log in with a wrong password alone",
	Steps(movesLogin, movesNobody, movesUser, blankBehind, movesAfter, movesAtLast,
		restedUser, restedDetails), func(ctx context.Context, t *Caller) {
		v := logIn(ctx, t, byPassword, movesLogin, byPassword.Body(t), Opens("user"))
		if v.cookies == "" {
			return
		}
		logIn(ctx, t, byPassword, movesNobody, inJSON(credentials(vary.Word(), vary.UUID())), Refused())
		v.get(ctx, movesUser, userPath)
		t.Wait(ctx, time.Until(t.Of(movesLogin).Started.Add(apart(t.Of(firstLogin), t.Of(secondLogin)))))
		wrong(ctx, t, byPassword, blankBehind, t.User.Password+" ")
		if t.OneAtATime() {
			t.Omit(movesAfter, NotApplicable, session.NoneBeside)
			v = logIn(ctx, t, byPassword, movesAtLast, byPassword.Body(t), Opens("user"))
		} else if v.get(ctx, movesAfter, userPath); !t.Turned() && !good(ctx, t, byPassword, movesAtLast) {
			return
		}
		t.Wait(ctx, t.SessionIdle)
		v.get(ctx, restedUser, userPath)
		v.get(ctx, restedDetails, detailsPath)
		if t.Turned() && !t.OneAtATime() {
			good(ctx, t, byPassword, movesAtLast)
		}
	}, After(LogIn), Account("user"), Ending())
