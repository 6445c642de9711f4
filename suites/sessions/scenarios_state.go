package sessions

import (
	"net/url"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/session"
)

var (
	ofOtherFields     Steps
	otherNamed        = ofOtherFields.Step("log in with another user's name beside")
	otherNamedDetails = ofOtherFields.Step("details with another user's name beside")
	otherID           = ofOtherFields.Step("log in with another user's guid beside")
	otherIDDetails    = ofOtherFields.Step("details with another user's guid beside")
	doubled           = ofOtherFields.Step("log in with another user's login before the user's")
	doubledDetails    = ofOtherFields.Step("details with another user's login before the user's")
	queryOfOther      = ofOtherFields.Step("details with another user's names and guid in the query")
	headersOfOther    = ofOtherFields.Step("details with another user's name and guid in headers")
)

// OtherFields logs the user in, with fields beside that name the other user, as products do that write all fields of a
// request into a record.
var OtherFields = sessions.Scenario("log in with fields of another user beside", &ofOtherFields, func(t *Caller) {
	ask := func(step, use *Step, fields session.Fields) {
		t.Alone("user", func() {
			v := logIn(t, byPassword, step, inJSON(fields), LogsIn("user"))
			v.get(use, detailsPath)
			if step == otherNamed && v.Cookie != "" {
				askForOther(t, v)
			}
			t.Leave(sessionOfLogin(t, v.login))
		})
	}
	beside := func(step, use *Step, value string, names ...string) {
		if value == "" {
			t.Omit(step, NotApplicable, "nothing is known that names the other user")
			return
		}
		fields := byPassword.Right(t)
		for _, name := range names {
			fields = append(fields, session.Field{Name: name, Value: value})
		}
		ask(step, use, fields)
	}
	beside(otherNamed, otherNamedDetails, t.OtherUser.Login, "user", "username", "userLogin")
	beside(otherID, otherIDDetails, match.Member(t.Of(otherDetails), guidField).String(), "id", "userId", "guid")
	// The last of two equal names counts for nearly all readers: for them this is a good login.
	ask(doubled, doubledDetails,
		append(session.Fields{{Name: "login", Value: t.OtherUser.Login}}, byPassword.Right(t)...))
}, Needs("other_user"), After(LogIn, OtherUser), Account("user"))

// askForOther asks for the details with a session of the user, where a query or headers name the other one.
func askForOther(t *Caller, v *visit) {
	name, guid := t.OtherUser.Login, match.Member(t.Of(otherDetails), guidField).String()
	query := url.Values{}
	for key, value := range map[string]string{"login": name, "user": name, "username": name, "guid": guid, "id": guid,
		"userId": guid} {
		query.Set(key, value)
	}
	v.get(queryOfOther, detailsPath+"?"+query.Encode())
	t.Get(headersOfOther, detailsPath, CookieHeader(v.Cookie), Header("Content-Type", jsonType),
		Header("Accept", jsonType), Header("X-User", name), Header("X-Remote-User", name), Header("X-User-Id", guid))
}

var (
	ofNewID            Steps
	inventedBeside     = ofNewID.Step("log in with an invented session")
	inventedAfterwards = ofNewID.Step("details with the invented session")
	handedOutBeside    = ofNewID.Step("log in with the cookies of a refused call")
	handedOutAfter     = ofNewID.Step("details with the cookies of a refused call")
	liveOfOther        = ofNewID.Step("log in as the other user")
	othersPassword     = ofNewID.Step("another user's password in that user's session")
	bystanderAfter     = ofNewID.Step("details with the other user's session, after its password for the user")
	liveBeside         = ofNewID.Step("log in with another user's session")
	liveAfterwards     = ofNewID.Step("details with the other user's session")
	liveNow            = ofNewID.Step("details of who logged in with the other user's session")
)

// NewID logs in with cookies of a session that nobody has, with those that a call without a session was handed out, and
// with those of another user's session: whoever has these must not be in the user's session then.
var NewID = sessions.Scenario("log in with cookies of another session", &ofNewID, func(t *Caller) {
	beside := func(step, use *Step, cookies string) *exchange.Exchange {
		e := logIn(t, byPassword, step, byPassword.Body(t), LogsIn("user"), CookieHeader(cookies)).login
		get(t, use, detailsPath, cookies)
		return e
	}
	live := t.Of(secondLogin).CookieHeader()
	if invented := inventedCookies(t, live); invented != "" && invented != live {
		beside(inventedBeside, inventedAfterwards, invented)
	}
	if handedOut := t.Of(userWithout).CookieHeader(); handedOut != "" {
		beside(handedOutBeside, handedOutAfter, handedOut)
	} else {
		t.Omit(handedOutBeside, NotApplicable, "a call without a session sets no cookie")
	}
	others := t.Of(otherLogin).CookieHeader()
	if others != "" { // that session may have ended with its scenario
		others = logIn(t, otherWay, liveOfOther, otherWay.Body(t), Opens("other_user")).login.CookieHeader()
	} else {
		t.Omit(liveOfOther, NotApplicable, "there is no session of another user")
	}
	tryOthersPassword(t, others)
	if others != "" {
		e := beside(liveBeside, liveAfterwards, others)
		get(t, liveNow, detailsPath, merged(others, e)) // as a browser does
	} else {
		t.Omit(liveBeside, NotApplicable, "there is no session of another user")
	}
}, After(LogIn, OtherUser, Sessionless), Account("user"))

// tryOthersPassword sends the user's login with the other user's password, in a session of the other user's, who must
// not be the user then. What cookies come are not tried alone: a product may renew that session's.
func tryOthersPassword(t *Caller, cookies string) {
	switch {
	case !t.Meets("other_user.password", othersPassword):
		return
	case t.OtherUser.Password == t.User.Password:
		t.Omit(othersPassword, NotApplicable, "both users have the same password")
		return
	}
	fields := byPassword.Right(t).With("password", t.OtherUser.Password)
	e := logIn(t, byPassword, othersPassword, inJSON(fields), CookieHeader(cookies), WrongPassword("user")).login
	if cookies != "" {
		get(t, bystanderAfter, detailsPath, merged(cookies, e))
	} else {
		t.Omit(bystanderAfter, NotApplicable, "there is no session of another user")
	}
}

var (
	ofAtOnce           Steps
	userAtOnce         = ofAtOnce.Step("user logs in")
	otherAtOnce        = ofAtOnce.Step("other user logs in")
	userAtOnceDetails  = ofAtOnce.Step("details of the user")
	otherAtOnceDetails = ofAtOnce.Step("details of the other user")
)

// AtOnce logs two users in within a moment, and asks each session whose it is, within a moment too.
var AtOnce = sessions.Scenario("log two users in at once", &ofAtOnce, func(t *Caller) {
	t.Alone("user", func() {
		var user, other *visit
		session.AtOnce(
			func() { user = logIn(t, byPassword, userAtOnce, byPassword.Body(t), LogsIn("user"), Fresh()) },
			func() { other = logIn(t, otherWay, otherAtOnce, otherWay.Body(t), LogsIn("other_user"), Fresh()) })
		session.AtOnce(
			func() { user.get(userAtOnceDetails, detailsPath) },
			func() { other.get(otherAtOnceDetails, detailsPath) })
	})
}, Needs(otherWay.Needs...), After(LogIn, OtherUser), Account("user"))

var (
	ofClients       Steps
	anyAccepted     = ofClients.Step("log in accepting anything")
	anyAcceptedUser = ofClients.Step("user accepting anything")
	noAccept        = ofClients.Step("log in without Accept and User-Agent")
	noAcceptUser    = ofClients.Step("user without Accept and User-Agent")
)

// Clients logs in as common clients do: curl, fetch and Python's requests accept anything; NodeJS names neither what it
// accepts nor itself.
var Clients = sessions.Scenario("log in as common clients do", &ofClients, func(t *Caller) {
	as := func(step, use *Step, options ...Option) {
		t.Alone("user", func() {
			v := &visit{Session: Session{Account: "user"}, t: t}
			v.keep(t.Post(step, byPassword.Path, byPassword.Body(t), append(options, LogsIn("user"))...))
			if v.Cookie != "" {
				t.Get(use, userPath, append(options, CookieHeader(v.Cookie))...)
			}
		})
	}
	as(anyAccepted, anyAcceptedUser, Header("Accept", "*/*"), Header("User-Agent", "curl/8.14.1"))
	as(noAccept, noAcceptUser, Header("User-Agent", ""))
}, After(LogIn), Account("user"))
