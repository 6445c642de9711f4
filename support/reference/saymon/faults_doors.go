package saymon

import (
	"encoding/base64"
	"slices"
	"strings"

	"session-conformance/support/reference/like"
)

// door is a place of a request for something that lives: the ID of a session, or a token.
type door struct {
	name   string // in the names of faults
	what   string // lives
	taken  string // what it is taken for
	clause string // that nothing else is taken for it
	shut   when
	came   func(*call) string
	live   func(*call) []string
}

var (
	sidCookie = door{"sid", "a live session's ID", "is taken for a session of the first account",
		"saymon-refuses-invented-session", where(asked(current), refusedAs(&noSession, &inventedSession)),
		func(c *call) string { return c.sid }, (*call).liveSessions}
	apiToken = door{"api-token", "an api-token", "is taken for the first account's",
		"saymon-refuses-unknown-api-token", where(asked(current), refusedAs(&noSession, &unknownAPIToken)),
		func(c *call) string { return c.token }, (*call).liveTokens}
	authTokens = door{"auth-token", "an auth-token", "opens a session of the first account",
		"saymon-refuses-unknown-auth-token", refusedAs(&unknownAuthToken),
		func(c *call) string { return c.token }, (*call).liveTokens}
	everyDoor  = []door{sidCookie, apiToken, authTokens}
	tokenDoors = everyDoor[1:]
)

// mistaken says whether careless code takes a text that came for what lives.
type mistaken func(c *call, d door, came string) bool

// alike compares with each that lives, one with some words.
func alike(similar func(right, came string) bool) mistaken {
	return func(c *call, d door, came string) bool {
		return slices.ContainsFunc(d.live(c), func(right string) bool { return similar(right, came) })
	}
}

func one(words ...string) mistaken {
	return func(_ *call, _ door, came string) bool { return slices.Contains(words, came) }
}

// at are the faults of doors at which this is taken for what lives. In name and sentence %s is the door's.
func at(doors []door, name, says string, is mistaken) (all list) {
	for _, d := range doors {
		all = append(all, d.open(strings.ReplaceAll(name, "%s", d.name), strings.ReplaceAll(says, "%s", d.what),
			func(c *call) bool {
				came := d.came(c)
				return came != "" && is(c, d, came)
			})...)
	}
	return all
}

// by is the door where another clause says that nothing else is taken.
func (d door) by(clause string) door {
	d.clause = clause
	return d
}

// open is the fault of a door that lets in where the condition holds.
func (d door) open(name, says string, w when) list {
	return breaks(d.clause, is(name+"-accepted", says+" "+d.taken+".", onDecision(where(d.shut, w), accept)))
}

// doorFaults take something else for a session or a token.
var doorFaults = slices.Concat(
	at(everyDoor, "%s-cut-off", "The beginning of %s", alike(longEnough(like.Begins))),
	at(everyDoor[:2], "end-of-%s", "The end of %s", alike(longEnough(like.Ends))),
	at(everyDoor, "longer-%s", "What goes on behind %s", alike(like.Longer)),
	at(everyDoor, "second-half-of-%s", "A text with the second half of %s", alike(like.SecondHalf)),
	at(everyDoor, "end-of-%s-after-another-letter", "A text with all of %s but its first character",
		alike(func(right, came string) bool { return len(came) == len(right) && right[1:] == came[1:] })),
	at(everyDoor, "constructor-as-%s", "The name that every JavaScript object has, in place of %s,", one(inherited...)),
	at(everyDoor, "regular-expression-as-%s", "A regular expression in place of %s", one(".*")),
	at(everyDoor, "condition-as-%s", "A condition of SQL in place of %s", func(_ *call, _ door, came string) bool {
		return strings.Contains(strings.ReplaceAll(came, " ", ""), "'OR'1")
	}),
	at(everyDoor, "user-id-as-%s",
		"A user's ID in place of %s", func(c *call, _ door, came string) bool { return c.byID(came) != nil }),
	at(everyDoor[:1], "undefined-as-%s", "undefined or null in place of %s", one("undefined", "null")),
	at(tokenDoors, "undefined-%s", "undefined or null in place of %s", one("undefined", "null")),
	at(everyDoor[:1], "pattern-as-%s", "% or * in place of %s", one("%", "*")),
	at(tokenDoors, "pattern-%s", "% or * in place of %s", one("%", "*")),
	at(everyDoor, "zero-byte-as-%s", "A zero byte in place of %s", one("\x00", "%00")),
	at(everyDoor, "blanks-as-%s", "Blanks in place of %s", func(_ *call, _ door, came string) bool {
		return strings.TrimSpace(strings.ReplaceAll(came, "%20", " ")) == ""
	}),
	at([]door{sidCookie.by("saymon-session-id-zero-byte"), apiToken, authTokens}, "%s-cut-at-zero-byte",
		"What ends before a zero byte like %s", alike(func(right, came string) bool {
			return strings.HasPrefix(came, right+"\x00") || strings.HasPrefix(came, right+"%00")
		})),
	at(tokenDoors, "session-as-%s", "A live session's ID in place of %s",
		func(c *call, _ door, came string) bool { return slices.Contains(c.liveSessions(), came) }),
	at(tokenDoors[1:], "login-as-%s", "A login in place of %s",
		func(c *call, _ door, came string) bool { named, _ := c.byName(came); return named != nil }),
	at(everyDoor[:1], "login-in-base64-as-%s", "A login in base64 in place of %s",
		func(c *call, _ door, came string) bool {
			login, err := base64.URLEncoding.DecodeString(came)
			named, _ := c.byName(string(login))
			return err == nil && named != nil
		}),
	at(everyDoor[:1], "beginning-of-%s", "A text that begins with the same eight characters as %s",
		alike(func(right, came string) bool { return min(len(right), len(came)) > 8 && right[:8] == came[:8] })),
	sidCookie.open("empty-sid", "A sid cookie without a value",
		func(c *call) bool { return c.sid == "" && strings.Contains(c.r.Header.Get("Cookie"), "sid=") }),
	apiToken.open("login-as-api-token", "A login in place of an api-token",
		func(c *call) bool { named, _ := c.byName(c.token); return named != nil }),
	apiToken.open("operator-api-token", "An api-token with a query operator", queryHas("api-token[$", "api-token%5B%24")),
	apiToken.open("list-api-token", "An api-token in a list", queryHas("api-token[]", "api-token%5B%5D")),
	breaks("saymon-refuses-invented-session",
		is("any-uuid-is-a-session", "Any UUID is taken for a session of the first account.",
			acceptsWhere(func(c *call) bool { return uuidForm.MatchString(c.sid) }, &inventedSession)),
		is("header-session-accepted", "Any X-Session-Id is taken for a session of the first account.",
			acceptsWhere(where(asked(current), has("X-Session-Id")), &noSession))),
	breaks("saymon-refuses-unknown-api-token",
		is("empty-api-token-accepted", "An empty api-token is taken for the first account's.",
			acceptsWhere(tokenIsEmpty, &unknownAPIToken)),
		is("api-token-compared-by-beginning", "Of an api-token only the first eight characters are compared.",
			onDecision(refusedAs(&unknownAPIToken), beginningOfToken))),
	breaks("saymon-refuses-unknown-auth-token",
		is("empty-auth-token-accepted", "An empty auth-token opens a session of the first account.",
			acceptsWhere(tokenIsEmpty, &unknownAuthToken)),
		is("auth-token-compared-by-beginning", "Of an auth-token only the first eight characters are compared.",
			onDecision(refusedAs(&unknownAuthToken), beginningOfToken))),

	breaks("saymon-refuses-wrong-basic",
		is("wrong-basic-is-current-user", "A wrong Basic password authenticates a request for the current user.",
			acceptsWhere(not(nobodyNamed), &badBasic)),
		is("basic-without-password-is-current-user", "A login with an empty Basic password is the current user.",
			acceptsWhere(emptyPasswordCame, &badBasic)),
		is("unknown-basic-is-current-user", "An unknown login's Basic credentials are the first account's.",
			acceptsWhere(nobodyNamed, &badBasic))),
	breaks("saymon-refuses-no-session",
		is("bearer-is-current-user", "Any bearer token is taken for the first account's.",
			onDecision(where(asked(current), authorized("Bearer ")), accept)),
		is("query-names-current-user", "A query that names a user stands for a session.",
			onDecision(where(asked(current), refusedAs(&noSession)), func(c *call) {
				named, _ := c.byName(c.r.URL.Query().Get("login"))
				acceptAs(c, named)
			})),
		basicIs("unreadable-basic", "Basic credentials that cannot be read", "Basic a"),
		basicIs("basic-without-colon", "Basic credentials without a colon", "Basic bm9ib2R5"),
		basicIs("empty-basic", "Basic credentials of neither a login nor a password", "Basic Og==")),
	breaks("saymon-token-refuses-wrong-credentials",
		is("basic-without-password-creates-token", "A token is created for a login with an empty password.",
			onDecision(where(refusedAs(&tokenWithWrongCredentials), emptyPasswordCame), (*call).acceptCaller)),
		is("unknown-basic-creates-token", "A token is created with the credentials of an unknown login.",
			onDecision(where(refusedAs(&tokenWithWrongCredentials), nobodyNamed), (*call).acceptCaller))),
	breaks("saymon-token-refuses-no-credentials",
		is("bearer-creates-token", "A token is created with any bearer token.",
			onDecision(where(asked(makeToken), authorized("Bearer ")), (*call).acceptCaller)),
		is("invented-session-creates-token", "A token is created with any sid.",
			onDecision(where(refusedAs(&tokenWithoutCredentials),
				func(c *call) bool { return cookieOf(c.r, "sid") != "" }), (*call).acceptCaller)),
		is("invented-api-token-creates-token", "A token is created with any api-token.",
			onDecision(where(refusedAs(&tokenWithoutCredentials), queryHas("api-token=")), (*call).acceptCaller))),
	breaks("saymon-refuses-proxy-fields",
		is("forwarded-for-loopback-accepted", "Who says to come from the server itself needs no credentials.",
			acceptsWhere(where(asked(current), has("X-Forwarded-For")), &noSession)),
		is("remote-user-accepted", "Who says who they are in X-Remote-User needs no credentials.",
			acceptsWhere(where(asked(current), has("X-Remote-User")), &noSession))),
)

func emptyPasswordCame(c *call) bool { return c.account != nil && c.password == "" }
func nobodyNamed(c *call) bool       { return c.account == nil }
func tokenIsEmpty(c *call) bool      { return c.token == "" }

func has(header string) when { return func(c *call) bool { return c.r.Header.Get(header) != "" } }

func authorized(by string) when {
	return func(c *call) bool { return strings.HasPrefix(c.r.Header.Get("Authorization"), by) }
}

func queryHas(parts ...string) when {
	return func(c *call) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(c.r.URL.RawQuery, part) })
	}
}

// longEnough compares texts of four characters or more.
func longEnough(similar func(right, came string) bool) func(right, came string) bool {
	return func(right, came string) bool { return len(came) > 3 && similar(right, came) }
}

// acceptCaller takes the caller of a call about tokens for the one that is named, or for the first account.
func (c *call) acceptCaller() {
	c.account = c.named()
	c.acceptPassword()
}

// basicIs takes such an Authorization header field for the first account's.
func basicIs(name, says, field string) list {
	return is(name+"-is-current-user", says+" are the first account's.",
		acceptsWhere(where(asked(current), func(c *call) bool { return c.r.Header.Get("Authorization") == field })))
}

// liveSessions are the IDs of all sessions that live, liveTokens the tokens.
func (c *call) liveSessions() (ids []string) {
	for id, s := range c.sessions {
		if !s.ended {
			ids = append(ids, id)
		}
	}
	return ids
}

func (c *call) liveTokens() (texts []string) {
	for text, t := range c.tokens {
		if !t.deleted {
			texts = append(texts, text)
		}
	}
	return texts
}

// beginningOfToken accepts a token that begins as a live one.
func beginningOfToken(c *call) {
	for _, text := range c.liveTokens() {
		if len(c.token) > 8 && strings.HasPrefix(text, c.token[:8]) {
			acceptAs(c, c.tokens[text].owner)
		}
	}
}
