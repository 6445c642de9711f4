package sessions

import (
	"slices"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// answer is one of the answers that show the three fields of a session, each time that it came in its scenarios.
type answer struct {
	name      string
	isDetails bool // AppUserDetails; else SessionInfoResponse
	scenarios []*Scenario
	of        func(*suite.Evidence) []*exchange.Exchange // ends the spec where the call is not accepted

	status       int    // 0: other specs judge it
	statusID     string // the clause that says which one
	mayBeFirst   bool   // the login may be the very first one of its account
	afterRefusal bool   // this run sent a refused login of its account before
}

// by is the clause that says something of the answer: one of two, for the document describes two types.
func (a answer) by(ofInfo, ofDetails string) string {
	if a.isDetails {
		return ofDetails
	}
	return ofInfo
}

// objects are the answers, where each of them holds the fields.
func (a answer) objects(ev *suite.Evidence) []*exchange.Exchange {
	all := a.of(ev)
	ev.Requires(a.by("sessions-info-object", "sessions-details-object"), all...)
	return all
}

const (
	loginStatus   = "sessions-login-status-201"
	userStatus    = "sessions-user-status-200"
	detailsStatus = "sessions-details-status-200"
)

var (
	// usesOfUser and usesOfDetails are the further calls in the session of the control, those in one of the token's, and
	// those of all other scenarios. Where these did not run, less is judged.
	usesOfUser = slices.Concat([]*Step{userAgain}, userLater, []*Step{tokenUser, tokenUserAgain}, tokenUserLater,
		[]*Step{anyAcceptedUser, noAcceptUser, lastUser, otherSession})
	usesOfDetails = []*Step{detailsAgain, tokenDetails, tokenDetailsAgain, otherNamedDetails, otherIDDetails,
		doubledDetails, queryOfOther, headersOfOther, userAtOnceDetails}

	// laterLogins are the user's further good logins by password that no other answer holds, but for the one in a live
	// session, which a product may answer as it likes. nodesLogins are those of the node, othersLogins and othersDetails
	// the other user's, whose first one may be the very first of the account.
	laterLogins = append(behind(RefusedValues, passwordRefusals), anyAccepted, noAccept, escapedLogin, otherNamed,
		otherID, doubled, inventedBeside, handedOutBeside, userAtOnce, lastLogin, movesLogin, movesAtLast, loginAfter)
	nodesLogins   = append(behind(RefusedNodeValues, nodeRefusals), nodeAfterOne, lastNodeLogin)
	othersLogins  = append(behind(OtherUser, nearMisses), otherAtOnce, liveOfOther, lastOther)
	othersDetails = []*Step{otherAtOnceDetails, bystanderAfter, lastOtherDetails, otherUserAfter}

	userAnswer = answer{name: "of the call about the user", scenarios: []*Scenario{LogIn, LogInByToken},
		of: eachOf(live, userStatus, currentUser, usesOfUser...)}
	detailsAnswer = answer{name: "of the details of the user", isDetails: true,
		scenarios: []*Scenario{LogIn, LogInByToken}, of: eachOf(live, detailsStatus, details, usesOfDetails...)}

	answers = []answer{
		{name: "of a login with the password", scenarios: []*Scenario{LogIn}, of: first(loggedIn, laterLogins...)},
		{name: "of a login with the token", scenarios: []*Scenario{LogInByToken}, of: first(withToken)},
		{name: "of a login as the node", scenarios: []*Scenario{LogInAsNode, RefusedNode},
			of: first(asTheNode, nodesLogins...)},
		userAnswer,
		detailsAnswer,
		{name: "of a login of the other user", scenarios: []*Scenario{LogIn, OtherUser}, mayBeFirst: true,
			status: 201, statusID: loginStatus, of: eachOf(live, "sessions-login-opens", otherLogin, othersLogins...)},
		{name: "of the details of the other user", isDetails: true, scenarios: []*Scenario{LogIn, OtherUser},
			mayBeFirst: true, status: 200, statusID: detailsStatus,
			of: eachOf(live, detailsStatus, otherDetails, othersDetails...)},

		// What an account brings along is its own: that the time of its last refused login is there is judged after one
		// that this run sent. That a node's refused logins are counted, 004 does not say.
		{name: "of a login with the password after a refused one", scenarios: []*Scenario{LogIn, RefusedLogins},
			afterRefusal: true, status: 201, statusID: loginStatus,
			of: eachOf(refusedOnce, "sessions-login-opens", goodAfterOne, goodAfterTwo, goodAfterThree, goodAtLast)},
		{name: "of a login with the token after a refused login", scenarios: []*Scenario{LogIn, RefusedLogins,
			LogOutOfToken}, afterRefusal: true, status: 201, statusID: loginStatus,
			of: first(func(ev *suite.Evidence) *exchange.Exchange {
				refusedOnce(ev)
				return secondOfToken(ev)
			})},
		{name: "of the call about the user after a refused login", scenarios: []*Scenario{LogIn, RefusedLogins, Moves},
			afterRefusal: true, status: 200, statusID: userStatus,
			of: eachOf(refusedOnce, userStatus, movesUser, movesAfter, restedUser)},
		{name: "of the details of the user after a refused login", isDetails: true,
			scenarios: []*Scenario{LogIn, RefusedLogins, LogOut}, afterRefusal: true, status: 200, statusID: detailsStatus,
			of: eachOf(refusedOnce, detailsStatus, lastDetails)},
	}
)

// first is the list of one answer, and of the later ones that are 2xx.
func first(of func(*suite.Evidence) *exchange.Exchange,
	later ...*Step) func(*suite.Evidence) []*exchange.Exchange {
	return func(ev *suite.Evidence) []*exchange.Exchange {
		return append([]*exchange.Exchange{of(ev)}, succeeded(ev, later...)...)
	}
}

// behind are the good logins behind refused ones, which their scenario declares.
func behind(_ *Scenario, refusals session.Refusals) (steps []*Step) {
	for _, r := range refusals {
		steps = append(steps, r.Behind)
	}
	return steps
}

// eachOf are the answer to a first step, which must be accepted as a clause says, and those of the later ones that are.
func eachOf(needs func(*suite.Evidence) *exchange.Exchange, accepted string, first *Step,
	later ...*Step) func(*suite.Evidence) []*exchange.Exchange {
	return func(ev *suite.Evidence) []*exchange.Exchange {
		needs(ev)
		return append([]*exchange.Exchange{ev.Accepted(accepted, ev.Of(first))}, succeeded(ev, later...)...)
	}
}

// longest is up to how many bytes a further answer is judged. A documented one has some hundreds, and of longer ones
// each look takes long; the first of its call is judged whatever its length.
const longest = 16 << 10

// succeeded are the answers 2xx to the steps.
func succeeded(ev *suite.Evidence, steps ...*Step) []*exchange.Exchange {
	return slices.DeleteFunc(ev.All(steps...), func(e *exchange.Exchange) bool {
		return !e.Succeeded() || len(e.Body()) > longest
	})
}

// refusedOnce gives the refusal of the first wrong password, before which a good login was accepted.
func refusedOnce(ev *suite.Evidence) *exchange.Exchange {
	loggedIn(ev)
	if wrong := refused(ev, wrongPassword); len(wrong) > 0 {
		return wrong[0]
	}
	ev.Of(wrongPassword) // says why it was not sent
	suite.Skip(report.NotApplicable, "the wrong password was accepted")
	return nil
}

// twice is a call that is made again in one session, and what that is asked after it.
type twice struct{ first, again, after *Step }

var (
	userTwice = []twice{{currentUser, userAgain, userLater[0]}, {tokenUser, tokenUserAgain, tokenUserLater[0]}}

	detailsTwice = []twice{{details, detailsAgain, userAgain}, {tokenDetails, tokenDetailsAgain, tokenUserAgain}}
)

// cutShort are the answers that refuse a call which the same session was answered before, though it lives on.
func cutShort(ev *suite.Evidence, all []twice) (refusals []*exchange.Exchange) {
	for _, call := range all {
		if len(succeeded(ev, call.first, call.after)) == 2 {
			refusals = append(refusals, refused(ev, call.again)...)
		}
	}
	return refusals
}
