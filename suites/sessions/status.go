package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Check the connection", func(ev *suite.Evidence) {
	It("is answered with the status 204 and without content", clause("sessions-status-204", LogIn), func() {
		live(ev)
		Expect(ev.Of(status)).To(HaveStatus(204))
		Expect(ev.Of(status)).To(HaveNoContent())
	})
	It("is answered 204 or refused without a session", clause("sessions-status-without-session", LogIn, Sessionless),
		func() {
			live(ev)
			Expect(ev.Of(statusWithout)).To(InShell("status 204 4xx", Meet("the status 204, or a 4xx",
				func(e *exchange.Exchange) bool { return e.Status() == 204 || isClientError(e.Status()) }, Outline)))
		})
})
