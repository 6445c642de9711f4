package sdm

import (
	"context"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

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
var Entities = sdm.Scenario("log in with entities", &ofEntities, func(ctx context.Context, t *Caller) {
	if !works(t, inXML) {
		return
	}
	for _, kind := range []entities{externalEntity, missingEntity, entityBomb} {
		password := t.Secret("invented password", vary.UUID())
		path := loginPath(version(t))
		c := send(ctx, t, kind.login, inXML, path, entityBody(kind.declarations, password), password, Refused())
		if c.login.NoAnswer != "" {
			body := inXML.Write(credentials(vary.Word(), password))
			after := send(ctx, t, kind.after, inXML, path, body, password, Refused())
			after.login.Note(fatalNote, c.login.NoAnswer)
		}
	}
}, Needs("xml"))
