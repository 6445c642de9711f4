package sessions

import (
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// answer is one of the answers that show the three fields of a session.
type answer struct {
	name      string
	isDetails bool // AppUserDetails; else SessionInfoResponse
	scenarios []*Scenario
	of        func(*suite.Evidence) *exchange.Exchange // ends the spec where the call is not accepted
}

// by is the clause that says something of the answer: one of two, for the document describes two types.
func (a answer) by(ofInfo, ofDetails string) string {
	if a.isDetails {
		return ofDetails
	}
	return ofInfo
}

var (
	userAnswer = answer{"of the call about the user", false, []*Scenario{LogIn},
		func(ev *suite.Evidence) *exchange.Exchange {
			live(ev)
			ev.Requires("sessions-user-status-200")
			return ev.Of(currentUser)
		}}
	detailsAnswer = answer{"of the details of the user", true, []*Scenario{LogIn},
		func(ev *suite.Evidence) *exchange.Exchange {
			live(ev)
			ev.Requires("sessions-details-status-200")
			return ev.Of(details)
		}}
	answers = []answer{
		{"of a login with the password", false, []*Scenario{LogIn}, loggedIn},
		{"of a login with the token", false, []*Scenario{LogInByToken}, withToken},
		{"of a login as the node", false, []*Scenario{LogInAsNode, RefusedNode}, asTheNode},
		userAnswer,
		detailsAnswer,
	}
)

var _ = sessions.Describe("The answer", func(ev *suite.Evidence) {
	for _, a := range answers {
		Context(a.name, func() {
			form(ev, a)
			zoneAndTimes(ev, a)
		})
	}
})

// What an account brings along is its own: that the time of its last refused login is there is judged on answers after
// one that this run sent. That a node's refused logins are counted, 004 does not say.
var _ = sessions.Describe("The answer after a refused login", func(ev *suite.Evidence) {
	for _, a := range []struct {
		name         string
		step, wrong  *Step
		clause, form string
		use          string // the clause that the answer is accepted
	}{
		{"of a login with the password", goodAfterOne, wrongPassword, infoFailed, infoForm, "sessions-login-opens"},
		{"of a login with the token", lastTokenLogin, wrongPassword, infoFailed, infoForm, "sessions-token-opens"},
		{"of the call about the user", movesAfter, blankBehind, infoFailed, infoForm, "sessions-user-status-200"},
		{"of the details of the user", restedDetails, blankBehind, "sessions-details-last-failed-login",
			"sessions-details-object", "sessions-details-status-200"},
	} {
		It("has lastFailedLogin "+a.name, clause(a.clause, LogIn, a.step.Scenario(), a.wrong.Scenario()), func() {
			loggedIn(ev)
			if len(refused(ev, a.wrong)) == 0 {
				ev.Of(a.wrong) // says why it was not sent
				suite.Skip(report.NotApplicable, "the wrong password was accepted")
			}
			e := ev.Of(a.step)
			if a.step == lastTokenLogin {
				secondOfToken(ev)
			}
			ev.Requires(a.form, ev.Accepted(a.use, e))
			Expect(e).To(haveFailedLogin())
		})
	}
})

const infoFailed, infoForm = "sessions-info-last-failed-login", "sessions-info-object"

// form declares what an answer is made of.
func form(ev *suite.Evidence, a answer) {
	object := func() *exchange.Exchange {
		e := a.of(ev)
		ev.Requires(a.by("sessions-info-object", "sessions-details-object"), e)
		return e
	}
	It("is labelled application/json", clause(a.by("sessions-info-media-type", "sessions-details-media-type"),
		a.scenarios...), func() {
		Expect(object()).To(HaveMediaType(jsonType))
	})
	It("is well-formed JSON", clause(a.by("sessions-info-json", "sessions-details-json"), a.scenarios...), func() {
		Expect(a.of(ev)).To(beJSONText())
	})
	It("is an object that holds the fields itself", clause(a.by("sessions-info-object", "sessions-details-object"),
		a.scenarios...), func() {
		e := a.of(ev)
		ev.Requires(a.by("sessions-info-json", "sessions-details-json"), e)
		Expect(e).To(holdInfo())
	})
	It("has lastSuccessfulLogin", clause(a.by("sessions-info-last-successful-login",
		"sessions-details-last-successful-login"), a.scenarios...), func() {
		Expect(object()).To(haveGoodLogin())
	})
	It("has lastFailedLogin", clause(a.by("sessions-info-last-failed-login", "sessions-details-last-failed-login"),
		a.scenarios...), func() {
		e := object()
		if !Member(e, failedField).Exists() {
			suite.Skip(report.NotApplicable, "it is absent, and the user may never have failed: judged after a refused login")
		}
		Expect(e).To(haveFailedLogin())
	})
	It("has uiTimeZone", clause(a.by("sessions-info-ui-time-zone", "sessions-details-ui-time-zone"), a.scenarios...),
		func() {
			Expect(object()).To(haveZone())
		})
}

func haveZone() types.GomegaMatcher {
	return InShell("member "+zoneField+" text", HaveMember(zoneField, aText, isText))
}

// holdInfo is met by a JSON object that has some of the three fields itself. Which ones it lacks, other clauses say.
func holdInfo() types.GomegaMatcher {
	return InShell("members-any "+goodField+" "+failedField+" "+zoneField,
		Meet("an object with "+goodField+", "+failedField+" and "+zoneField, func(e *exchange.Exchange) bool {
			return Member(e, goodField).Exists() || Member(e, failedField).Exists() || Member(e, zoneField).Exists()
		}, Shown))
}

const aText = "a text that is not empty"

func isText(v gjson.Result) bool { return v.Type == gjson.String && v.String() != "" }

const guidField = "guid"

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

var _ = sessions.Describe("Get the details of the user", func(ev *suite.Evidence) {
	object := func() *exchange.Exchange {
		e := detailsAnswer.of(ev)
		ev.Requires("sessions-details-object", e)
		return e
	}
	It("has a guid", clause("sessions-details-guid", LogIn), func() {
		Expect(object()).To(haveGUID())
	})
	It("has a guid that is a UUID", clause("sessions-details-guid-uuid", LogIn), func() {
		ev.Requires("sessions-details-guid", object())
		Expect(object()).To(InShell("member "+guidField+" uuid",
			HaveMember(guidField, "a UUID", func(v gjson.Result) bool { return uuid.MatchString(v.String()) })))
	})
	expectGUIDOf := func(earlier, later *exchange.Exchange) {
		ev.Requires("sessions-details-guid", earlier)
		ev.Requires("sessions-details-status-200", later)
		ev.Requires("sessions-details-guid", later)
		Expect(later).To(haveGUIDOf(earlier))
	}
	It("shows one guid in one session", clause("sessions-details-guid-stable", LogIn), func() {
		expectGUIDOf(object(), ev.Of(detailsAgain))
	})
	It("shows one guid in two sessions", clause("sessions-details-guid-stable", LogIn, LogOut), func() {
		expectGUIDOf(object(), ev.Of(lastDetails))
	})
	It("shows one guid in a session opened with the token", clause("sessions-details-guid-stable", LogIn, LogInByToken),
		func() {
			withToken(ev)
			ev.Requires("sessions-details-status-200", ev.Of(tokenDetails))
			expectGUIDOf(ev.Of(tokenDetails), ev.Of(tokenDetailsAgain))
		})
	It("shows the zone of the session", clause("sessions-details-same-zone", LogIn), func() {
		user := userAnswer.of(ev)
		ev.Requires("sessions-info-ui-time-zone", user)
		ev.Requires("sessions-details-ui-time-zone", object())
		zone := Member(user, zoneField).String()
		Expect(object()).To(HaveMember(zoneField, "that of GET /session/user, "+zone, func(v gjson.Result) bool {
			return v.String() == zone
		}))
	})
})

func haveGUID() types.GomegaMatcher {
	return InShell("member "+guidField+" text", HaveMember(guidField, aText, isText))
}

// haveGUIDOf is met by details with the guid of other ones. The case of letters does not matter.
func haveGUIDOf(other *exchange.Exchange) types.GomegaMatcher {
	guid := Member(other, guidField).String()
	return HaveMember(guidField, "the one of the earlier answer, "+guid, func(v gjson.Result) bool {
		return strings.EqualFold(v.String(), guid)
	})
}
