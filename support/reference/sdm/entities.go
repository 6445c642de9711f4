package sdm

import (
	"regexp"
	"strings"
)

// expansionLimit keeps the faults that expand entities from filling the memory of the machine they run on, in bytes.
const expansionLimit = 1 << 20

// passwd stands for every file that a document asks for. The faults read no file: a broken server is run on people's
// own machines.
const passwd = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"

var (
	externalDeclaration = regexp.MustCompile(`<!ENTITY\s+%?\s*([\w.-]+)\s+(?:SYSTEM|PUBLIC)\b`)
	internalDeclaration = regexp.MustCompile(`<!ENTITY\s+%?\s*([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')`)
	endOfDeclarations   = regexp.MustCompile(`\]\s*>`)
	entityReference     = regexp.MustCompile(`&([\w.-]+);`)
)

// entities says what the document type is after.
func entities(directive []byte) reason {
	text := "<!" + string(directive)
	switch {
	case externalDeclaration.MatchString(text), strings.Contains(text, "SYSTEM"):
		return externalEntity
	case internalDeclaration.MatchString(text):
		return entityBomb
	}
	return bodyMalformed
}

// expands shows in a refusal the text of the document with its entities expanded.
func expands(kind reason) effect {
	return at(refusing, func(t *turn) {
		values := map[string]string{}
		for _, m := range internalDeclaration.FindAllStringSubmatch(string(t.body), -1) {
			values[m[1]] = m[2] + m[3]
		}
		for _, m := range externalDeclaration.FindAllStringSubmatch(string(t.body), -1) {
			values[m[1]] = passwd
		}
		var out strings.Builder
		if end := endOfDeclarations.FindIndex(t.body); end != nil {
			expand(&out, string(t.body[end[1]:]), values, 0)
		}
		t.detail = out.String()
	}, because(kind))
}

// expand writes the text with its references expanded, at most 30 deep and as far as expansionLimit.
func expand(out *strings.Builder, text string, values map[string]string, depth int) {
	for text != "" && out.Len() < expansionLimit {
		at := entityReference.FindStringSubmatchIndex(text)
		if at == nil || depth > 30 {
			out.WriteString(text)
			return
		}
		out.WriteString(text[:at[0]])
		expand(out, values[text[at[2]:at[3]]], values, depth+1)
		text = text[at[1]:]
	}
}
