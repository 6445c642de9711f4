package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// answer is one of the answers that show the three fields of a session.
type answer struct {
	name      string
	prefix    string // of the clauses about its form: SessionInfoResponse, or AppUserDetails
	scenarios []*Scenario
	of        func(*suite.Evidence) *exchange.Exchange // ends the spec where the call is not accepted
}

// asked is the answer to a call of the control that must be accepted first.
func asked(step, accepted string) func(*suite.Evidence) *exchange.Exchange {
	return func(ev *suite.Evidence) *exchange.Exchange {
		GinkgoHelper()
		live(ev)
		ev.Given(accepted, ev.Of(LogIn, step), BeSuccess())
		return ev.Of(LogIn, step)
	}
}

const (
	infoClauses    = "sessions-info"
	detailsClauses = "sessions-details"
)

var (
	userAnswer    = answer{"of the call about the user", infoClauses, []*Scenario{LogIn}, asked("user", "sessions-user-status-200")}
	detailsAnswer = answer{"of the details of the user", detailsClauses, []*Scenario{LogIn}, asked("details", "sessions-details-status-200")}

	answers = []answer{
		{"of a login with the password", infoClauses, []*Scenario{LogIn}, loggedIn},
		{"of a login with the token", infoClauses, []*Scenario{LogInByToken}, withToken},
		{"of a login as the node", infoClauses, []*Scenario{LogInAsNode, RefusedNode}, asTheNode},
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

// form declares what an answer is made of.
func form(ev *suite.Evidence, a answer) {
	object := func() *exchange.Exchange {
		GinkgoHelper()
		e := a.of(ev)
		ev.Given(a.prefix+"-object", e, holdInfo())
		return e
	}
	It("is labelled application/json", clause(a.prefix+"-media-type", a.scenarios...), func() {
		Expect(object()).To(HaveMediaType(jsonType))
	})
	It("is well-formed JSON", clause(a.prefix+"-json", a.scenarios...), func() {
		Expect(a.of(ev)).To(BeJSON())
	})
	It("is an object that holds the fields itself", clause(a.prefix+"-object", a.scenarios...), func() {
		e := a.of(ev)
		ev.Given(a.prefix+"-json", e, BeJSON())
		Expect(e).To(holdInfo())
	})
	It("has lastSuccessfulLogin", clause(a.prefix+"-last-successful-login", a.scenarios...), func() {
		Expect(object()).To(haveGoodLogin())
	})
	It("has lastFailedLogin", clause(a.prefix+"-last-failed-login", a.scenarios...), func() {
		Expect(object()).To(haveFailedLogin())
	})
	It("has uiTimeZone", clause(a.prefix+"-ui-time-zone", a.scenarios...), func() {
		Expect(object()).To(HaveMember(zoneField, aText, isText))
	})
}

// holdInfo is met by a JSON object that has some of the three fields itself. Which ones it lacks, other clauses say.
func holdInfo() types.GomegaMatcher {
	return That("an object with "+goodField+", "+failedField+" and "+zoneField, func(e *exchange.Exchange) (bool, string) {
		for _, field := range []string{goodField, failedField, zoneField} {
			if Member(e, field).Exists() {
				return true, ""
			}
		}
		return false, "the body " + Excerpt(e)
	})
}

const aText = "a text that is not empty"

func isText(v gjson.Result) bool { return v.Type == gjson.String && v.String() != "" }
