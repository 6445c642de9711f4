package sessions

import (
	"time"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var (
	ofLogOut           Steps
	lastLogin          = ofLogOut.Step("log in")
	lastUser           = ofLogOut.Step("user")
	lastDetails        = ofLogOut.Step("details")
	otherSession       = ofLogOut.Step("other session, user")
	lastOther          = ofLogOut.Step("other user, log in")
	lastOtherDetails   = ofLogOut.Step("other user, details")
	logoutWithout      = ofLogOut.Step("log out without a session")
	logoutInvented     = ofLogOut.Step("log out with an invented session")
	userBefore         = ofLogOut.Step("user before it")
	loggedOut          = ofLogOut.Step("log out")
	userAfter          = ofLogOut.Step("user after it")
	detailsAfter       = ofLogOut.Step("details after it")
	statusAfter        = ofLogOut.Step("status after it")
	otherSessionAfter  = ofLogOut.Step("other session, user after it")
	otherUserAfter     = ofLogOut.Step("other user, details after it")
	loggedOutAgain     = ofLogOut.Step("log out again")
	otherSessionAtLast = ofLogOut.Step("other session, user at last")
	otherLoggedOut     = ofLogOut.Step("other user, log out")
	otherEnded         = ofLogOut.Step("other user, details after that logout")
	userBeside         = ofLogOut.Step("user after that logout")
	loginAfter         = ofLogOut.Step("log in after it")
	userAtLast         = ofLogOut.Step("user with the ended session at last")
)

// LogOut opens a session, uses it, ends it, and tries it again with the cookies from before the end. It also looks what
// becomes of another session of the user, where logins do not end earlier ones, and of another user's; and what logouts
// do that end no session.
var LogOut = sessions.Scenario("log out", &ofLogOut, func(t *Caller) {
	v := logIn(t, byPassword, lastLogin, byPassword.Body(t), Opens("user"))
	if v.Cookie == "" {
		return
	}
	v.get(lastUser, userPath)
	v.get(lastDetails, detailsPath)
	other := &visit{Session: Session{Account: "user"}, t: t}
	if !t.Turned() {
		// The control's second session, with the cookies of all that used it.
		for _, step := range append([]*Step{secondLogin, currentUser, details, status, detailsAgain, userAgain},
			userLater...) {
			other.keep(t.Of(step))
		}
	}
	lived := other.get(otherSession, userPath).Succeeded()
	another := &visit{t: t}
	if t.Meets("other_user.password", lastOther) {
		another = logIn(t, otherWay, lastOther, otherWay.Body(t), Opens("other_user"))
		another.get(lastOtherDetails, detailsPath)
	}
	logOut(t, logoutWithout, Session{})
	tryCookies(t, logoutWithout)
	if invented := inventedCookies(t, v.Cookie); invented != v.Cookie {
		logOut(t, logoutInvented, Session{Cookie: invented})
	}
	v.get(userBefore, userPath)
	t.LogOut(loggedOut, v.Session)
	get(t, userAfter, userPath, v.Cookie)
	get(t, detailsAfter, detailsPath, v.Cookie)
	get(t, statusAfter, statusPath, v.Cookie)
	if lived {
		other.get(otherSessionAfter, userPath)
	}
	another.get(otherUserAfter, detailsPath)
	logOut(t, loggedOutAgain, v.Session)
	if lived {
		other.get(otherSessionAtLast, userPath)
	}
	for _, step := range append(handsOutNone, logoutInvented) {
		tryCookies(t, step)
	}
	after := logIn(t, byPassword, loginAfter, byPassword.Body(t), Opens("user"))
	get(t, userAtLast, userPath, v.Cookie)
	another.logOut(otherLoggedOut)
	another.askAgain(otherEnded, detailsPath)
	if another.Cookie != "" {
		after.get(userBeside, userPath)
	}
}, Account("user"), Ending())

// handsOutNone are the calls that end a session, and those with an ended one. Some give the session another ID there.
var handsOutNone = []*Step{loggedOut, userAfter, detailsAfter, statusAfter, loggedOutAgain}

var (
	ofLogOutOfToken   Steps
	lastTokenLogin    = ofLogOutOfToken.Step("log in")
	lastTokenUser     = ofLogOutOfToken.Step("user")
	tokenLoggedOut    = ofLogOutOfToken.Step("log out")
	tokenUserAfter    = ofLogOutOfToken.Step("user after it")
	tokenDetailsAfter = ofLogOutOfToken.Step("details after it")

	ofLogOutOfNode Steps
	lastNodeLogin  = ofLogOutOfNode.Step("log in")
	lastNodeUser   = ofLogOutOfNode.Step("user")
	nodeLoggedOut  = ofLogOutOfNode.Step("log out")
	nodeUserAfter  = ofLogOutOfNode.Step("user after it")
)

// LogOutOfToken ends a session that the token opened.
var LogOutOfToken = sessions.Scenario("log out of a session opened with the token", &ofLogOutOfToken, func(t *Caller) {
	v := logIn(t, byToken, lastTokenLogin, byToken.Body(t), LogsIn("user"))
	v.get(lastTokenUser, userPath)
	v.logOut(tokenLoggedOut)
	tryCookies(t, tokenLoggedOut)
	v.askAgain(tokenUserAfter, userPath)
	v.askAgain(tokenDetailsAfter, detailsPath)
}, Needs(byToken.Needs...), Account("user"), Ending())

// LogOutOfNode ends a session of the node.
var LogOutOfNode = sessions.Scenario("log out of a session of the node", &ofLogOutOfNode, func(t *Caller) {
	v := logIn(t, asNode, lastNodeLogin, asNode.Body(t), Opens("node"))
	v.askAsNode(lastNodeUser)
	v.logOut(nodeLoggedOut)
	v.askAgain(nodeUserAfter, userPath)
}, Needs(asNode.Needs...), Account("node"), Ending())

// logOut ends the session, if there is one.
func (v *visit) logOut(step *Step) {
	if v.Cookie != "" {
		v.t.LogOut(step, v.Session)
	}
}

// askAgain asks with the cookies of a session that was ended; what the answer sets is not kept.
func (v *visit) askAgain(step *Step, path string) {
	if v.Cookie != "" {
		get(v.t, step, path, v.Cookie)
	}
}

var (
	ofMoves        Steps
	movesLogin     = ofMoves.Step("log in")
	movesNobody    = ofMoves.Step("nobody logs in")
	movesUser      = ofMoves.Step("user")
	blankBehind    = ofMoves.Step("a blank behind the password")
	movesAfter     = ofMoves.Step("user after it")
	movesAtLast    = ofMoves.Step("log in at last")
	restedUser     = ofMoves.Step("user after a rest")
	elderLoggedOut = ofMoves.Step("log out of the elder session")
	elderUserAfter = ofMoves.Step("user after that logout")
)

// Moves uses one session before and after a login with a wrong password, while nobody else logs in, and once more when
// it was not used for a while. Where a later one of the user lives beside it by then, the elder is logged out.
var Moves = sessions.Scenario("log in with a wrong password alone", &ofMoves, func(t *Caller) {
	v := logIn(t, byPassword, movesLogin, byPassword.Body(t), Opens("user"))
	if v.Cookie == "" {
		return
	}
	again := t.Of(unknownLogin()).Request.Body // nobody's, as it was refused before: that it came makes it nobody known
	if len(again) == 0 {
		again = []byte(credentials(vary.Word(), vary.UUID()).JSON())
	}
	logIn(t, byPassword, movesNobody, JSONText(string(again)), Refused(), BesideSession())
	v.get(movesUser, userPath)
	t.Wait(time.Until(t.Of(movesLogin).Started.Add(apart(t.Of(firstLogin), t.Of(secondLogin)))))
	wrong(t, byPassword, blankBehind, t.User.Password+" ")
	if t.OneAtATime() {
		t.Omit(movesAfter, NotApplicable, session.NoneBeside)
		v = logIn(t, byPassword, movesAtLast, byPassword.Body(t), Opens("user"))
	} else if v.get(movesAfter, userPath); !t.Turned() && !good(t, byPassword, movesAtLast) {
		return
	}
	t.Wait(t.SessionIdle)
	if v.get(restedUser, userPath).Succeeded() && !t.Turned() {
		v.logOut(elderLoggedOut)
		v.askAgain(elderUserAfter, userPath)
	} else {
		t.Omit(elderUserAfter, NotApplicable, "no two sessions of the user live by then")
	}
	if t.Turned() && !t.OneAtATime() {
		good(t, byPassword, movesAtLast)
	}
}, After(LogIn, unknownLogin().Scenario()), Account("user"), Ending())
