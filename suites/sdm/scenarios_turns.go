package sdm

import (
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// good is a login that must succeed, made otherwise than the usual one.
type good struct {
	login *Step
	form  *form
	write func(right session.Fields) Body // nil: as usual
	extra []Option
}

func goodLogin(name string, f *form, write func(session.Fields) Body, extra ...Option) *good {
	return &good{ofByTurns.Step("log in " + name), f, write, extra}
}

// The steps of ByTurns and of OtherByTurns, and what follows some of them.
var (
	ofByTurns, ofOtherByTurns Steps

	thenRightly     = sdm.FollowUp("and then rightly")
	useCookiesAfter = sdm.Attempt("use its cookies after a good login")
)

// The good logins that go out between those that must be refused.
var (
	curlLogin   = goodLogin("as the curl sample does", inXML, asCurl.Body, optionsOf(asCurl)...)
	pythonLogin = goodLogin("as the Python sample does", inXML, asPython.Body, optionsOf(asPython)...)
	byNumbers   = goodLogin("with letters written by their numbers in XML", inXML, inTags(byNumber))
	byHex       = goodLogin("with letters written by their hexadecimal numbers in XML", inXML, inTags(byHexadecimal))
	byEscape    = goodLogin("with letters written by escapes in JSON", inJSON, inStrings(jsonEscaped(false)))
	byEscapes   = goodLogin("with all letters written by escapes in JSON", inJSON, inStrings(jsonEscaped(true)))
	escapes     = []*good{byNumbers, byHex, byEscape, byEscapes}

	inventedID      = goodLogin("with an invented session cookie", inXML, nil)
	useInvented     = ofByTurns.Step("use the invented cookie after it")
	useOfCurl       = ofByTurns.Step("use the session of the curl sample's login")
	useAfterRefused = []*Step{ofByTurns.Step("use the session of the login before a wrong password in JSON"),
		ofByTurns.Step("use the session of the login before a wrong password in XML"),
		ofByTurns.Step("use the session of the login before an empty password"),
		ofByTurns.Step("use the session of the login before an unknown version")}
	withMore = goodLogin("with other fields beside the credentials", inJSON, nil)
	// between are they in the order in which they go out.
	between = append([]*good{curlLogin, pythonLogin, inventedID, withMore}, escapes...)
)

func inTags(write func(string) string) func(session.Fields) Body {
	return session.Sample{Headers: map[string]string{"Content-Type": inXML.mediaType}, Text: asCurl.Text,
		Write: write}.Body
}

func inStrings(write func(string) string) func(session.Fields) Body {
	body := `{"userName": {userName}, "password": {password}}`
	return session.Sample{Headers: map[string]string{"Content-Type": inJSON.mediaType}, Text: body, Write: write}.Body
}

// What the scenarios note of the real values.
const (
	keptNote = "the session has the ID that the request sent" // yes, or nothing
	tookNote = "taken from the request"                       // the field of the answer
)

// ByTurns logs the user in wrongly and rightly by turns: so no account is locked that counts failures in a row. A wrong
// login's cookie must not come to life with the good one that follows.
var ByTurns = sdm.Scenario("log in wrongly and rightly by turns", &ofByTurns, func(t *Caller) {
	takeTurns(t, byUser, "user", nil, func(i int) *client {
		if i < len(between) && works(t, between[i].form) {
			return between[i].send(t)
		}
		return nil
	}, func(step *Step) *client { return logIn(t, step, working(t)) })
}, Account("user"))

// takeTurns sends the refusals of an account, and a good login after each: the one that also makes, where it makes one,
// or plain, which it also makes where that is refused.
// before is the session that lives before them, if there is one.
func takeTurns(t *Caller, all []*refusal, account string, before *client,
	also func(i int) *client, plain func(*Step) *client) {
	right := credentials(t.User.Login, t.User.Password)
	if account == "other_user" {
		right = credentials(t.OtherUser.Login, t.OtherUser.Password)
	}
	sent := 0
	defer func() { before.end(t) }()
	for _, r := range all {
		f := r.in(t)
		if f == nil {
			if r.thenUse != nil {
				t.Omit(r.thenUse, NotApplicable, "the refused login before it goes out in a form that the target is without")
			}
			continue
		}
		option := Refused()
		if r.wrong != nil {
			if _, differs := r.wrong(t, right.Text("password")); !differs {
				t.Omit(r.Step, NotApplicable, "the password would be the right one, or one wrong password too many")
				continue
			}
			option = WrongPassword(account)
		}
		options := []Option{option}
		if r.Beside {
			if t.OneAtATime() {
				t.Omit(r.Step, NotApplicable, session.NoneBeside)
				continue
			}
			options = append(options, CookieHeader(before.cookies(t)))
		}
		refused := r.send(t, f, right, options...)
		switch {
		case r.thenUse == nil:
		case t.OneAtATime():
			t.Omit(r.thenUse, NotApplicable, session.NoneBeside)
		case before == nil:
			t.Omit(r.thenUse, NotApplicable, "no login comes before it in a form that the target has")
		default:
			before.use(t, r.thenUse)
		}
		before.end(t)
		good := also(sent)
		if sent++; good == nil || good.login.Unanswered() == "" && !good.login.Succeeded() {
			good = plain(r.Step.Then(thenRightly))
		}
		if !session.StillGood(t, account, good.login) {
			return
		}
		if cookies := left(t, refused.login, refused.jar); cookies != "" && !refused.login.Succeeded() &&
			!t.Lacks("probe") {
			attempt(t, r.Step.Then(useCookiesAfter), cookies)
		}
		before = good
	}
}

// send sends the good login.
func (g *good) send(t *Caller) *client {
	right := g.form.Right(t)
	switch g {
	case inventedID:
		return logInWithInvented(t)
	case withMore:
		return logInWithMore(t)
	}
	options := append([]Option{Opens("user")}, g.extra...)
	return send(t, g.login, g.form, loginPath(version(t)), g.write(right), t.User.Password, options...)
}

// logInWithInvented logs in with a session cookie that nobody has. Who makes a session of it lets others fix its ID
// beforehand.
func logInWithInvented(t *Caller) *client {
	id := vary.UUID()
	if live, known := sessionCookie(t.Target, t.Of(inXML.Login)); known {
		id = vary.InventedSession(live.Value)
	}
	cookie := cookieName(t) + "=" + t.Secret("invented session", id)
	c := logIn(t, inventedID.login, inXML, CookieHeader(cookie))
	noteKept(t, c.login, id)
	if c.login.Succeeded() && !t.Lacks("probe") {
		call(t, useInvented, cookie, Fresh())
	}
	return c
}

// logInWithMore logs in with fields beside the credentials that an answer has, and one that names another user.
func logInWithMore(t *Caller) *client {
	other := vary.Word()
	if t.OtherUser != nil && t.OtherUser.Login != "" {
		other = t.OtherUser.Login
	}
	more := session.Fields{{Name: "sessionId", Value: t.Secret("invented session", vary.UUID())},
		{Name: "userGroup", Value: vary.Word()},
		{Name: "user", Value: other}}
	body := inJSON.Write(append(inJSON.Right(t), more...))
	c := send(t, withMore.login, inJSON, loginPath(version(t)), body, t.User.Password, Opens("user"))
	answer, _ := answerOf(c.login)
	for i, name := range []string{"sessionId", "userGroup", "userName"} {
		if f, there := answer[name]; there && f.text == more[i].Value {
			c.login.Note(tookNote, name)
		}
	}
	return c
}

// otherFirst is the first step of OtherByTurns.
var otherFirst = ofOtherByTurns.Step("log in as the other user")

// OtherByTurns is ByTurns for the other user: what must be refused of an account goes to two where there are two.
var OtherByTurns = sdm.Scenario("log in wrongly and rightly by turns as the other user", &ofOtherByTurns,
	func(t *Caller) {
		f := working(t)
		if f == nil {
			return
		}
		plain := func(step *Step) *client { return logInOther(t, step, f) }
		if first := plain(otherFirst); first.login.Succeeded() {
			takeTurns(t, byOther, "other_user", first, func(int) *client { return nil }, plain)
		}
	}, After(ByBasic), Needs("other_user.password"), Account("other_user"))

// noteKept notes where a login's session has the ID that the request's cookie had, told by a cookie or by the sessionId
// alone.
func noteKept(t *Caller, login *exchange.Exchange, sent string) {
	opened, known := sessionCookie(t.Target, login)
	if known && unquoted(opened.Value) == unquoted(sent) || carries(exchange.Cookie{Value: sent}, sessionID(login)) {
		login.Note(keptNote, "yes")
	}
}
