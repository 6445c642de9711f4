package saymon

import (
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// carelessFaults take texts that careless code finds in a store for live sessions and tokens, and let in who is not
// looked at closely.
var carelessFaults = slices.Concat(everywhere("regular-expression", "A regular expression", exactly(".*")),
	everywhere("condition", "A condition of SQL", func(came string) bool {
		return strings.Contains(strings.ReplaceAll(came, " ", ""), "'OR'1")
	}), []peculiarity{
		oddToken("constructor-as-api-token", "The name that every JavaScript object has, as an api-token,",
			tokenIs(inherited)),
		oddAuthToken("constructor-as-auth-token", "The name that every JavaScript object has, as an auth-token,",
			func(c *call) bool { return inherited(c.token) }),
		oddSession("second-half-of-sid", "An ID with the second half of a live session's", func(c *call) bool {
			return c.anySession(func(id string) bool { return reference.SameEnd(id, c.sid) })
		}),
		oddToken("second-half-of-api-token", "A text with the second half of an api-token", func(c *call) bool {
			return c.by == byAPIToken && c.anyToken(func(text string) bool { return reference.SameEnd(text, c.token) })
		}),
		oddAuthToken("second-half-of-auth-token", "A text with the second half of an auth-token", func(c *call) bool {
			return c.anyToken(func(text string) bool { return reference.SameEnd(text, c.token) })
		}),
		basicIs("unreadable-basic", "Basic credentials that cannot be read", "Basic a"),
		basicIs("basic-without-colon", "Basic credentials without a colon", "Basic bm9ib2R5"),
		basicIs("empty-basic", "Basic credentials of neither a login nor a password", "Basic Og=="),
		fault("session-stands-for-password", "Who has a live session is let in with a wrong password.",
			"saymon-refuses-wrong-password", onDecision(refusedAs(&wrongPassword), func(c *call) {
				if s := c.sessions[cookieOf(c.r, "sid")]; s != nil && !s.ended && s.owner == c.account {
					acceptAs(c, c.account)
				}
			})),
		fault("password-read-as-like", "A password is a pattern of SQL: a per cent sign stands for all.",
			"saymon-refuses-wrong-basic", passwordIs(func(_, came string) bool { return came == "%" })),
		fault("password-read-as-regex", "A password is a regular expression.", "saymon-refuses-wrong-password",
			passwordIs(func(_, came string) bool { return strings.HasPrefix(came, ".*|") })),
		fault("password-of-blanks", "A password of blanks is right.", "saymon-token-refuses-wrong-credentials",
			passwordIs(func(_, came string) bool { return strings.TrimSpace(came) == "" })),
		fault("email-like", "An email is a pattern with %, as SQL's LIKE takes it.", "saymon-refuses-unknown-login",
			emailIs(func(right, came string) bool {
				local, any := strings.CutSuffix(came, "%")
				return any && strings.HasPrefix(right, local)
			})),
		fault("email-regular-expression", "An email is a regular expression.", "saymon-refuses-unknown-login",
			emailIs(func(right, came string) bool { return came[:1] == "." && right[1:] == came[1:] })),
		fault("email-without-its-domain", "An email is known by its name before the domain.",
			"saymon-refuses-unknown-login", emailIs(func(right, came string) bool {
				local, _, _ := strings.Cut(right, "@")
				cameLocal, _, at := strings.Cut(came, "@")
				return at && local == cameLocal
			})),
		fault("list-of-right-password-accepted", "The first value of a list is the password.",
			"saymon-refuses-wrong-password",
			onDecision(refusedAs(&wrongTypes), func(c *call) {
				if c.account != nil && string(c.fields["password"]) == compact([]string{c.account.Password}) {
					acceptAs(c, c.account)
				}
			})),
		fault("list-of-right-login-accepted", "The first value of a list is the login.", "saymon-refuses-unknown-login",
			onDecision(refusedAs(&wrongTypes), func(c *call) {
				for _, a := range c.accounts() {
					password, _ := c.fields.text("password")
					if string(c.fields["login"]) == compact([]string{a.Login}) && password == a.Password {
						acceptAs(c, a)
					}
				}
			})),
		fault("path-with-capital-needs-nothing", "With a capital letter in its path the current user needs no credentials.",
			"saymon-refuses-any-path", opensPath(func(p string) bool { return strings.HasSuffix(p, "/Current") })),
		fault("path-with-number-needs-nothing",
			"With a letter of its path by its number the current user needs no credentials.", "saymon-refuses-any-path",
			opensPath(func(p string) bool { return strings.HasSuffix(p, "/%63urrent") })),
	})

// everywhere takes such texts for a session, an api-token and an auth-token.
func everywhere(name, says string, is func(came string) bool) []peculiarity {
	return []peculiarity{oddSession(name+"-as-sid", says+" as a sid", sidIs(is)),
		oddToken(name+"-as-api-token", says+" as an api-token", tokenIs(is)),
		oddAuthToken(name+"-as-auth-token", says+" as an auth-token", func(c *call) bool { return is(c.token) })}
}

// basicIs takes such an Authorization header field for the first account's.
func basicIs(name, says, field string) peculiarity {
	return fault(name+"-is-current-user", says+" are the first account's.", "saymon-refuses-no-session",
		onDecision(both(asked(current), func(c *call) bool {
			return c.refused != nil && c.r.Header.Get("Authorization") == field
		}), accept))
}

// emailIs finds the accounts whose email is the same as the login that came, and whose password is right.
func emailIs(same func(right, came string) bool) effect {
	return onDecision(refusedAs(&unknownLogin), func(c *call) {
		came, _ := c.fields.text("login")
		for _, a := range c.accounts() {
			if came != "" && a.Password == c.password && same(a.Email, came) {
				acceptAs(c, a)
			}
		}
	})
}
