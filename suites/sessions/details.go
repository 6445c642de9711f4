package sessions

import (
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

const guidField = "guid"

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

var _ = sessions.Describe("Get the details of the user", func(ev *suite.Evidence) {
	aboutUser(ev, "sessions-details", "details")

	details := func() *exchange.Exchange {
		GinkgoHelper()
		e := detailsAnswer.of(ev)
		ev.Given("sessions-details-object", e, holdInfo())
		return e
	}
	It("has a guid", clause("sessions-details-guid", LogIn), func() {
		Expect(details()).To(haveGUID())
	})
	It("has a guid that is a UUID", clause("sessions-details-guid-uuid", LogIn), func() {
		ev.Given("sessions-details-guid", details(), haveGUID())
		Expect(details()).To(HaveMember(guidField, "a UUID", func(v gjson.Result) bool { return uuid.MatchString(v.String()) }))
	})
	expectGUIDOf := func(earlier, later *exchange.Exchange) {
		GinkgoHelper()
		ev.Given("sessions-details-guid", earlier, haveGUID())
		ev.Given("sessions-details-status-200", later, BeSuccess())
		ev.Given("sessions-details-guid", later, haveGUID())
		Expect(later).To(haveGUIDOf(earlier))
	}
	It("shows one guid in one session", clause("sessions-details-guid-stable", LogIn), func() {
		expectGUIDOf(details(), ev.Of(LogIn, "details again"))
	})
	It("shows one guid in two sessions", clause("sessions-details-guid-stable", LogIn, LogOut), func() {
		expectGUIDOf(details(), ev.Of(LogOut, "details"))
	})
	It("shows the zone of the session", clause("sessions-details-same-zone", LogIn), func() {
		user := userAnswer.of(ev)
		ev.Given("sessions-info-ui-time-zone", user, HaveMember(zoneField, aText, isText))
		ev.Given("sessions-details-ui-time-zone", details(), HaveMember(zoneField, aText, isText))
		zone := Member(user, zoneField).String()
		Expect(details()).To(HaveMember(zoneField, "that of GET /session/user, "+zone, func(v gjson.Result) bool {
			return v.String() == zone
		}))
	})
})

func haveGUID() types.GomegaMatcher { return HaveMember(guidField, aText, isText) }

// haveGUIDOf is met by details with the guid of other ones. The case of letters does not matter.
func haveGUIDOf(other *exchange.Exchange) types.GomegaMatcher {
	guid := Member(other, guidField).String()
	return HaveMember(guidField, "the one of the earlier answer, "+guid, func(v gjson.Result) bool {
		return strings.EqualFold(v.String(), guid)
	})
}
