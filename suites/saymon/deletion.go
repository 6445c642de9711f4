package saymon

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = saymon.Describe("Delete an authentication token", func(ev *suite.Evidence) {
	It("accepts the deletion", clause("saymon-token-deletion-accepted", Tokens, DeleteToken, TokenForOther), func() {
		ev.Requires("saymon-token-authenticates")
		if use := ev.Optional(userByOwnToken); use.Answered() {
			ev.Requires("saymon-token-lasts", use)
		}
		Expect(ev.Of(deletion)).To(BeSuccess())
	})
	It("ends the token", clause("saymon-token-deletion-ends-token", Tokens, DeleteToken), func() {
		ev.Requires("saymon-token-authenticates")
		ev.Requires("saymon-token-of-user")
		ev.Requires("saymon-token-deletion-accepted")
		Expect(ev.Of(userByDeletedToken)).To(BeRefused())
		Expect(ev.Of(deletedLogin)).To(BeRefused())
	})
	It("ends the other user's token",
		clause("saymon-token-deletion-ends-token", Tokens, TokenForOther, DeleteTokenOfOther, UnknownAPIToken), func() {
			ev.Requires("saymon-refuses-unknown-api-token")
			ev.Requires("saymon-token-deletion-accepted", ev.Of(deletionForOther))
			ev.Requires("saymon-token-lasts", ev.Of(otherTokenBefore))
			Expect(ev.Of(otherTokenAfter)).To(BeRefused())
		})
	It("ends no token of another user",
		clause("saymon-token-deletion-ends-one", Tokens, TokenForOther, DeleteTokenOfOther, UnknownAPIToken), func() {
			ev.Requires("saymon-refuses-unknown-api-token")
			ev.Requires("saymon-token-deletion-accepted", ev.Of(deletionForOther))
			ev.Requires("saymon-token-lasts", ev.Of(ownTokenBefore))
			ev.Requires("saymon-token-of-user", ev.Of(userByOtherToken))
			Expect(ev.Of(ownTokenAfter)).To(BeSuccess())
		})
})
