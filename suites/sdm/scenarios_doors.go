package sdm

import (
	"encoding/base64"
	"net/url"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// ofSessionless are the steps of Sessionless: the doors and those below.
var ofSessionless Steps

// door is a session cookie that must open nothing, made of a live one.
type door struct {
	call *Step
	from origin
	of   func(t *Caller, live string) string
}

// origin says of what a door is made, and so when it can be tried.
type origin int

const (
	nothing origin = iota
	shape          // of a live session's shape
	most           // of most of a live session, which is no secret where that is short
	part           // of a part of the one cookie that is known to be the session's
)

var behindZeroByte = ofSessionless.Step("with a cookie that goes on behind a zero byte")

// doors are the session cookies that must open nothing. The first two are also what others build on.
var doors = []door{
	{ofSessionless.Step("with an invented cookie"), shape, made(vary.InventedSession)},
	{ofSessionless.Step("with a cookie that differs at its end"), most, made(vary.AlteredSession)},
	{ofSessionless.Step("with a cookie that only begins like a live one"), part,
		made(func(live string) string { return live[:8] + vary.Another(live[8:]) })},
	{ofSessionless.Step("with a cookie that only ends like a live one"), part,
		made(func(live string) string { return vary.Another(live[:8]) + live[8:] })},
	{ofSessionless.Step("with a cookie that has one character more"), part,
		made(func(live string) string { return vary.Continued(live, "0") })},
	{ofSessionless.Step("with the first half of a cookie"), part,
		made(func(live string) string { return live[:len(live)/2] })},
	{ofSessionless.Step("with the second half of a cookie"), part,
		made(func(live string) string { return live[len(live)/2:] })},
	{ofSessionless.Step("with an empty cookie"), nothing, word("")},
	{ofSessionless.Step("with a blank for a cookie"), nothing, word(`" "`)},
	{ofSessionless.Step("with the cookie constructor"), nothing, word("constructor")},
	{ofSessionless.Step("with the cookie __proto__"), nothing, word("__proto__")},
	{ofSessionless.Step("with the cookie undefined"), nothing, word("undefined")},
	{ofSessionless.Step("with the cookie null"), nothing, word("null")},
	{ofSessionless.Step("with a per cent sign for a cookie"), nothing, word("%")},
	{ofSessionless.Step("with an asterisk for a cookie"), nothing, word("*")},
	{ofSessionless.Step("with a pattern for a cookie"), nothing, word(".*")},
	{ofSessionless.Step("with the userName for a cookie"), nothing,
		func(t *Caller, _ string) string { return url.QueryEscape(t.User.Login) }},
	{ofSessionless.Step("with the userName in base64 for a cookie"), nothing, func(t *Caller, _ string) string {
		return base64.URLEncoding.EncodeToString([]byte(t.User.Login))
	}},
	{ofSessionless.Step("with a zero byte for a cookie"), nothing, word("%00")},
	{behindZeroByte, part,
		made(func(live string) string { return vary.Continued(live, "%00a") })},
	{ofSessionless.Step("with a cookie that ends a quotation"), nothing, word(session.InjectionInCookie)},
}

// paths are the steps that make the call without a session, its path written in other ways.
var paths = session.PathSteps(&ofSessionless, "")

func word(text string) func(*Caller, string) string {
	return func(*Caller, string) string { return text }
}

// made is a cookie that is made of a live one alone.
func made(of func(live string) string) func(*Caller, string) string {
	return func(_ *Caller, live string) string { return of(live) }
}

// oddBasics are the steps of Basic credentials of nobody, by their name.
var oddBasics = func() (all []*Step) {
	for _, odd := range session.OddBasic {
		all = append(all, ofSessionless.Step("with "+odd.Name))
	}
	return all
}()

var (
	withoutSession = ofSessionless.Step("without")
	inventedCookie = doors[0].call
	alteredCookie  = doors[1].call
	basicOfNobody  = ofSessionless.Step("with Basic credentials of nobody")
	bearerOfNobody = ofSessionless.Step("with a bearer token of nobody")
	proxyFields    = ofSessionless.Step("with the header fields that proxies add")
	namedInQuery   = ofSessionless.Step("with the userName in the query")
	anewWhereEnded = ofSessionless.Step("log in")
)

// Sessionless makes a call that needs a session without one, and with what is none.
var Sessionless = sdm.Scenario("call without a session", &ofSessionless, func(t *Caller) {
	nobody(t, withoutSession)
	nobody(t, basicOfNobody, Basic(vary.Word(), t.Secret("invented password", vary.UUID())))
	nobody(t, bearerOfNobody, Header("Authorization", "Bearer "+t.Secret("invented token", vary.UUID())))
	for i, odd := range session.OddBasic {
		nobody(t, oddBasics[i], Header("Authorization", odd.Field))
	}
	nobody(t, proxyFields, session.ProxyFields(t.User.Login)...)
	nobody(t, namedInQuery, session.NamedInQuery(t.User.Login)...)
	for _, p := range paths {
		t.Get(p.Step, p.Write(probePath(t.Target)), Header("Accept", "*/*"), Fresh(), Odd())
	}
	f := working(t)
	if f == nil {
		return
	}
	login := t.Of(f.Login)
	live, known := sessionCookie(t.Target, login)
	others := login.Notes[othersNote]                     // control found out whether the other cookies authenticate
	if t.Turned() || !t.Lives(sessionOfLogin(t, login)) { // a live session to differ from
		login = logIn(t, anewWhereEnded, f).login
		if known {
			login.Note(sessionCookieNote, live.Name)
		}
		live, known = sessionCookie(t.Target, login)
	}
	cookies := cookiesOf(t.Target, login)
	if len(cookies) == 0 {
		return
	}
	short := known && len(unquoted(live.Value)) < shortID
	for _, d := range doors {
		of := d.of
		switch {
		case short && d.from >= most:
			t.Omit(d.call, NotApplicable,
				"the session ID is so short that one which differs in a character may be another live one")
			continue
		case !known && d.from == part:
			t.Omit(d.call, NotApplicable, "which of several cookies is the session's is not known")
			continue
		case short && d.from == shape:
			of = word(vary.UUID())
		}
		nobody(t, d.call, CookieHeader(header(cookies, func(c exchange.Cookie) string {
			// It may have the same name, on another path, and then the same value, too.
			another := known && c.Line != live.Line && c.Value != live.Value
			switch {
			case another && others == "":
				return c.Value
			case another: // whoever keeps that one is still logged in
				return t.Altered("changed session", vary.InventedSession(c.Value), c.Value)
			}
			if d.from == nothing {
				return of(t, c.Value) // a word that is nobody's secret
			}
			return t.Altered("changed session", of(t, c.Value), c.Value)
		})))
	}
}, Needs("probe"), Account("user"))

// nobody makes a call that must be refused, and tries what its answer left.
func nobody(t *Caller, step *Step, options ...Option) {
	tryLeft(t, step, call(t, step, "", append(options, Fresh(), Odd())...))
}

// shortID is the length of a session ID below which a counter is likelier than chance.
const shortID = 16
