package sdm

import (
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
	"session-conformance/support/vary"
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

// entities is a login in XML whose entities a careless parser expands, and one without them that follows where it gets
// no answer.
type entities struct {
	login, after *Step
	declarations string
}

// bombPart is what the entities multiply: a thousand times, which harms nobody who expands them.
const bombPart = "boom, "

// entityBody is a login of nobody whose userName is an entity.
func entityBody(declarations, password string) Body {
	return Raw{ContentType: inXML.mediaType, Text: `<?xml version="1.0" encoding="UTF-8"?>` + "\n<!DOCTYPE session [\n" +
		declarations + "]>\n" +
		"<session>\n<userName>&name;</userName>\n<password>" + password + "</password>\n</session>"}
}

var (
	ofEntities     Steps
	externalEntity = entitiesOf("with an external entity", `<!ENTITY name SYSTEM "file:///etc/passwd">`+"\n")
	missingEntity  = entitiesOf("with an external entity of a file that is not there",
		`<!ENTITY name SYSTEM "file:///etc/no-such-file-5d3f0b7a">`+"\n")
	entityBomb = entitiesOf("with entities that multiply", `<!ENTITY a "`+strings.Repeat(bombPart, 10)+`">`+"\n"+
		`<!ENTITY b "`+strings.Repeat("&a;", 10)+`">`+"\n"+
		`<!ENTITY name "`+strings.Repeat("&b;", 10)+`">`+"\n")
)

func entitiesOf(name, declarations string) entities {
	return entities{ofEntities.Step(name), ofEntities.Step(name + ", and then without"), declarations}
}

// Entities logs nobody in with XML whose entities a careless parser expands. Where that gets no answer, another request
// tells whether the target is there at all.
var Entities = sdm.Scenario("log in with entities", &ofEntities, func(t *Caller) {
	if !works(t, inXML) {
		return
	}
	for _, kind := range []entities{externalEntity, missingEntity, entityBomb} {
		password := t.Secret("invented password", vary.UUID())
		path := loginPath(version(t))
		c := send(t, kind.login, inXML, path, entityBody(kind.declarations, password), password, Refused())
		tryLeft(t, kind.login, c.login)
		if c.login.NoAnswer != "" {
			body := inXML.Write(credentials(vary.Word(), password))
			after := send(t, kind.after, inXML, path, body, password, Refused())
			after.login.Note(fatalNote, c.login.NoAnswer)
		}
	}
}, Needs("xml"))
