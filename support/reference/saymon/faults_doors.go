package saymon

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// nameFaults are about logins that no user has, with a right password.
var nameFaults = []peculiarity{
	fault("login-like", "A login is a pattern with % and _, as SQL's LIKE takes them.", "saymon-refuses-unknown-login",
		loginFits(func(came string) string {
			return strings.NewReplacer("%", ".*", "_", ".").Replace(regexp.QuoteMeta(came))
		})),
	fault("login-glob", "A login is a pattern with asterisks.", "saymon-refuses-unknown-login",
		loginFits(func(came string) string { return strings.ReplaceAll(regexp.QuoteMeta(came), `\*`, ".*") })),
	fault("login-regular-expression", "A login is a regular expression.", "saymon-refuses-unknown-login",
		loginFits(func(came string) string { return came })),
	fault("login-compared-by-beginning", "The beginning of a login is enough.", "saymon-refuses-unknown-login",
		loginFits(func(came string) string { return regexp.QuoteMeta(came) + ".*" })),
	fault("login-injected", "A login with ' OR '1'='1 finds the first account.", "saymon-refuses-unknown-login",
		onDecision(both(refusedAs(&unknownLogin), field("login", containing("' OR '1'='1"))), accept)),
	fault("login-cut-at-zero-byte", "A login ends where a zero byte stands.", "saymon-refuses-unknown-login",
		loginFits(func(came string) string {
			login, _, _ := strings.Cut(came, "\x00")
			return regexp.QuoteMeta(login)
		})),
	fault("constructor-as-login-accepted", "The names that every JavaScript object has are logins.",
		"saymon-refuses-unknown-login",
		onDecision(both(refusedAs(&unknownLogin), field("login", inherited)), accept)),
	fault("password-injected", "A password with ' OR '1'='1 is right.", "saymon-refuses-wrong-password",
		passwordIs(func(_, came string) bool { return strings.Contains(came, "' OR '1'='1") })),
	fault("others-password-accepted", "Any user's password opens any account.", "saymon-refuses-wrong-password",
		onDecision(wrong, func(c *call) {
			if c.account != nil && slices.ContainsFunc(c.accounts(),
				func(a *Account) bool { return a.Password == c.password }) {
				c.acceptPassword()
			}
		})),
	fault("password-trimmed", "White space around the password is dropped.", "saymon-password-white-space",
		passwordIs(func(right, came string) bool { return strings.TrimSpace(came) == right })),
	fault("password-may-go-on", "A password that begins with the right one is right.", "saymon-password-last-character",
		passwordIs(func(right, came string) bool {
			return strings.HasPrefix(came, right) && strings.TrimSpace(came) != right
		})),
	fault("password-cut-at-72", "Only the first 72 bytes of the password count, as in bcrypt.",
		"saymon-password-length",
		passwordIs(func(right, came string) bool { return len(right) > 72 && len(came) > 72 && right[:72] == came[:72] })),
	fault("user-id-beside-credentials", "userId beside the credentials says whose session it is.",
		"saymon-session-of-user",
		takesFor("userId", func(a *Account) string { return a.ID })),
	fault("id-beside-credentials", "id beside the credentials says whose session it is.", "saymon-session-of-user",
		takesFor("id", func(a *Account) string { return a.ID })),
	fault("user-beside-credentials", "user beside the credentials says whose session it is.", "saymon-session-of-user",
		takesFor("user", func(a *Account) string { return a.Login })),
}

// narrowFaults are about logins and passwords that are read in an alphabet of fewer characters.
var narrowFaults = slices.Concat(
	reference.Narrowed("login", [2]string{"saymon-refuses-unknown-login", "saymon-refuses-unknown-login"}, loginIs),
	reference.Narrowed("password", [2]string{"saymon-password-length", "saymon-password-last-character"}, passwordIs))

// loginFits finds the accounts whose login the one that came fits as a pattern, and whose password is right.
func loginFits(pattern func(came string) string) effect {
	return loginIs(func(right, came string) bool {
		form, err := regexp.Compile("^(?:" + pattern(came) + ")$")
		return err == nil && form.MatchString(right)
	})
}

// loginIs finds the accounts whose login is the same as the one that came, and whose password is right.
func loginIs(same func(right, came string) bool) effect {
	return onDecision(refusedAs(&unknownLogin), func(c *call) {
		came, _ := c.fields.text("login")
		for _, a := range c.accounts() {
			if a.Password == c.password && same(a.Login, came) {
				acceptAs(c, a)
			}
		}
	})
}

// inherited holds for the names that every JavaScript object has.
func inherited(raw string) bool {
	return slices.Contains([]string{"constructor", "__proto__", "toString", "hasOwnProperty"}, strings.Trim(raw, `"`))
}

// takesFor has a field beside right credentials say whose session is opened.
func takesFor(name string, is func(*Account) string) effect {
	return onDecision(by(""), func(c *call) {
		for _, a := range c.accounts() {
			if came, _ := c.fields.text(name); came == is(a) {
				c.account = a
			}
		}
	})
}

// doorFaults are about what else may come where a session, token or Basic credentials are asked for.
var doorFaults = []peculiarity{
	oddSession("empty-sid", "A sid cookie without a value", func(c *call) bool {
		return c.sid == "" && strings.Contains(c.r.Header.Get("Cookie"), "sid=")
	}),
	oddSession("sid-cut-off", "The beginning of a live session's ID", func(c *call) bool {
		return len(c.sid) > 3 && c.anySession(func(id string) bool { return strings.HasPrefix(id, c.sid) })
	}),
	oddSession("end-of-sid", "The end of a live session's ID", func(c *call) bool {
		return len(c.sid) > 3 && c.anySession(func(id string) bool { return strings.HasSuffix(id, c.sid) })
	}),
	oddSession("longer-sid", "A live session's ID with a character more", func(c *call) bool {
		return c.anySession(func(id string) bool { return strings.HasPrefix(c.sid, id) })
	}),
	oddSession("beginning-of-sid", "An ID that begins with the same eight characters as a live one",
		func(c *call) bool {
			return len(c.sid) > 8 && c.anySession(func(id string) bool { return len(id) > 8 && id[:8] == c.sid[:8] })
		}),
	oddSession("constructor-as-sid", "The names that every JavaScript object has, as a sid,", sidIs(inherited)),
	oddSession("undefined-as-sid", "undefined or null as a sid",
		sidIs(func(id string) bool { return id == "undefined" || id == "null" })),
	oddSession("pattern-as-sid", "% or * as a sid", sidIs(func(id string) bool { return id == "%" || id == "*" })),
	oddSession("login-in-base64-as-sid", "A login in base64 as a sid", func(c *call) bool {
		login, err := base64.URLEncoding.DecodeString(c.sid)
		named, _ := c.byName(string(login))
		return err == nil && named != nil
	}),
	oddSession("user-id-as-sid", "A user's ID as a sid", func(c *call) bool { return c.byID(c.sid) != nil }),

	oddToken("operator-api-token", "An api-token with a query operator", func(c *call) bool {
		return strings.Contains(c.r.URL.RawQuery, "api-token[$") || strings.Contains(c.r.URL.RawQuery, "api-token%5B%24")
	}),
	oddToken("list-api-token", "An api-token in a list", func(c *call) bool {
		return strings.Contains(c.r.URL.RawQuery, "api-token[]") || strings.Contains(c.r.URL.RawQuery, "api-token%5B%5D")
	}),
	oddToken("pattern-api-token", "% or * as an api-token",
		tokenIs(func(text string) bool { return text == "%" || text == "*" })),
	oddToken("undefined-api-token", "undefined or null as an api-token", tokenIs(func(text string) bool {
		return text == "undefined" || text == "null"
	})),
	oddToken("session-as-api-token", "A live session's ID as an api-token", func(c *call) bool {
		return c.by == byAPIToken && c.anySession(func(id string) bool { return id == c.token })
	}),
	oddToken("user-id-as-api-token", "A user's ID as an api-token",
		func(c *call) bool { return c.by == byAPIToken && c.byID(c.token) != nil }),
	oddToken("api-token-cut-off", "The beginning of an api-token", func(c *call) bool {
		return c.by == byAPIToken && c.anyToken(func(text string) bool {
			return len(c.token) > 3 &&
				strings.HasPrefix(text, c.token)
		})
	}),
	oddAuthToken("pattern-auth-token", "% or * as an auth-token",
		func(c *call) bool { return c.token == "%" || c.token == "*" }),
	oddAuthToken("undefined-auth-token", "undefined or null, as a text, for an auth-token", func(c *call) bool {
		return c.token == "undefined" || c.token == "null"
	}),
	oddAuthToken("session-as-auth-token", "A live session's ID as an auth-token", func(c *call) bool {
		return c.anySession(func(id string) bool { return id == c.token })
	}),
	oddAuthToken("user-id-as-auth-token", "A user's ID as an auth-token",
		func(c *call) bool { return c.byID(c.token) != nil }),
	oddAuthToken("login-as-auth-token", "A login as an auth-token",
		func(c *call) bool { a, _ := c.byName(c.token); return a != nil }),
	oddAuthToken("auth-token-cut-off", "The beginning of an auth-token", func(c *call) bool {
		return c.anyToken(func(text string) bool { return len(c.token) > 3 && strings.HasPrefix(text, c.token) })
	}),

	fault("wrong-basic-is-current-user", "A wrong Basic password authenticates a request for the current user.",
		"saymon-refuses-wrong-basic",
		onDecision(refusedAs(&badBasic), func(c *call) { acceptAs(c, c.account) })),
	fault("basic-without-password-is-current-user", "A login with an empty Basic password is the current user.",
		"saymon-refuses-wrong-basic", onDecision(both(refusedAs(&badBasic), emptyPasswordCame),
			func(c *call) { acceptAs(c, c.account) })),
	fault("unknown-basic-is-current-user", "An unknown login's Basic credentials are the first account's.",
		"saymon-refuses-wrong-basic",
		onDecision(both(refusedAs(&badBasic), nobodyNamed), accept)),
	fault("header-session-accepted", "Any X-Session-Id is taken for a session of the first account.",
		"saymon-refuses-invented-session",
		onDecision(both(both(asked(current), refusedAs(&noSession)), inHeader), accept)),
	fault("bearer-is-current-user", "Any bearer token is taken for the first account's.", "saymon-refuses-no-session",
		onDecision(both(asked(current), bearer), accept)),
	fault("basic-without-password-creates-token", "A token is created for a login with an empty password.",
		"saymon-token-refuses-wrong-credentials",
		onDecision(both(refusedAs(&tokenWithWrongCredentials), emptyPasswordCame), (*call).acceptCaller)),
	fault("unknown-basic-creates-token", "A token is created with the credentials of an unknown login.",
		"saymon-token-refuses-wrong-credentials",
		onDecision(both(refusedAs(&tokenWithWrongCredentials), nobodyNamed), (*call).acceptCaller)),
	fault("query-names-current-user", "A query that names a user stands for a session.", "saymon-refuses-no-session",
		onDecision(both(asked(current), refusedAs(&noSession)), func(c *call) {
			if named, _ := c.byName(c.r.URL.Query().Get("login")); named != nil {
				acceptAs(c, named)
			}
		})),
	fault("bearer-creates-token", "A token is created with any bearer token.", "saymon-token-refuses-no-credentials",
		onDecision(both(asked(makeToken), bearer), (*call).acceptCaller)),
	fault("invented-session-creates-token", "A token is created with any sid.", "saymon-token-refuses-no-credentials",
		onDecision(both(refusedAs(&tokenWithoutCredentials),
			func(c *call) bool { return cookieOf(c.r, "sid") != "" }), (*call).acceptCaller)),
}

func inHeader(c *call) bool          { return c.r.Header.Get("X-Session-Id") != "" }
func emptyPasswordCame(c *call) bool { return c.account != nil && c.password == "" }
func nobodyNamed(c *call) bool       { return c.account == nil }
func bearer(c *call) bool            { return strings.HasPrefix(c.r.Header.Get("Authorization"), "Bearer ") }

// acceptCaller takes the caller of a call about tokens for the one that is named, or for the first account.
func (c *call) acceptCaller() {
	c.account = c.named()
	c.acceptPassword()
}

// oddSession, oddToken and oddAuthToken accept what is neither a session nor a token.
func oddSession(name, says string, is when) peculiarity {
	return fault(name+"-accepted", says+" is taken for a session of the first account.", "saymon-refuses-invented-session",
		onDecision(both(both(asked(current), refusedAs(&noSession, &inventedSession)), is), accept))
}

func oddToken(name, says string, is when) peculiarity {
	return fault(name+"-accepted", says+" is taken for the first account's.", "saymon-refuses-unknown-api-token",
		onDecision(both(both(asked(current), refusedAs(&noSession, &unknownAPIToken)), is), accept))
}

func oddAuthToken(name, says string, is when) peculiarity {
	return fault(name+"-accepted", says+" opens a session of the first account.", "saymon-refuses-unknown-auth-token",
		onDecision(both(refusedAs(&unknownAuthToken), is), accept))
}
