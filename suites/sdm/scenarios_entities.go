package sdm

import (
	"context"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// The kinds of entities that a login in XML tries. Each is the name of its step.
const (
	externalEntity = "with an external entity"
	entityBomb     = "with entities that multiply"
)

// bombPart is what the entities multiply: a thousand times, which harms nobody who expands them.
const bombPart = "boom, "

// entityBody is a login of nobody whose userName is an entity.
func entityBody(declarations, password string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<!DOCTYPE session [\n" + declarations + "]>\n" +
		"<session>\n<userName>&name;</userName>\n<password>" + password + "</password>\n</session>"
}

var entityDeclarations = map[string]string{
	externalEntity: `<!ENTITY name SYSTEM "file:///etc/passwd">` + "\n",
	entityBomb: `<!ENTITY a "` + strings.Repeat(bombPart, 10) + `">` + "\n" +
		`<!ENTITY b "` + strings.Repeat("&a;", 10) + `">` + "\n" +
		`<!ENTITY name "` + strings.Repeat("&b;", 10) + `">` + "\n",
}

// Entities logs nobody in with XML whose entities a careless parser expands. Where that gets no answer, another request tells
// whether the target is there at all.
var Entities = sdm.Scenario("log in with entities", func(ctx context.Context, t *Caller) {
	if !works(t, inXML) {
		return
	}
	for _, kind := range []string{externalEntity, entityBomb} {
		password := t.Secret("invented password", vary.UUID())
		path := loginPath(t.Version)
		c := send(ctx, t, kind, inXML, path, entityBody(entityDeclarations[kind], password), password, Refused())
		if c.login.NoAnswer != "" {
			body := inXML.body(credentials(vary.Word(), password)...)
			after := send(ctx, t, afterStep(kind), inXML, path, body, password, Refused())
			after.login.Note(fatalNote, c.login.NoAnswer)
		}
	}
}, Needs("xml"))

// afterStep is a login without entities that follows one which got no answer.
func afterStep(kind string) string { return kind + ", and then without" }
