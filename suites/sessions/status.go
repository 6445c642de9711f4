package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Check the connection", func(ev *suite.Evidence) {
	It("is answered with the status 204 and without content", clause("sessions-status-204", LogIn), func() {
		live(ev)
		Expect(ev.Of(status)).To(HaveStatus(204))
		Expect(ev.Of(status)).To(HaveNoContent())
	})
})
