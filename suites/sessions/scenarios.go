package sessions

import (
	"fmt"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/vary"
)

var (
	ofLogIn        Steps
	firstLogin     = ofLogIn.Step("log in")
	secondLogin    = ofLogIn.Step("log in again")
	loginWithToken = ofLogIn.Step("log in with the token")
	userOfFirst    = ofLogIn.Step("first session, user")
	currentUser    = ofLogIn.Step("user")
	details        = ofLogIn.Step("details")
	status         = ofLogIn.Step("status")
	detailsAgain   = ofLogIn.Step("details again")
	userAgain      = ofLogIn.Step("user again")
	userLater      = usesOnEnd(&ofLogIn)
)

// usesOnEnd are further uses of a session.
func usesOnEnd(of *Steps) []*Step {
	return []*Step{of.Step("user, third time"), of.Step("user, fourth time"), of.Step("user, fifth time"),
		of.Step("user, sixth time")}
}

func (v *visit) getAll(uses []*Step) {
	for _, step := range uses {
		v.get(step, userPath)
	}
}

// LogIn is the control: it logs in twice and uses both sessions. The second one is asked all that can be asked.
var LogIn = sessions.Scenario("log in with the password", &ofLogIn, func(t *Caller) {
	first := logIn(t, byPassword, firstLogin, byPassword.Body(t), Opens("user"))
	if first.login.Unanswered() != "" {
		return
	}
	if !LetIn(first.login) {
		var others []func() *exchange.Exchange
		if own(t).Token != "" && !t.Lacks("token") {
			others = append(others, func() *exchange.Exchange {
				return logIn(t, byToken, loginWithToken, byToken.Body(t), LogsIn("user")).login
			})
		}
		t.NotLetIn("user", first.login, others...)
		return
	}
	var second *visit
	again := func() *exchange.Exchange {
		second = logIn(t, byPassword, secondLogin, byPassword.Body(t), Opens("user"))
		return second.login
	}
	early := &exchange.Exchange{}
	if e := again(); NoRoom(e) {
		t.RefusedBeside(e, again)
	} else {
		early = first.get(userOfFirst, userPath)
	}
	noteAlike(first.login, second.login)
	noteRepeated(second.login, t.User.Login, t.User.Password)
	late := second.get(currentUser, userPath)
	if late.Succeeded() && !early.Succeeded() {
		t.TakeTurns()
	}
	if !late.Succeeded() {
		ofPassword.try(second)
	}
	second.get(details, detailsPath)
	second.get(status, statusPath)
	second.get(detailsAgain, detailsPath)
	second.get(userAgain, userPath)
	second.getAll(userLater)
}, Control(), Account("user"))

var (
	ofLogInByToken    Steps
	tokenLogin        = ofLogInByToken.Step("log in")
	tokenLoginAgain   = ofLogInByToken.Step("log in again")
	tokenUser         = ofLogInByToken.Step("user")
	tokenDetails      = ofLogInByToken.Step("details")
	tokenStatus       = ofLogInByToken.Step("status")
	tokenDetailsAgain = ofLogInByToken.Step("details again")
	tokenUserAgain    = ofLogInByToken.Step("user again")
	tokenUserLater    = usesOnEnd(&ofLogInByToken)
)

// LogInByToken opens a session with the token and uses it.
var LogInByToken = sessions.Scenario("log in with the token", &ofLogInByToken, func(t *Caller) {
	t.Alone("user", func() {
		v := logIn(t, byToken, tokenLogin, byToken.Body(t), LogsIn("user"))
		if neverBefore(v.login) {
			v = logIn(t, byToken, tokenLoginAgain, byToken.Body(t), LogsIn("user"))
		}
		noteRepeated(v.login, "", own(t).Token)
		if !v.get(tokenUser, userPath).Succeeded() {
			ofToken.try(v)
		}
		v.get(tokenDetails, detailsPath)
		v.get(tokenStatus, statusPath)
		v.get(tokenDetailsAgain, detailsPath)
		v.get(tokenUserAgain, userPath)
		v.getAll(tokenUserLater)
	})
}, Needs(byToken.Needs...), Account("user"))

var (
	ofLogInAsNode                       Steps
	nodeLogin, nodeLoginAgain, nodeUser = ofLogInAsNode.Step("log in"), ofLogInAsNode.Step("log in again"),
		ofLogInAsNode.Step("user")
	// nodeUses are asked where nodeUser is answered.
	nodeUses = []*Step{ofLogInAsNode.Step("user, second time"), ofLogInAsNode.Step("user, third time"),
		ofLogInAsNode.Step("user, fourth time")}
)

// LogInAsNode opens a node's session and tries what it is good for.
var LogInAsNode = sessions.Scenario("log in as the node", &ofLogInAsNode, func(t *Caller) {
	v := logIn(t, asNode, nodeLogin, asNode.Body(t), Opens("node"))
	if e := v.login; e.Unanswered() == "" && !e.Succeeded() {
		t.RefuseAccount("node", fmt.Sprintf("the configured login of node is answered %s", e.StatusLine()))
		return
	}
	if neverBefore(v.login) {
		v = logIn(t, asNode, nodeLoginAgain, asNode.Body(t), Opens("node"))
	}
	if v.askAsNode(nodeUser).Succeeded() {
		v.getAll(nodeUses)
	}
}, Needs(asNode.Needs...), Account("node"))

// askAsNode asks for the user with a session of the node, which not every product gives it.
func (v *visit) askAsNode(step *Step) *exchange.Exchange {
	if v.login.Succeeded() && v.Cookie == "" {
		v.t.Omit(step, NotApplicable, "a login of the node sets no cookie")
	}
	return v.get(step, userPath)
}

var (
	ofLogInEscaped Steps
	escapedLogin   = ofLogInEscaped.Step("log in")
)

// LogInEscaped sends the login with \uXXXX in place of all that is not ASCII; where the account has no such character,
// of all characters.
var LogInEscaped = sessions.Scenario("log in with an escaped body", &ofLogInEscaped, func(t *Caller) {
	all := vary.IsASCII(t.User.Login + t.User.Password)
	text := fmt.Sprintf(`{"login": %s, "password": %s}`, vary.JSONEscaped(t.User.Login, all),
		vary.JSONEscaped(t.User.Password, all))
	logIn(t, byPassword, escapedLogin, JSONText(text), Opens("user"))
}, Account("user"))

var (
	ofSessionless   Steps
	userWithout     = ofSessionless.Step("user without")
	detailsWithout  = ofSessionless.Step("details without")
	statusWithout   = ofSessionless.Step("status without")
	userInvented    = ofSessionless.Step("user invented")
	detailsInvented = ofSessionless.Step("details invented")
)

// Sessionless asks without a session and with an invented one, which has the cookies of a live one with other values.
var Sessionless = sessions.Scenario("ask without a session", &ofSessionless, func(t *Caller) {
	get(t, userWithout, userPath, "", Odd())
	get(t, detailsWithout, detailsPath, "", Odd())
	get(t, statusWithout, statusPath, "")
	for _, step := range []*Step{userWithout, detailsWithout, statusWithout} {
		tryCookies(t, step)
	}
	live := t.Of(secondLogin).CookieHeader()
	if cookies := inventedCookies(t, live); cookies != "" {
		get(t, userInvented, userPath, cookies, Odd())
		get(t, detailsInvented, detailsPath, cookies, Odd())
		tryCookies(t, userInvented)
		tryCookies(t, detailsInvented)
	}
}, After(LogIn))

// neverBefore says that a login shows no last successful one, as an account's very first login may.
func neverBefore(login *exchange.Exchange) bool {
	return login.Succeeded() && isNever(match.Member(login, goodField))
}
