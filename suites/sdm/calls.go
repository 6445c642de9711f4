package sdm

import (
	"context"
	"encoding/xml"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/target"
	"session-conformance/support/vary"
)

// loginPath is that of the login under a version.
func loginPath(version string) string { return "/rest/" + version + "/admin/login" }

func logoutPath(t *Caller) string { return "/rest/" + t.Version + "/admin/logout" }

// probePath is that of a call which needs a session.
func probePath(t target.Target) string { return "/rest/" + t.Version + t.Probe }

// form is one of the two ways to write a login, and its answer.
type form struct {
	name      string // XML
	feature   string // what a target names under without if it does not offer it
	mediaType string
	clause    string // that a login in it succeeds
	// body writes the fields in their order.
	body func(fields ...field) string
	// cutOff is what a body has to lose at its end to be malformed.
	cutOff string
}

// field is one of a login's, by name.
type field struct{ name, value string }

var (
	inXML = &form{"XML", "xml", "application/xml", "sdm-login-xml",
		func(fields ...field) string { return xmlBody("session", fields...) }, "</session>"}
	inJSON = &form{"JSON", "json", "application/json", "sdm-login-json", jsonBody, "}"}
	forms  = []*form{inXML, inJSON}
)

// xmlBody writes a login as the document's sample does.
func xmlBody(root string, fields ...field) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<" + root + ">\n")
	for _, f := range fields {
		b.WriteString("<" + f.name + ">")
		_ = xml.EscapeText(&b, []byte(f.value)) // a Builder cannot fail
		b.WriteString("</" + f.name + ">\n")
	}
	b.WriteString("</" + root + ">")
	return b.String()
}

func jsonBody(fields ...field) string {
	var members []string
	for _, f := range fields {
		members = append(members, vary.JSONString(f.name)+": "+vary.JSONString(f.value))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// credentials are the fields of a login.
func credentials(userName, password string) []field {
	return []field{{"userName", userName}, {"password", password}}
}

// client is what a login left to whoever made it.
type client struct {
	form  *form
	login *exchange.Exchange
	jar   *exchange.Jar
}

// send sends a login's body and keeps its cookies. If it opens a session, that is ended when all is done. password is the
// one that the body holds, which no answer should repeat.
func send(ctx context.Context, t *Caller, step string, f *form, path, body, password string, options ...Option) *client {
	options = append([]Option{Step(step), Header("Accept", f.mediaType)}, options...)
	c := &client{form: f, jar: &exchange.Jar{}}
	c.login = t.Post(ctx, path, Raw{ContentType: f.mediaType, Text: body}, options...)
	c.jar.Keep(c.login)
	noteRepeated(t, c.login, password)
	noteUser(t, c.login)
	if c.login.Succeeded() {
		t.Opened(Session{Account: "user", Cookie: c.jar.Header(logoutPath(t))})
	}
	return c
}

// logIn sends the configured login.
func logIn(ctx context.Context, t *Caller, step string, f *form, options ...Option) *client {
	body := f.body(credentials(t.User.Login, t.User.Password)...)
	return send(ctx, t, step, f, loginPath(t.Version), body, t.User.Password, append(options, Opens("user"))...)
}

// use makes a call that needs a session with the cookies that the client got, if it got any, and takes those of the answer.
func (c *client) use(ctx context.Context, t *Caller, step string) *exchange.Exchange {
	header := c.jar.Header(probePath(t.Target))
	if header == "" || t.Lacks("probe") {
		return &exchange.Exchange{NotAsked: "no session cookie to use"}
	}
	e := call(ctx, t, step, header)
	c.jar.Keep(e)
	return e
}

// call makes the call that needs a session with a Cookie header; an empty one is none.
func call(ctx context.Context, t *Caller, step, cookies string, options ...Option) *exchange.Exchange {
	return t.Get(ctx, probePath(t.Target), append(options, CookieHeader(cookies), Header("Accept", "*/*"), Step(step))...)
}

// logOut ends a session.
func logOut(ctx context.Context, t *Caller, s Session) {
	t.Post(ctx, logoutPath(t), nil, CookieHeader(s.Cookie), Header("Accept", "*/*"), Step("log out"))
}
