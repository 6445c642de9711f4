package sdm

import (
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// passwd is what a line of /etc/passwd looks like.
var passwd = regexp.MustCompile(`root:[^:\s]*:0:0:`)

// unknownUser is the same login without entities.
var unknownUser = refusalsOf("sdm-unknown-user")[0].Step

var _ = sdm.Describe("Read a login in XML", func(ev *suite.Evidence) {
	It("without resolving an external entity", clause("sdm-external-entity", LogIn, unknownUser.Scenario(), Entities),
		func() {
			e := entityAnswer(ev, externalEntity)
			Expect(e).To(NotBeServerError())
			Expect(e).To(HaveBody("nothing of the file that the entity names",
				func(body string) bool { return !passwd.MatchString(body) }))
		})
	It("without telling whether the file of an external entity is there",
		clause("sdm-external-entity", LogIn, unknownUser.Scenario(), Entities), func() {
			e, missing := entityAnswer(ev, externalEntity), entityAnswer(ev, missingEntity)
			Expect(missing).To(HaveStatus(e.Status()))
		})
	It("without expanding entities that multiply", clause("sdm-entity-bomb", LogIn, unknownUser.Scenario(), Entities),
		func() {
			e := entityAnswer(ev, entityBomb)
			Expect(e).To(NotBeServerError())
			// A server that repeats the request as it stands shows the part some ten times.
			Expect(e).To(HaveBody("no expanded entities", func(body string) bool { return strings.Count(body, bombPart) < 100 }))
		})
})

// entityAnswer is the answer to a login with entities of the kind. That there is none, though the next login is
// answered, is a failure of its own.
func entityAnswer(ev *suite.Evidence, kind entities) *exchange.Exchange {
	GinkgoHelper()
	opened(ev, inXML)
	// Who lets everybody in need not have read the entities.
	ev.Requires("sdm-unknown-user", ev.Of(unknownUser))
	if e := ev.Optional(kind.login); e != nil {
		return e
	}
	after := ev.Of(kind.after)
	Expect(after).To(Meet("an answer to a login "+kind.login.Name, func(*exchange.Exchange) bool { return false },
		func(e *exchange.Exchange) string {
			return "none, though the next login is answered " + e.StatusLine() + ": " + e.Notes[fatalNote]
		}))
	return after
}
