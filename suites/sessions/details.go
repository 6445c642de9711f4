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
	object := func() *exchange.Exchange {
		GinkgoHelper()
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
		GinkgoHelper()
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
