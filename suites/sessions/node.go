package sessions

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sessions.Describe("Log in as the node", func(ev *suite.Evidence) {
	It("is accepted", clause("sessions-node-opens", LogInAsNode, RefusedNode), func() {
		Expect(latest(ev, nodeLogin, nodeLoginAgain)).To(BeSuccess())
		asTheNode(ev)
	})
	It("is answered with the status 201", clause("sessions-login-status-201", LogInAsNode, RefusedNode), func() {
		Expect(asTheNode(ev)).To(HaveStatus(201))
	})

	It("refuses credentials that are all wrong", clause("sessions-node-wrong-credentials", LogInAsNode, RefusedNode,
		Sessionless), func() {
		requireRight(ev, asNode)
		expectRefused(ev, everyText)
	})
	It("refuses the right password with all else wrong", clause("sessions-node-wrong-credentials", LogInAsNode,
		RefusedNode, Sessionless), func() {
		requireRight(ev, asNode)
		expectRefused(ev, allButPassword)
	})
	It("refuses a password that lacks its last character", clause("sessions-node-wrong-credentials", LogInAsNode,
		RefusedNode, Sessionless), func() {
		requireRight(ev, asNode)
		expectRefused(ev, passwordCut)
	})
	It("refuses a wrong password alone", clause("sessions-node-wrong-credentials", LogInAsNode, RefusedNode, Sessionless),
		func() {
			requireRight(ev, asNode)
			expectRefused(ev, passwordAlone)
		})

	refuses(ev, asNode)
})
