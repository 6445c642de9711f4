package saymon

import (
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
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
