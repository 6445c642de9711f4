package sessions

import (
	"encoding/base64"
	"slices"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var ofDoors Steps

// noSession is what a call that needs a session is sent in place of one.
type noSession struct {
	name          string
	cookies       func(t *Caller, live string) string // of the Cookie header of a live session
	headers       func(t *Caller) []Option            // or headers, or a query
	user, details *Step
	clause        string // where it is not that of an invented session
}

// noSessions are all of them. What is cut off or added differs late; each is tried while the session that it is made of
// lives.
var noSessions = declareDoors([]*noSession{
	{name: "an empty cookie", cookies: word("")},
	{name: "the word constructor", cookies: word("constructor")},
	{name: "the word __proto__", cookies: word("__proto__")},
	{name: "the word undefined", cookies: word("undefined")},
	{name: "the word null", cookies: word("null")},
	{name: "a percent sign", cookies: word("%")},
	{name: "a star", cookies: word("*")},
	{name: "a dot and a star", cookies: word(".*")},
	{name: "a zero byte", cookies: word("%00")},
	{name: "blanks", cookies: word("%20%20")},
	{name: "a condition of SQL", cookies: word(session.InjectionInCookie)},
	{name: "the login", cookies: func(t *Caller, live string) string { return allAs(live, t.User.Login) }},
	{name: "the login in base64", cookies: func(t *Caller, live string) string {
		return allAs(live, base64.URLEncoding.EncodeToString([]byte(t.User.Login)))
	}},
	{name: "the guid", cookies: func(t *Caller, live string) string {
		return allAs(live, match.Member(t.Of(details), guidField).String())
	}},
	{name: "the first half of a session", cookies: each(func(value string) string { return value[:len(value)/2] })},
	{name: "the second half of a session", cookies: each(func(value string) string { return value[len(value)/2:] })},
	{name: "a session with another beginning", cookies: each(func(value string) string {
		return vary.Another(value[:len(value)/2]) + value[len(value)/2:]
	})},
	{name: "a session without its end", cookies: each(func(value string) string { return value[:len(value)-1] })},
	{name: "a session with a letter more", cookies: each(func(value string) string { return value + "x" })},
	{name: "a session that goes on behind a zero byte", clause: "sessions-session-zero-byte",
		cookies: each(func(value string) string { return value + "%00a" })},
	{name: "a session that differs in one character", cookies: func(t *Caller, live string) string {
		return secretly(t, "changed session", alteredCookies(live), live)
	}},
	{name: "a session with another character amid", cookies: each(vary.Middle)},
	{name: "a session in the other case", clause: "sessions-session-case", cookies: each(func(value string) string {
		if value == strings.ToUpper(value) || value == strings.ToLower(value) {
			return value // hexadecimal digits and the like, which may be read in either case
		}
		other, _ := vary.Case(value)
		return other
	})},
	{name: "headers that name this machine", headers: func(*Caller) []Option { return session.LocalFields() }},
	{name: "headers that name the user", headers: func(t *Caller) []Option { return session.UserFields(t.User.Login) }},
	{name: "a query that names the user", headers: func(t *Caller) []Option { return session.NamedInQuery(t.User.Login) }},
	{name: "an invented bearer token",
		headers: func(*Caller) []Option { return []Option{Header("Authorization", "Bearer "+vary.UUID())} }},
	{name: "invented Basic credentials",
		headers: func(*Caller) []Option { return []Option{Basic(vary.Word(), vary.UUID())} }},
	oddBasic(0), oddBasic(1), oddBasic(2),
})

// oddBasic are Basic credentials of nobody.
func oddBasic(i int) *noSession {
	odd := session.OddBasic[i]
	return &noSession{name: odd.Name, headers: func(*Caller) []Option {
		return []Option{Header("Authorization", odd.Field)}
	}}
}

// Doors asks both calls about the user with each of them.
var Doors = sessions.Scenario("ask with what is no session", &ofDoors, func(t *Caller) {
	live := t.Of(secondLogin).CookieHeader()
	for _, no := range noSessions {
		for _, door := range []struct {
			step *Step
			path string
		}{{no.user, userPath}, {no.details, detailsPath}} {
			var options []Option
			if no.headers != nil {
				options = no.headers(t)
			} else if cookies := no.cookies(t, live); cookies != "" && cookies != live && !keepsSession(t, cookies, live) {
				options = []Option{CookieHeader(cookies)}
			} else {
				t.Omit(door.step, NotApplicable, "the session's cookies are too short, or there is nothing to make it of")
				continue
			}
			t.Get(door.step, door.path,
				append(options, Header("Content-Type", jsonType), Header("Accept", jsonType), Odd())...)
		}
	}
}, After(LogIn))

// keepsSession says whether a cookie that may carry the session was left unchanged: a short one, or one without letters
// of both cases. A cookie that two logins set alike carries none.
func keepsSession(t *Caller, cookies, live string) bool {
	before := map[string]bool{}
	for _, pair := range pairsOf(live) {
		before[pair] = true
	}
	for _, pair := range pairsOf(t.Of(firstLogin).CookieHeader()) {
		delete(before, pair)
	}
	return slices.ContainsFunc(pairsOf(cookies), func(pair string) bool { return before[pair] })
}

func declareDoors(all []*noSession) []*noSession {
	for _, no := range all {
		no.user, no.details = ofDoors.Step("user with "+no.name), ofDoors.Step("details with "+no.name)
	}
	return all
}

// word gives each cookie of a session the same value.
func word(value string) func(*Caller, string) string {
	return func(_ *Caller, live string) string { return allAs(live, value) }
}

// each changes the long cookies of a session, within their quotation marks and before their route: a short one may be a
// counter.
func each(change func(value string) string) func(*Caller, string) string {
	return func(t *Caller, live string) string {
		pairs, changed := pairsOf(live), false
		for i, pair := range pairs {
			name, value, _ := strings.Cut(pair, "=")
			if id := strings.Trim(value, `"`); len(id) >= 16 {
				stem, _ := vary.Routed(id)
				pairs[i], changed = name+"="+strings.Replace(value, stem, change(stem), 1), true
			}
		}
		if !changed {
			return ""
		}
		return secretly(t, "changed session", strings.Join(pairs, "; "), live)
	}
}
