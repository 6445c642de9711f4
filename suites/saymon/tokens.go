package saymon

import (
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

var _ = saymon.Describe("Create an authentication token", func(ev *suite.Evidence) {
	created := func() *exchange.Exchange {
		ev.Requires("saymon-token-by-basic", ev.Of(firstToken))
		ev.Requires("saymon-token-by-basic", ev.Of(secondToken))
		return ev.Of(secondToken)
	}
	identified := func() *exchange.Exchange {
		second := created()
		ev.Requires("saymon-token-not-empty", second)
		return second
	}
	used := func() *exchange.Exchange {
		identified()
		return ev.Of(userByToken)
	}

	It("creates a token by Basic credentials", clause("saymon-token-by-basic", Tokens, CurrentByBasic), func() {
		first := ev.Of(firstToken)
		if first.Status() == 403 {
			suite.Skip(report.Inconclusive, "answered 403: the user seems to lack the permission manage-users, without which "+
				"the vendor's product creates no token")
		}
		if !ev.Of(basicUser).Succeeded() {
			skipEncoding(first)
		}
		Expect(first).To(BeSuccess())
		Expect(ev.Of(secondToken)).To(BeSuccess())
		ev.Requires("saymon-token-quoted", first) // a 2xx without one creates nothing that could be seen
	})
	// tokens are the answers that make one.
	tokens := func(where func(*exchange.Exchange) bool) []*exchange.Exchange {
		created()
		return slices.DeleteFunc(ev.All(firstToken, curlToken, secondToken, otherToken),
			func(e *exchange.Exchange) bool { return !where(e) })
	}
	It("answers with the token in quotation marks", clause("saymon-token-quoted", Tokens, TokenForOther), func() {
		suite.ExpectEach(tokens((*exchange.Exchange).Succeeded), BeQuotedString())
		if use := ev.Optional(userByReadToken); use.Answered() { // it is another text than the token
			ev.Requires("saymon-token-authenticates")
			Expect(use).To(BeSuccess())
		}
	})
	It("creates a token as the sample for curl does", clause("saymon-token-by-basic", Tokens), func() {
		identified()
		Expect(ev.Of(curlToken)).To(BeSuccess())
		Expect(ev.Of(curlToken)).To(beUncompressed())
	})
	It("creates a token for the other user", clause("saymon-token-by-basic", Tokens, TokenForOther), func() {
		created()
		e := othersToken(ev)
		if IsClientError(e) {
			suite.Skip(report.NotApplicable, "answered "+e.StatusLine()+": the user may lack the permission")
		}
		Expect(e).To(BeSuccess())
		ev.Requires("saymon-token-quoted", e) // a 2xx without one creates nothing that could be seen
	})
	It("creates a token as the sample for curl does that authenticates the next request",
		clause("saymon-token-authenticates", Tokens), func() {
			ev.Requires("saymon-token-authenticates", used())
			ev.Requires("saymon-token-by-basic", ev.Of(curlToken))
			ev.Requires("saymon-token-not-empty", ev.Of(curlToken))
			Expect(ev.Of(userByCurlToken)).To(BeSuccess())
		})
	It("creates a token that has little in common with the earlier one",
		clause("saymon-token-random", Tokens, UnknownAPIToken), func() {
			identified()
			ev.Requires("saymon-refuses-unknown-api-token")
			Expect(identified()).To(HaveNoNote(session.AlikeNote,
				"a token that differs from the earlier one in twelve characters or more", "one that differs in "))
		})
	It("answers with a token that is not empty", clause("saymon-token-not-empty", Tokens, TokenForOther), func() {
		ev.Requires("saymon-token-quoted", created())
		suite.ExpectEach(tokens(isQuoted), haveID())
	})
	It("answers with a token that looks like a UUID", clause("saymon-token-uuid", Tokens, TokenForOther), func() {
		identified()
		suite.ExpectEach(tokens(tellsID), haveUUID())
	})
	It("creates a new token each time", clause("saymon-token-new", Tokens, TokenForOther), func() {
		identified()
		expectNew("a token other than the earlier ones", "the same one twice: ", tokens(tellsID), ID)
	})
	It("creates a token that authenticates the next request", clause("saymon-token-authenticates", Tokens, LogIn), func() {
		ev.Requires("saymon-session-authenticates")
		Expect(used()).To(BeSuccess())
	})
	It("creates a token for the other user that authenticates the next request",
		clause("saymon-token-authenticates", Tokens, TokenForOther, LogIn), func() {
			ev.Requires("saymon-token-authenticates", used())
			ev.Requires("saymon-token-by-basic", othersToken(ev))
			ev.Requires("saymon-token-not-empty", ev.Of(otherToken))
			Expect(ev.Of(userByOtherToken)).To(BeSuccess())
		})
	It("creates a token that lasts for more than one request", clause("saymon-token-lasts", Tokens), func() {
		ev.Requires("saymon-token-authenticates", used())
		for _, use := range []*Step{userByTokenAgain, userByTokenThird, userByTokenFourth} {
			Expect(ev.Of(use)).To(BeSuccess())
		}
	})
	It("creates a token that opens more than one session", clause("saymon-token-lasts", Tokens), func() {
		ev.Requires("saymon-session-by-token")
		for _, login := range append([]*Step{tokenLoginAgain}, tokenLoginLater...) {
			Expect(ev.Of(login)).To(openSession())
		}
	})
	It("creates a token that outlives one for another user", clause("saymon-token-lasts", Tokens, TokenForOther), func() {
		ev.Requires("saymon-token-authenticates", used())
		ev.Requires("saymon-token-lasts")
		ev.Requires("saymon-token-by-basic", othersToken(ev))
		Expect(ev.Of(userByOwnToken)).To(BeSuccess())
	})
	It("creates a token that lasts to the end of the run",
		clause("saymon-token-lasts", Tokens, TokenForOther, DeleteTokenOfOther), func() {
			ev.Requires("saymon-token-authenticates", used())
			ev.Requires("saymon-token-lasts")
			suite.ExpectEach(ev.All(ownTokenBefore, otherTokenBefore), BeSuccess())
		})
	It("creates a token of the user with that ID", clause("saymon-token-of-user", Tokens, LogIn), func() {
		ev.Requires("saymon-token-authenticates", used())
		user := ev.Target().User
		named(used())
		ev.Requires("saymon-session-of-user")
		Expect(used()).To(beUser(user, ev.Target().OtherUser))
	})
	It("creates a token that stays the user's", clause("saymon-token-of-user", Tokens, TokenForOther), func() {
		ev.Requires("saymon-token-authenticates", used())
		named(used())
		for _, use := range ev.All(userByTokenAgain, userByTokenThird, userByTokenFourth, userByOwnToken, ownTokenBefore,
			ownTokenAfter, userByCurlToken) {
			if use.Succeeded() {
				Expect(use).To(nameSameUser(used()))
			}
		}
	})
	It("creates a token of the other user with that ID",
		clause("saymon-token-of-user", Tokens, TokenForOther, LogIn), func() {
			created()
			other := othersToken(ev)
			ev.Requires("saymon-token-by-basic", other)
			ev.Requires("saymon-token-not-empty", other)
			use := ev.Of(userByOtherToken)
			ev.Requires("saymon-token-authenticates", use)
			user := ev.Target().OtherUser
			named(use)
			ev.Requires("saymon-session-of-user")
			Expect(use).To(beUser(user, ev.Target().User))
		})

	refuses := func(text, id string, asked *Step, also ...*Scenario) {
		It(text, clause(id, append(also, Tokens, UnknownAPIToken)...), func() {
			created()
			expectNoToken(ev, asked)
		})
	}
	refuses("refuses to create one without credentials", "saymon-token-refuses-no-credentials", tokenWithoutCredentials)
	refuses("refuses to create one for an unknown user", "saymon-token-refuses-unknown-user", tokenOfUnknown)
	refuses("refuses to create one for a user's ID with a digit more", "saymon-token-refuses-unknown-user", tokenOfLonger)
	for _, odd := range oddCallers {
		refuses(odd.text, odd.clause, odd.step, OddCallers)
	}
	refuses("refuses to create one with an empty password", "saymon-token-refuses-wrong-credentials", emptyBasicToken,
		EmptyBasic)
	It("refuses to create one for a user who lacks the permission",
		clause("saymon-token-needs-permission", Tokens, RefusedOther, TokenByOther, UnknownAPIToken), func() {
			created()
			ev.Requires("saymon-session-by-login", ev.Of(othersLogin))
			if !lacksPermission(ev.Of(othersUser)) {
				suite.Skip(report.NotApplicable, "the other user has the permission manage-users, or the answer about the user "+
					"does not tell")
			}
			expectNoToken(ev, tokenByOther)
		})

	unknown := func(text string, asked *Step, also ...*Scenario) {
		It(text, clause("saymon-refuses-unknown-api-token", append(also, Tokens, Sessionless)...), func() {
			ev.Requires("saymon-token-authenticates", used())
			ev.Requires("saymon-refuses-no-session")
			expectNoUser(ev, asked)
		})
	}
	for _, odd := range oddAPITokens {
		unknown(odd.text, odd.step, OddAPITokens)
	}
	unknown("refuses an api-token that differs in one character", userByAlteredToken)
	unknown("refuses an empty api-token", emptyToken, UnknownAPIToken)
	unknown("refuses an unknown api-token", unknownToken, UnknownAPIToken)
})

// othersToken is the creation of a token for the other user, where the user may do that.
func othersToken(ev *suite.Evidence) *exchange.Exchange {
	created := ev.Of(otherToken)
	if created.Status() == 403 || IsClientError(created) && lacksPermission(ev.Optional(currentUser)) {
		suite.Skip(report.NotApplicable,
			"answered "+created.StatusLine()+": the user lacks the permission to create tokens for others")
	}
	return created
}

// lacksPermission says whether an answer about the current user lists permissions, and not that to create tokens.
func lacksPermission(current *exchange.Exchange) bool {
	if current == nil {
		return false
	}
	permissions := Member(current, "permissions")
	return permissions.IsArray() && !strings.Contains(permissions.Raw, `"manage-users"`)
}

// expectNoToken expects the creation of a token to be refused, and no live one in the answer.
func expectNoToken(ev *suite.Evidence, step *Step) {
	Expect(ev.Of(step)).To(BeRefused())
	for _, attempt := range ev.Attempts(step) {
		ev.Requires("saymon-refuses-unknown-api-token")
		Expect(attempt).To(notBeLive("token", "call"))
	}
}
