package saymon

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

var narrowed = reference.Narrowed("password", passwordIs)

// nameFaults are about logins that no user has, and passwords that are not right.
var nameFaults = slices.Concat(
	breaks("saymon-refuses-unknown-login",
		is("login-like", "A login is a pattern with % and _, as SQL's LIKE takes them.", loginIs(like.SQL)),
		is("login-glob", "A login is a pattern with asterisks.", loginIs(like.Glob)),
		is("login-regular-expression", "A login is a regular expression.", loginIs(like.Regexp)),
		is("login-compared-by-beginning", "The beginning of a login is enough.", loginIs(like.Begins)),
		is("login-injected", "A login with ' OR '1'='1 finds the first account.",
			acceptsWhere(loginHas(like.Has("' OR '1'='1")), &unknownLogin)),
		is("login-cut-at-zero-byte", "A login ends where a zero byte stands.",
			loginIs(func(right, came string) bool { return strings.HasPrefix(came, right+"\x00") })),
		is("constructor-as-login-accepted", "The names that every JavaScript object has are logins.",
			acceptsWhere(loginHas(like.Word(inherited...)), &unknownLogin)),
		is("user-id-as-login-accepted", "Who gives a user's ID for the login needs no right password.",
			onDecision(refusedAs(&unknownLogin), func(c *call) {
				came, _ := c.fields.Text("login")
				acceptAs(c, c.byID(came))
			})),
		is("login-ignored", "A password opens its account's session, whatever the login.",
			acceptsWhere(func(c *call) bool { return c.password == c.config.User.Password }, &unknownLogin)),
		is("email-like", "An email is a pattern with %, as SQL's LIKE takes it.", emailIs(like.SQL)),
		is("email-regular-expression", "An email is a regular expression.",
			emailIs(func(right, came string) bool { return strings.HasPrefix(came, ".") && came[1:] == right[1:] })),
		is("email-without-its-domain", "An email is known by its name before the domain.",
			emailIs(func(right, came string) bool {
				local, _, _ := strings.Cut(right, "@")
				cameLocal, _, at := strings.Cut(came, "@")
				return at && local == cameLocal
			}))),
	breaks("saymon-login-beyond-ascii", reference.Narrowed("login", loginIs)),
	breaks("saymon-refuses-missing-password",
		is("null-password-accepted", "A login with null for a password opens a session.",
			acceptsWhere(where(not(nobodyNamed), field("password", like.Null)), &missingPassword)),
		is("null-token-beside-login-accepted", "With null for an auth-token a login needs no password.",
			opensByLogin("auth-token")),
		is("service-beside-login-accepted", "With an auth-service a login needs no password.", opensByLogin("auth-service"))),
	breaks("saymon-refuses-empty-password",
		is("empty-password-by-email-accepted", "An email with an empty password opens a session.",
			acceptsWhere(func(c *call) bool { return c.by == byEmail }, &emptyPassword))),
	breaks("saymon-refuses-wrong-password",
		is("password-injected", "A password with ' OR '1'='1 is right.", passwordIs(like.Has("' OR '1'='1"))),
		is("password-read-as-regex", "A password is a regular expression.", passwordIs(like.Has("|.*|"))),
		is("others-password-accepted", "Any user's password opens any account.", onDecision(wrongPasswords, func(c *call) {
			if !nobodyNamed(c) && c.accountWhere(func(a *Account) bool { return a.Password == c.password }) != nil {
				c.acceptPassword()
			}
		})),
		is("user-before-the-password", "A login puts its user into its client's session before it checks a password.",
			onAnswer(refusedAs(&wrongPassword), func(c *call) {
				if came := c.liveSession(cookieOf(c.r, "sid")); came != nil && c.account != nil {
					came.owner = c.account
				}
			})),
		is("session-stands-for-password", "Who has a live session is let in with a wrong password.",
			acceptsWhere(func(c *call) bool {
				came := c.liveSession(cookieOf(c.r, "sid"))
				return came != nil && came.owner == c.account
			}, &wrongPassword))),
	breaks("saymon-refuses-wrong-basic",
		is("password-read-as-like", "A password is a pattern of SQL, where % stands for all.", passwordIs(like.Word("%")))),
	breaks("saymon-token-refuses-wrong-credentials",
		is("password-of-blanks", "A password of blanks is right.", passwordIs(like.Blanks))),
	breaks("saymon-password-white-space",
		is("password-trimmed", "White space around the password is dropped.", passwordIs(like.Trimmed))),
	breaks("saymon-password-case",
		is("password-compared-without-case", "The case of a password does not matter.", passwordIs(strings.EqualFold))),
	breaks("saymon-password-length",
		is("password-cut-at-72", "Only the first 72 bytes of the password count, as in bcrypt.", passwordIs(like.Bytes(72))),
		narrowed[:1]),
	breaks("saymon-password-last-character",
		is("password-may-go-on", "A password that begins with the right one is right.",
			passwordIs(func(right, came string) bool { return like.Longer(right, came) && !like.Trimmed(right, came) })),
		is("password-compared-by-prefix", "The beginning of the password is enough.", passwordIs(like.Begins)),
		is("password-truncated", "Only the first eight characters of the password count.", passwordIs(like.FirstEight)),
		narrowed[1:]),
	breaks("saymon-session-of-user",
		is("user-id-beside-credentials", "userId beside the credentials says whose session it is.", takesFor("userId")),
		is("id-beside-credentials", "id beside the credentials says whose session it is.", takesFor("id")),
		is("user-beside-credentials", "user beside the credentials says whose session it is.", takesFor("user")),
		is("first-of-two-logins", "Of two logins in a body the first says whose session is opened, the last is checked.",
			onDecision(by(""), func(c *call) {
				first := regexp.MustCompile(`"login":\s*("(?:[^"\\]|\\.)*")`).FindSubmatch(c.body)
				var login string
				if first != nil && json.Unmarshal(first[1], &login) == nil {
					if a, _ := c.byName(login); a != nil {
						c.account = a
					}
				}
			})),
		is("login-beside-token", "A login beside an auth-token says whose session it is.",
			takesTokenBeside(func(c *call, _ *Account) *Account { return c.namedByLogin() }))),
)

// inherited are the names that every JavaScript object has.
var inherited = []string{"constructor", "__proto__", "toString", "hasOwnProperty"}

// loginIs and emailIs find the accounts whose login or email is the same as the login that came, and whose password is
// right.
func loginIs(same func(right, came string) bool) effect {
	return nameIs(func(a *Account) string { return a.Login }, same)
}

func emailIs(same func(right, came string) bool) effect {
	return nameIs(func(a *Account) string { return a.Email }, same)
}

func nameIs(of func(*Account) string, same func(right, came string) bool) effect {
	return onDecision(refusedAs(&unknownLogin), func(c *call) {
		came, _ := c.fields.Text("login")
		acceptAs(c, c.accountWhere(func(a *Account) bool { return a.Password == c.password && same(of(a), came) }))
	})
}

// wrongPasswords holds for calls that are refused for the password of an account alone.
var wrongPasswords = refusedAs(&wrongPassword, &wrongPasswordByEmail, &badBasic, &tokenWithWrongCredentials)

// passwordIs compares passwords in another way, in all calls that take one.
func passwordIs(same func(right, came string) bool) effect {
	return onDecision(wrongPasswords, func(c *call) {
		if c.account != nil && c.password != "" && same(c.account.Password, c.password) {
			c.acceptPassword()
		}
	})
}

// acceptPassword takes the password for right, and decides about the rest of the call.
func (c *call) acceptPassword() {
	c.refused = nil
	if c.kind == makeToken || c.kind == deleteToken {
		c.refused = c.mayChange()
	}
}

// namedByLogin is the account whose login or email came, nil where there is none.
func (c *call) namedByLogin() *Account {
	came, _ := c.fields.Text("login")
	named, _ := c.byName(came)
	return named
}

// takesFor has a field beside right credentials, an ID or a login, say whose session is opened.
func takesFor(name string) effect {
	return onDecision(by(""), func(c *call) {
		came, _ := c.fields.Text(name)
		if a := c.accountWhere(func(a *Account) bool { return came == a.ID || came == a.Login }); a != nil {
			c.account = a
		}
	})
}

// takesTokenBeside lets in who brings a live auth-token beside another way in.
func takesTokenBeside(as func(c *call, owner *Account) *Account) effect {
	return onDecision(refusedAs(&twoWaysIn), func(c *call) {
		came, _ := c.fields.Text("auth-token")
		if t := c.tokens[came]; t != nil && !t.deleted {
			c.by = byToken
			acceptAs(c, as(c, t.owner))
		}
	})
}

// opensByLogin lets in who is named beside a field that begins another way in.
func opensByLogin(field string) effect {
	return onDecision(where(asked(logIn), refusedAs(), func(c *call) bool { return c.fields.Has(field) }),
		func(c *call) { acceptAs(c, c.namedByLogin()) })
}
