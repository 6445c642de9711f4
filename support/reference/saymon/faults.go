package saymon

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// peculiarities are all that the server can be told to do wrong, or another way, each alone.
var peculiarities = slices.Concat(faultsByWay(), answerFaults, occasionFaults, stateFaults, wrongRequestFaults,
	refusalFaults, nameFaults, valueFaults, doorFaults, callFaults, disclosureFaults, variants)

// Faults are the documented behaviours that the server can do wrong, Variants what it can do another way.
var (
	Faults   = reference.Faults(peculiarities)
	Variants = reference.Variants(peculiarities)
)

// ways are the ways in, with how a sentence names them.
var ways = []struct {
	way  way
	says string
}{
	{byLogin, "A login with the login"}, {byEmail, "A login with the email"},
	{byToken, "A login with an auth-token"}, {byKeycloak, "A login with a Keycloak token"},
}

// faultsByWay are what can be wrong with one way in while the others are right. For the login, most faults concern all
// ways.
func faultsByWay() (all list) {
	for _, in := range ways {
		broken := func(clause, name, says string, does effect) {
			all = append(all, breaks(clause, is(name+"-by-"+string(in.way), in.says+" "+says+".", does))...)
		}
		answered := func(do func(*call)) effect { return onAnswer(by(in.way), do) }
		opened := func(do func(*call)) effect {
			return loginOpens(func(c *call) {
				if c.by == in.way {
					do(c)
				}
			})
		}
		broken("saymon-session-by-"+string(in.way), "session-refused", "is refused",
			onDecision(by(in.way), refuseAs(&wrongPassword)))
		broken("saymon-session-by-"+string(in.way), "session-answered-500", "opens a session and is answered 500",
			answered(status(500)))
		broken("saymon-session-of-user", "session-of-other-user", "opens a session of another user",
			opened(func(c *call) { c.session.owner = c.other(c.session.owner) }))
		if in.way == byLogin {
			continue
		}
		broken("saymon-session-id-quoted", "session-id-unquoted",
			"is answered with the session ID without quotation marks", answered(says("{id}")))
		broken("saymon-session-id-not-empty", "session-id-empty", "is answered with an empty session ID",
			answered(says(`""`)))
		broken("saymon-session-new", "session-reused", "is given the user's eldest session again", opened(reuse))
		broken("saymon-session-authenticates", "session-dead", "is given a session ID that does not authenticate",
			opened(func(c *call) { c.session.dead = true }))
		broken("saymon-session-lasts", "session-works-once", "opens a session for one request", worksTimes(1, in.way))
		broken("saymon-cookie-set", "cookie-missing", "sets no cookie", answered(noCookie))
		broken("saymon-cookie-is-session-id", "cookie-other-id",
			"sets a cookie with another ID than that of the body", answered(value("{uuid}")))
		broken("saymon-cookie-path", "cookie-path-missing", "sets a cookie without a path", answered(lacks("Path")))
	}
	return all
}

// disclosureFaults are about passwords that stand where nobody should read them.
var disclosureFaults = breaks("saymon-password-not-shown",
	shows("password-in-current-user", "The current user has the password.", granted(current), verbatim),
	shows("password-md5-in-current-user", "The current user has the password's MD5.",
		granted(current), func(password string) string { return fmt.Sprintf("%x", md5.Sum([]byte(password))) }),
	shows("password-sha1-in-current-user", "The current user has the password's SHA-1.",
		granted(current), func(password string) string { return fmt.Sprintf("%X", sha1.Sum([]byte(password))) }),
	shows("password-sha256-in-current-user", "The current user has the password's SHA-256.",
		granted(current), func(password string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(password))) }),
	shows("password-in-current-user-by-basic", "The current user has the password where Basic credentials ask.",
		where(granted(current), func(c *call) bool { return c.by == byBasic }), verbatim),
	shows("password-in-current-user-by-token", "The current user has the password where an api-token asks.",
		where(granted(current), func(c *call) bool { return c.by == byAPIToken }), verbatim),
	shows("password-of-other-user", "The current user has the password where it is the other account.",
		where(granted(current), func(c *call) bool { return c.account == &c.config.OtherUser }), verbatim),
	shows("password-in-refusal", "A refusal names the password that would have been right.",
		refusedAs(&wrongPassword), func(password string) string { return "not " + password }),
)

func verbatim(password string) string { return password }

func shows(name, says string, w when, form func(string) string) list {
	return is(name, says, onAnswer(where(w, not(nobodyNamed)), func(c *call) {
		text := strings.TrimSuffix(reference.JSON(c.content), "}")
		c.content, c.Body = nil, text+`,"secret":`+reference.JSON(form(c.account.Password))+"}"
	}))
}
