package saymon

import (
	"bytes"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/repro"
	"session-conformance/support/suite"
)

var _ = saymon.Describe("Get the current user", func(ev *suite.Evidence) {
	live := func() {
		ev.Requires("saymon-session-by-login")
		ev.Requires("saymon-session-authenticates")
	}
	It("refuses a request without credentials", clause("saymon-refuses-no-session", LogIn, Sessionless), func() {
		live()
		expectNoUser(ev, noSession)
	})
	invented := func(text string, asked *Step, also ...*Scenario) {
		id := "saymon-refuses-invented-session"
		if strings.HasSuffix(text, behindZeroByte) {
			id = "saymon-session-id-zero-byte"
		}
		It(text, clause(id, append(also, LogIn, Sessionless)...), func() {
			live()
			ev.Requires("saymon-refuses-no-session")
			expectNoUser(ev, asked)
		})
	}
	invented("refuses an invented session ID", inventedSession)
	invented("refuses a session ID that differs in one character", alteredSession)
	for _, odd := range append(oddSessions, headerSession) {
		invented(odd.text, odd.step, OddSessions)
	}
	for _, odd := range append(oddBasics, bearer, namedInQuery) {
		It(odd.text, clause("saymon-refuses-no-session", LogIn, OddSessions), func() {
			live()
			expectNoUser(ev, odd.step)
		})
	}
	It(proxyFields.text, clause("saymon-refuses-proxy-fields", LogIn, Sessionless, OddSessions), func() {
		live()
		ev.Requires("saymon-refuses-no-session")
		expectNoUser(ev, proxyFields.step)
	})
	for _, p := range oddPaths {
		It("refuses a request without credentials "+p.Name,
			clause("saymon-refuses-any-path", LogIn, Sessionless, OddSessions), func() {
				live()
				ev.Requires("saymon-refuses-no-session")
				current := ev.Of(currentUser)
				Expect(ev.Of(p.Step)).To(Meet("another answer than with a session", func(e *exchange.Exchange) bool {
					return !e.Succeeded() || text(e, "id")+text(e, "login") == "" &&
						!bytes.Equal(e.Body(), current.Body())
				}, Outline))
			})
	}
	It("accepts the sid cookie among others", clause("saymon-session-among-cookies", LogOut, LogIn, Sessionless), func() {
		live()
		ev.Requires("saymon-refuses-no-session")
		ev.Requires("saymon-session-lasts", ev.Of(userAfterPause))
		Expect(ev.Of(userAmongOthers)).To(BeSuccess())
	})
	It(unknownBasic.text, clause("saymon-refuses-wrong-basic", CurrentByBasic, OddSessions), func() {
		needBasic(ev)
		expectNoUser(ev, unknownBasic.step)
	})
	It("refuses an empty Basic password", clause("saymon-refuses-wrong-basic", CurrentByBasic, EmptyBasic), func() {
		needBasic(ev)
		expectNoUser(ev, emptyBasicUser)
	})
	It("shows no password, in clear or hashed",
		clause("saymon-password-not-shown", append(answering, Sessionless)...), func() {
			live()
			ev.Requires("saymon-refuses-invented-session")
			suite.ExpectEach(ev.AllOf(answering...),
				InShell(repro.NoSecret, HaveNoNote(shownNote, "no password of the target", "")))
		})
	It("answers with id and login", clause("saymon-current-fields", LogIn), func() {
		live()
		text := func(v gjson.Result) bool { return v.Type == gjson.String && v.String() != "" }
		Expect(ev.Of(currentUser)).To(InShell("member id text", HaveMember("id", "a text that is not empty", text)))
		Expect(ev.Of(currentUser)).To(InShell("member login text", HaveMember("login", "a text that is not empty", text)))
	})
	It("accepts Basic credentials", clause("saymon-current-by-basic", LogIn, CurrentByBasic, Tokens), func() {
		live()
		byBasic := ev.Of(basicUser)
		if !ev.Optional(firstToken).Succeeded() {
			skipEncoding(byBasic)
		}
		Expect(byBasic).To(BeSuccess())
		if by := naming(ev.All(basicUser)); len(by) > 0 {
			suite.ExpectEach(by, beUser(ev.Target().User, ev.Target().OtherUser))
		}
	})
})

// answering are the scenarios whose answers are searched for passwords.
var answering = append([]*Scenario{LogIn, LogInWithEmail, LogInWithKeycloak, CurrentByBasic, Tokens, TokenForOther,
	RefusedLogins, RefusedOther, LogOut}, refusals.Scenarios()...)

// expectNoUser expects a request for the current user to be refused, without the cookie of a live session.
func expectNoUser(ev *suite.Evidence, step *Step) {
	Expect(ev.Of(step)).To(BeRefused())
	for _, attempt := range ev.Attempts(step) {
		Expect(attempt).To(notBeLive("session", "request"))
	}
}

// needBasic ends the spec where right Basic credentials do not authenticate a request for the current user: no document
// demands it.
func needBasic(ev *suite.Evidence) {
	if !ev.Of(basicUser).Succeeded() {
		suite.Skip(report.NotApplicable, "right Basic credentials do not authenticate a request for the current user either")
	}
}

// skipEncoding ends the spec where Basic credentials beyond ASCII are refused: the documents' own samples encode them
// in different ways.
func skipEncoding(e *exchange.Exchange) {
	if e.Notes[beyondASCII] != "" && e.Status() == 401 {
		suite.Skip(report.Inconclusive,
			"the login or password has characters beyond ASCII, which the documents' own samples "+
				"encode differently; UTF-8 was sent and answered 401. Use an account with ASCII characters to have this judged")
	}
}
