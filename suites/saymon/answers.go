package saymon

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// judgeEveryLogin declares that what must be true of the answer to one login is true of each: of the first and the
// last, of one that comes with a cookie or in chunks, of one after a refused one. The last are read where they are,
// and not asked for: a filter that chooses these specs has no wrong password sent.
func judgeEveryLogin(ev *suite.Evidence) {
	each := func(text, id string, matcher types.GomegaMatcher, where func(login *exchange.Exchange) bool) {
		It(text, clause(id, scenariosOf(unrefused())...), func() {
			suite.ExpectEach(slices.DeleteFunc(ev.All(logins()...), func(e *exchange.Exchange) bool {
				return cameAlong(e) || !where(e)
			}), matcher)
		})
	}
	each("answers every login with the session ID in quotation marks", "saymon-session-id-quoted", BeQuotedString(),
		opensSession)
	each("answers every login with a session ID that is not empty", "saymon-session-id-not-empty", haveID(), isQuoted)
	each("answers every login with a session ID that looks like a UUID", "saymon-session-id-uuid", haveUUID(), tellsID)
	each("sets the sid cookie at every login", "saymon-cookie-set", haveSID(), opensSession)
	each("sets the sid cookie for the path / at every login", "saymon-cookie-path", haveSIDForRoot(), setsSID)
	each("sets the sid cookie to the session ID of every login", "saymon-cookie-is-session-id", haveSIDOfBody(),
		func(e *exchange.Exchange) bool { return setsSID(e) && tellsID(e) })
}

// Where a clause is judged that builds on another one: where that one holds.
func opensSession(e *exchange.Exchange) bool { return meets(openSession(), e) }
func isQuoted(e *exchange.Exchange) bool     { return e.Succeeded() && meets(haveIDOrEmpty(), e) }
func tellsID(e *exchange.Exchange) bool      { return meets(haveID(), e) }
func setsSID(e *exchange.Exchange) bool      { return e.Succeeded() && meets(haveSID(), e) }

func meets(matcher types.GomegaMatcher, e *exchange.Exchange) bool {
	met, err := matcher.Match(e)
	return met && err == nil
}

// cameAlong says whether a login goes on with the session whose cookie came with it: saymon-session-not-fixed is about
// that.
func cameAlong(login *exchange.Exchange) bool {
	return "sid="+SessionID(login) == login.Request.Header.Get("Cookie")
}

// goesOn says whether a login goes on with the user's own session, which no invented or foreign cookie brings about.
func goesOn(login *exchange.Exchange) bool {
	return login.Step == ownCookieLogin.Name && cameAlong(login)
}

// expectNew expects each answer to tell an ID that none before it told.
func expectNew(what, given string, all []*exchange.Exchange, id func(*exchange.Exchange) string) {
	seen := map[string]bool{}
	for _, e := range all {
		told := id(e)
		Expect(e).To(Meet(what, func(*exchange.Exchange) bool { return told == "" || !seen[told] },
			func(*exchange.Exchange) string { return given + told }))
		seen[told] = true
	}
}

// logins are all that open sessions, in the documented ways.
func logins() []*Step {
	return append(slices.Clone(goodLogins), append(unrefused(), othersLogin, usersLogin)...)
}

// unrefused are those of scenarios that send no login that must be refused.
func unrefused() []*Step {
	all := append([]*Step{}, firstLogin, loginWithEscapes, secondLogin, emailLogin, chunkedLogin,
		escapedLogin, indentedLogin, tokenLogin, otherLogin, keycloakLogin, tokenLoginAgain, atOnce[0].Login,
		atOnce[1].Login, inventedCookieLogin, liveCookieLogin, victimLogin, besideLogin, besideOther, moreLogin,
		atOnce[2].Login, ownCookieLogin, strangersLogin, doubledLogin, tokenWithLogin, bystander, lastLogin,
		loginAfter)
	for _, s := range samples {
		all = append(all, s.login)
	}
	return append(all, tokenLoginLater...)
}

// scenariosOf are those of the steps.
func scenariosOf(steps []*Step) (all []*Scenario) {
	for _, step := range steps {
		all = append(all, step.Scenario())
	}
	return all
}
