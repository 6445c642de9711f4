package saymon

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = saymon.Describe("Get the current user", func(ev *suite.Evidence) {
	given := func() {
		GinkgoHelper()
		ev.Given("saymon-session-by-login", ev.Of(LogIn, "log in again"), openSession())
		ev.Given("saymon-session-authenticates", ev.Of(LogIn, "who am I"), BeSuccess())
	}
	It("refuses a request without credentials", clause("saymon-refuses-no-session", LogIn, Sessionless), func() {
		given()
		Expect(ev.Of(Sessionless, "without")).To(BeRefused())
	})
	It("refuses an invented session ID", clause("saymon-refuses-invented-session", LogIn, Sessionless), func() {
		given()
		ev.Given("saymon-refuses-no-session", ev.Of(Sessionless, "without"), BeRefused())
		Expect(ev.Of(Sessionless, "invented")).To(BeRefused())
	})
	It("refuses a session ID that differs in one character", clause("saymon-refuses-invented-session", LogIn, Sessionless), func() {
		given()
		ev.Given("saymon-refuses-no-session", ev.Of(Sessionless, "without"), BeRefused())
		Expect(ev.Of(Sessionless, "altered")).To(BeRefused())
	})
	It("answers with id and login", clause("saymon-current-fields", LogIn), func() {
		given()
		text := func(v gjson.Result) bool { return v.Type == gjson.String && v.String() != "" }
		Expect(ev.Of(LogIn, "who am I")).To(HaveMember("id", "a text that is not empty", text))
		Expect(ev.Of(LogIn, "who am I")).To(HaveMember("login", "a text that is not empty", text))
	})
	It("accepts Basic credentials", clause("saymon-current-by-basic", LogIn, CurrentByBasic, Tokens), func() {
		given()
		byBasic := ev.Of(CurrentByBasic)
		if !ev.Maybe(Tokens, "create a token").Succeeded() {
			givenEncoding(byBasic)
		}
		Expect(byBasic).To(BeSuccess())
	})
})

// givenEncoding ends the spec where Basic credentials beyond ASCII are refused: the documents' own samples encode them in
// different ways.
func givenEncoding(e *exchange.Exchange) {
	GinkgoHelper()
	if e.Notes[beyondASCII] != "" && e.Status() == 401 {
		suite.Skip(report.Inconclusive, "the login or password has characters beyond ASCII, which the documents' own samples "+
			"encode differently; UTF-8 was sent and answered 401. Use an account with ASCII characters to have this judged")
	}
}
