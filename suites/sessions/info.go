package sessions

import (
	"fmt"
	"regexp"
	"slices"
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
	if a.status != 0 {
		It(fmt.Sprintf("has the status %d", a.status), clause(a.statusID, a.scenarios...), func() {
			suite.ExpectEach(a.of(ev), HaveStatus(a.status))
		})
	}
	It("is labelled application/json", clause(a.by("sessions-info-media-type", "sessions-details-media-type"),
		a.scenarios...), func() {
		suite.ExpectEach(a.objects(ev), HaveMediaType(jsonType))
	})
	It("is well-formed JSON", clause(a.by("sessions-info-json", "sessions-details-json"), a.scenarios...), func() {
		suite.ExpectEach(a.of(ev), beJSONText())
	})
	It("is an object that holds the fields itself", clause(a.by("sessions-info-object", "sessions-details-object"),
		a.scenarios...), func() {
		all := a.of(ev)
		ev.Requires(a.by("sessions-info-json", "sessions-details-json"), all...)
		suite.ExpectEach(all, holdInfo())
	})
	It("has lastSuccessfulLogin", clause(a.by("sessions-info-last-successful-login",
		"sessions-details-last-successful-login"), a.scenarios...), func() {
		all := a.objects(ev)
		if a.mayBeFirst && neverBefore(all[0]) {
			if all = all[1:]; len(all) == 0 {
				suite.Skip(report.NotApplicable, "it may be the very first login of its account")
			}
		}
		suite.ExpectEach(all, haveGoodLogin())
	})
	It("has lastFailedLogin", clause(a.by("sessions-info-last-failed-login", "sessions-details-last-failed-login"),
		a.scenarios...), func() {
		all := a.objects(ev)
		if !a.afterRefusal && !Member(all[0], failedField).Exists() {
			suite.Skip(report.NotApplicable, "it is absent, and the user may never have failed: judged after a refused login")
		}
		suite.ExpectEach(all, haveFailedLogin())
	})
	It("has uiTimeZone", clause(a.by("sessions-info-ui-time-zone", "sessions-details-ui-time-zone"), a.scenarios...),
		func() {
			suite.ExpectEach(a.objects(ev), haveZone())
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
	object := func() *exchange.Exchange { return detailsAnswer.objects(ev)[0] }
	everybodys := func() []*exchange.Exchange {
		return slices.Concat(detailsAnswer.objects(ev), succeeded(ev, otherDetails), succeeded(ev, othersDetails...))
	}
	It("has a guid", clause("sessions-details-guid", detailsAnswer.scenarios...), func() {
		suite.ExpectEach(everybodys(), haveGUID())
	})
	It("has a guid that is a UUID", clause("sessions-details-guid-uuid", detailsAnswer.scenarios...), func() {
		all := everybodys()
		ev.Requires("sessions-details-guid", all...)
		suite.ExpectEach(all, InShell("member "+guidField+" uuid",
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
		userAnswer.of(ev)
		object()
		// What a login shows stands for GET /session/user where that was not asked.
		for _, v := range [][]*Step{{currentUser, details}, {tokenUser, tokenDetails}, {lastUser, lastDetails},
			{otherNamed, otherNamedDetails}, {userAtOnce, userAtOnceDetails}, {otherLogin, otherDetails},
			{lastOther, lastOtherDetails}} {
			if all := succeeded(ev, v...); len(all) == 2 {
				ev.Requires("sessions-info-ui-time-zone", all[0])
				ev.Requires("sessions-details-ui-time-zone", all[1])
				Expect(all[1]).To(haveZoneOf(all[0]))
			}
		}
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
