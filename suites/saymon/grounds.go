package saymon

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// When clauses hold for the specs that build on them. Specs judge by the same matchers, and where they build on a
// clause they name it.
var (
	_ = saymon.Holds("saymon-session-by-login", openSession(), secondLogin)
	_ = saymon.Holds("saymon-session-by-email", openSession(), emailLogin)
	_ = saymon.Holds("saymon-session-by-token", openSession(), tokenLogin)
	_ = saymon.Holds("saymon-session-by-keycloak", openSession(), keycloakLogin)
	// Quoted or not: something to read the ID from is enough.
	_ = saymon.Holds("saymon-session-id-quoted", haveIDOrEmpty())
	_ = saymon.Holds("saymon-session-id-not-empty", haveID())
	_ = saymon.Holds("saymon-request-framing", openSession(), chunkedLogin)
	_ = saymon.Holds("saymon-request-encoding", openSession(), escapedLogin)
	_ = saymon.Holds("saymon-request-samples", openSession())
	_ = saymon.Holds("saymon-cookie-set", haveSID())
	_ = saymon.Holds("saymon-session-authenticates", BeSuccess(), currentUser)
	_ = saymon.Holds("saymon-session-lasts", BeSuccess(), userAgain)
	_ = saymon.HoldsBy("saymon-session-of-user", beOwner, currentUser)

	_ = saymon.Holds("saymon-refuses-no-session", BeRefused(), noSession)
	_ = saymon.Holds("saymon-refuses-invented-session", BeRefused(), inventedSession)
	_ = saymon.HoldsBy("saymon-refuses-unknown-login", beRefusedForGood, unknownLogin)
	_ = saymon.HoldsBy("saymon-refuses-wrong-password", beRefusedForGood, wrongPassword)
	_ = saymon.HoldsBy("saymon-refuses-unknown-keycloak-token", beRefusedForGood,
		refusals.Of("saymon-refuses-unknown-keycloak-token")[0].Step)
	_ = saymon.HoldsBy("saymon-refuses-forged-keycloak-token", beRefusedForGood,
		refusals.Of("saymon-refuses-forged-keycloak-token").Steps()...)
	_ = saymon.Holds("saymon-refusal-4xx", BeClientError())

	_ = saymon.Holds("saymon-token-by-basic", BeSuccess())
	_ = saymon.Holds("saymon-token-quoted", haveIDOrEmpty())
	_ = saymon.Holds("saymon-token-not-empty", haveID())
	_ = saymon.Holds("saymon-token-authenticates", BeSuccess(), userByToken)
	_ = saymon.Holds("saymon-token-lasts", BeSuccess(), userByTokenFourth)
	_ = saymon.HoldsBy("saymon-token-of-user", beOwner, userByToken)
	_ = saymon.Holds("saymon-refuses-unknown-api-token", BeRefused(), unknownToken)
	_ = saymon.Holds("saymon-token-deletion-accepted", BeSuccess(), deletion)

	_ = saymon.Holds("saymon-logout-accepted", BeSuccess(), loggedOut)
	_ = saymon.Holds("saymon-logout-ends-one", BeSuccess(), userStillThere)
	_ = saymon.Holds("saymon-logout-ends-session", BeRefused(), userAfterwards)
	_ = saymon.Holds("saymon-verify-live", haveBodyOf("true"), verifyLive)
)

// openSession is met by a 2xx that carries a session ID, in its body or in its cookie.
func openSession() types.GomegaMatcher {
	return InShell("opens sid", Meet("a status 2xx with a session ID",
		func(e *exchange.Exchange) bool { return SessionID(e) != "" }, Outline))
}

// haveID is met by a body with a session ID or token, quoted or not.
func haveID() types.GomegaMatcher {
	return InShell("id", Meet("an ID that is not empty",
		func(e *exchange.Exchange) bool { return strings.TrimSpace(ID(e)) != "" }, Shown))
}

// haveIDOrEmpty is met where the body is an ID or a quoted string of any kind.
func haveIDOrEmpty() types.GomegaMatcher {
	return Meet("a quoted string", func(e *exchange.Exchange) bool {
		_, err := JSONString(e.Body())
		return err == nil || ID(e) != ""
	}, Shown)
}

// haveSID is met by an answer that sets the sid cookie and does not take it back.
func haveSID() types.GomegaMatcher {
	return InShell("cookie-set sid", HaveCookie("sid", "sid=<session ID>, neither empty nor expired",
		func(c exchange.Cookie) bool { return !c.Deletes() }))
}

// haveSIDOfBody is met by an answer whose sid cookie is the session ID of its body.
func haveSIDOfBody() types.GomegaMatcher {
	sid := func(e *exchange.Exchange) string { c, _ := e.Cookie("sid"); return c.Value }
	return InShell("cookie-is-body sid", Meet("Set-Cookie: sid=<the session ID of the body>",
		func(e *exchange.Exchange) bool { return sid(e) == ID(e) },
		func(e *exchange.Exchange) string { return "Set-Cookie: sid=" + sid(e) + " and " + Shown(e) }))
}

// haveSIDForRoot is met by an answer whose sid cookie has the path /.
func haveSIDForRoot() types.GomegaMatcher {
	return InShell("cookie-attribute sid path /", HaveCookie("sid", "sid=<session ID>; Path=/",
		func(c exchange.Cookie) bool {
			path, _ := c.Attribute("path")
			return path == "/"
		}))
}

// beUncompressed is met by an answer that a client can read which says nothing of compression.
func beUncompressed() types.GomegaMatcher {
	return Meet("an answer that is not compressed, for the client cannot undo it", func(e *exchange.Exchange) bool {
		coding := strings.ToLower(e.Header("Content-Encoding"))
		return !strings.Contains(coding, "gzip") && !strings.Contains(coding, "deflate") &&
			!strings.Contains(coding, "br")
	}, func(e *exchange.Exchange) string { return "Content-Encoding: " + e.Header("Content-Encoding") })
}

// haveBodyOf is met by a body that is one of the words.
func haveBodyOf(words ...string) types.GomegaMatcher {
	return InShell("body "+strings.Join(words, " "), HaveBody(strings.Join(words, " or "), func(body string) bool {
		return slices.Contains(words, strings.TrimSpace(body))
	}))
}

// beRefusedForGood is met by a refused login that left no live session behind.
func beRefusedForGood(ev *suite.Evidence) types.GomegaMatcher {
	return Meet("a refusal that leaves no live session",
		func(e *exchange.Exchange) bool { return !e.Succeeded() && ev.LeftNothing(e) },
		func(e *exchange.Exchange) string {
			if e.Succeeded() {
				return Outline(e)
			}
			return "a live session in the answer to the refused login"
		})
}

// beOwner is met by an answer about the current user that names the one for whom the session was opened or the token
// created.
func beOwner(ev *suite.Evidence) types.GomegaMatcher {
	user, other := ev.Target().User, ev.Target().OtherUser
	is := func(e *exchange.Exchange) bool {
		if e.Scenario == TokenForOther.Name {
			return isUser(e, other, user)
		}
		return isUser(e, user, other)
	}
	return InShellWhere(namesInShell(user, other),
		func(e *exchange.Exchange) bool { return e.Scenario != TokenForOther.Name },
		Meet("the user for whom it was made", is, whose))
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// haveUUID is met by a body whose ID has the form of a UUID.
func haveUUID() types.GomegaMatcher {
	return InShell("uuid", Meet("an ID of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx in hexadecimal digits",
		func(e *exchange.Exchange) bool { return uuid.MatchString(ID(e)) }, Shown))
}

// notBeLive is met by a refused attempt to use what the answer to a refused login or call left.
func notBeLive(what, refused string) types.GomegaMatcher {
	return InShell("refused", Meet("no live "+what+" in the answer to the refused "+refused,
		func(e *exchange.Exchange) bool { return !e.Succeeded() },
		func(e *exchange.Exchange) string { return "a live " + what + ": it is answered " + Outline(e) }))
}

// named ends the spec where the answer about the current user names nobody: id and login stand in no document.
func named(current *exchange.Exchange) {
	if text(current, "id") == "" && text(current, "login") == "" {
		suite.Skip(report.NotApplicable, "the answer about the current user has neither id nor login")
	}
}

// beUser is met by an answer about the current user that names the user, by id or by login where both are known: an id
// may have another form than in targets.yaml. It must not name the other user by either.
func beUser(user, other *target.User) types.GomegaMatcher {
	return InShell(namesInShell(user, other), Meet("the user "+user.Login+" "+user.ID,
		func(e *exchange.Exchange) bool { return isUser(e, user, other) }, whose))
}

// namesInShell says isUser in a script.
func namesInShell(user, other *target.User) string {
	if other == nil {
		other = &target.User{}
	}
	words := "names"
	for _, name := range []string{user.Login, user.Email, user.ID, other.Login, other.ID} {
		words += " =" + url.QueryEscape(name)
	}
	return words
}

func isUser(e *exchange.Exchange, user, other *target.User) bool {
	id, login, email := text(e, "id"), text(e, "login"), text(e, "email")
	same := func(a, b string) bool { return a != "" && strings.EqualFold(a, b) }
	if other != nil && (same(login, other.Login) || same(id, other.ID)) {
		return false
	}
	idDiffers := id != "" && user.ID != "" && !same(id, user.ID)
	// A product may take an email for a login, and name the user by either.
	loginDiffers := login != "" && !same(login, user.Login) && !same(login, user.Email) && !same(email, user.Login)
	if login == "" || id == "" || user.ID == "" {
		return !idDiffers && !loginDiffers
	}
	return !idDiffers || !loginDiffers
}

// whose says whom an answer about the current user names.
func whose(e *exchange.Exchange) string {
	return "id " + quoted(text(e, "id")) + ", login " + quoted(text(e, "login"))
}

// text is a member of the answer that is a string, or empty.
func text(e *exchange.Exchange, name string) string {
	if v := Member(e, name); v.Type == gjson.String {
		return v.String()
	}
	return ""
}

// beSameUserAs is met by an answer about the current user that names the one of another answer: by id where both have
// one, and by nothing else; else by any of the user's names, without case.
func beSameUserAs(other *exchange.Exchange, user *target.User) types.GomegaMatcher {
	names := func(name string) bool {
		return strings.EqualFold(name, user.Login) || user.Email != "" && strings.EqualFold(name, user.Email)
	}
	differs := func(e *exchange.Exchange) string {
		if mine, theirs := text(e, "id"), text(other, "id"); mine != "" && theirs != "" {
			if strings.EqualFold(mine, theirs) {
				return ""
			}
			return "id " + quoted(mine) + " in place of " + quoted(theirs)
		}
		mine, theirs := text(e, "login"), text(other, "login")
		if mine == "" || theirs == "" || strings.EqualFold(mine, theirs) || names(mine) && names(theirs) {
			return ""
		}
		return "login " + quoted(mine) + " in place of " + quoted(theirs)
	}
	return Meet("the same user as after a login with the login",
		func(e *exchange.Exchange) bool { return differs(e) == "" }, differs)
}

func quoted(s string) string {
	if s == "" {
		return "(none)"
	}
	return `"` + s + `"`
}
