package sessions

import (
	"unicode/utf8"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/repro"
	"session-conformance/support/suite"
)

// What common clients send, and what they can read.
var _ = sessions.Describe("A client", func(ev *suite.Evidence) {
	serves := func(text string, login, use *Step) {
		It(text, clause("sessions-accept-any", LogIn, Sessionless, Clients), func() {
			live(ev)
			ev.Requires("sessions-user-without-session")
			Expect(ev.Of(login)).To(openSession())
			ev.Requires("sessions-user-status-200")
			Expect(ev.Of(use)).To(BeSuccess())
		})
	}
	serves("that accepts anything is served", anyAccepted, anyAcceptedUser)
	serves("that names neither what it accepts nor itself is served", noAccept, noAcceptUser)

	for _, a := range answers {
		It("reads each name once in the answer "+a.name, clause("sessions-names-once", a.scenarios...), func() {
			suite.ExpectEach(a.objects(ev), haveNamesOnce())
		})
	}
})

// beJSONText is met by a body that is one well-formed JSON value in UTF-8 (RFC 8259, 8.1).
func beJSONText() types.GomegaMatcher {
	return InShell("json", Meet("one well-formed JSON value in UTF-8", func(e *exchange.Exchange) bool {
		_, ok := ParseJSON(e)
		return ok && utf8.Valid(e.Body())
	}, Shown))
}

// haveNamesOnce is met by a JSON object no name of which stands twice: readers differ in which one they take.
func haveNamesOnce() types.GomegaMatcher {
	return Meet("each name once", func(e *exchange.Exchange) bool {
		seen, once := map[string]bool{}, true
		value, _ := ParseJSON(e)
		value.ForEach(func(name, _ gjson.Result) bool {
			once = once && !seen[name.String()]
			seen[name.String()] = true
			return true
		})
		return once
	}, Shown)
}

var _ = sessions.Describe("Protect the session cookie", func(ev *suite.Evidence) {
	It("lets it reach the calls about the user", clause("sessions-cookie-reaches-calls", LogIn), func() {
		address := ev.Target().URL + userPath
		for _, login := range openingAnew(ev) {
			Expect(login).To(InShell(CookieReaches("*", login.Request.URL, address),
				HaveAnyCookie("a cookie that a client returns with GET "+userPath, func(c exchange.Cookie) bool {
					return !c.Deletes() && c.KeptFrom(login.Request, address) == ""
				})))
		}
	})
})

// What an answer shows that it must not. That a login repeats what was sent is the subject of another clause.
var _ = sessions.Describe("A secret", func(ev *suite.Evidence) {
	scenarios := append(everyRefusal(), OtherUser, OtherFields, NewID)
	It("stands in no answer", clause("sessions-secret-in-no-answer", scenarios...), func() {
		live(ev)
		ev.Requires("sessions-user-without-session")
		suite.ExpectEach(ev.AllOf(scenarios...),
			InShell(repro.NoSecret, HaveNoNote(secretNote, "no password and no token, in clear or hashed", "")))
	})
})
