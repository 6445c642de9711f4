package sdm

import (
	"cmp"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"session-conformance/suites/sdm/settings"
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/target"
)

// loginPath is that of the login under a version.
func loginPath(version string) string { return "/rest/" + version + "/admin/login" }

func logoutPath(t *Caller) string { return "/rest/" + version(t) + "/admin/logout" }

// probePath is that of a call which needs a session.
func probePath(t target.Target) string { return "/rest/" + ownOf(t).Version + ownOf(t).Probe }

// ownOf are the settings that only SDM's targets have.
func ownOf(t target.Target) settings.Own { return target.Own[settings.Own](t) }

// version is the one in the path of all calls.
func version(t *Caller) string { return ownOf(t.Target).Version }

// client is what a login left to whoever made it.
type client struct {
	form    *form
	account string
	login   *exchange.Exchange
	jar     *exchange.Jar
}

// send sends a login's body as user and keeps its cookies. If it opens a session, that is ended when all is done.
// password is the one that the body holds, which no answer should repeat.
func send(t *Caller, step *Step, f *form, path string, body Body, password string, options ...Option) *client {
	return sendAs(t, "user", t.User.Login, step, f, path, body, password, options...)
}

// sendAs is send for a login of an account.
func sendAs(t *Caller, account, login string, step *Step, f *form, path string, body Body, password string,
	options ...Option) *client {
	c := &client{form: f, account: account, jar: &exchange.Jar{}}
	c.login = t.Post(step, path, body, append([]Option{Header("Accept", f.mediaType)}, options...)...)
	c.jar.Keep(c.login)
	noteRepeated(t, c.login, password)
	noteUser(c.login, login)
	if c.login.Succeeded() {
		t.Opened(Session{Account: account, Cookie: c.jar.Header(logoutPath(t))})
	}
	return c
}

// logIn sends the configured login.
func logIn(t *Caller, step *Step, f *form, options ...Option) *client {
	return send(t, step, f, loginPath(version(t)), f.Body(t), t.User.Password, append(options, Opens("user"))...)
}

// logInOther logs the other user in.
func logInOther(t *Caller, step *Step, f *form, options ...Option) *client {
	body := f.Write(credentials(t.OtherUser.Login, t.OtherUser.Password))
	return sendAs(t, "other_user", t.OtherUser.Login, step, f, loginPath(version(t)), body, t.OtherUser.Password,
		append(options, Opens("other_user"))...)
}

// use makes a call that needs a session with the cookies that the client got, if it got any, and takes those of the
// answer.
func (c *client) use(t *Caller, step *Step, options ...Option) *exchange.Exchange {
	header := c.jar.Header(probePath(t.Target))
	if header == "" || t.Lacks("probe") {
		return &exchange.Exchange{NotAsked: "no session cookie to use"}
	}
	e := call(t, step, header, append(options, c.agent()...)...)
	c.jar.Keep(e)
	return e
}

// agent says which program the client is, as its login did: a session may be bound to that.
func (c *client) agent() (same []Option) {
	for _, name := range c.login.Request.Header.Values("User-Agent") {
		same = append(same, Header("User-Agent", name))
	}
	return same
}

// cookies are those that a login sends, if there are any.
func (c *client) cookies(t *Caller) string {
	if c == nil {
		return ""
	}
	return c.jar.Header(loginPath(version(t)))
}

// end ends the client's session, if it has one and a logout ends no other: an account's sessions may be bounded.
func (c *client) end(t *Caller) {
	if c != nil {
		t.Leave(Session{Account: c.account, Cookie: c.jar.Header(logoutPath(t))})
	}
}

// call makes the call that needs a session with a Cookie header; an empty one is none.
func call(t *Caller, step *Step, cookies string, options ...Option) *exchange.Exchange {
	e := t.Get(step, probePath(t.Target), append([]Option{Header("Accept", "*/*"), CookieHeader(cookies)},
		options...)...)
	noteRepeated(t, e, t.User.Password)
	return e
}

// left is the Cookie header of what an answer left, in a jar that kept it; empty where it left none.
func left(t *Caller, e *exchange.Exchange, jar *exchange.Jar) string {
	return session.Left(e, jar.Header(probePath(t.Target)))
}

// logOut ends a session, with what one of its cookies says against forged requests; one without cookies is nobody's.
func logOut(t *Caller, step *Step, s Session, options ...Option) *exchange.Exchange {
	options = append(append(options, session.CSRF(t, s.Cookie)...), CookieHeader(s.Cookie), Header("Accept", "*/*"))
	e := t.Post(step, logoutPath(t), nil, options...)
	noteRepeated(t, e, t.User.Password)
	return e
}

// sessionOfLogin is the session that a login opened.
func sessionOfLogin(t *Caller, login *exchange.Exchange) Session {
	var jar exchange.Jar
	jar.Keep(login)
	return Session{Account: cmp.Or(login.Account, "user"), Cookie: jar.Header(logoutPath(t))}
}

// What a scenario notes of the real values, because evidence has stand-ins in their place.
const (
	// where an answer to a login repeats it
	repeatedNote = "repeats the password"
	userNote     = "the userName is the user's" // yes, or nothing
	// why, beside an answer to another request after it
	fatalNote = "the request got no answer"
)

// noteRepeated notes where an answer repeats the password.
func noteRepeated(t *Caller, e *exchange.Exchange, password string) {
	if places := session.Shown(e, password, append(words, t.User.Login)...); len(places) > 0 {
		e.Note(repeatedNote, strings.Join(places, ", "))
	}
}

// noteUser notes whether the userName of an answer is the one who logged in.
func noteUser(e *exchange.Exchange, login string) {
	fields, _ := answerOf(e)
	if name, there := fields["userName"]; there && isUser(name.text, login) {
		e.Note(userNote, "yes")
	}
}

// isUser compares without regard to case and to how accents are composed: no document says whether a server folds
// names or normalizes them. White space counts.
func isUser(name, login string) bool { return folded(name) == folded(login) }

func folded(name string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(name))) }

// noteAlike notes of a login whether its session's ID is like that of an earlier one.
func noteAlike(t *Caller, earlier, later *exchange.Exchange) {
	first, known := sessionCookie(t.Target, earlier)
	second, also := sessionCookie(t.Target, later)
	if known && also {
		session.NoteAlike(later, unquoted(second.Value), unquoted(first.Value))
	}
}
