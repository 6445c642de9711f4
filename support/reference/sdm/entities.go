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

// expanded is the text of the document with its entities expanded, "" unless a fault resolves them.
func (s *Server) expanded(body []byte, why reason) string {
	values := map[string]string{}
	switch {
	case why == externalEntity && s.with.Has("external-entity-resolved"):
		for _, m := range externalDeclaration.FindAllStringSubmatch(string(body), -1) {
			values[m[1]] = passwd
		}
	case why == entityBomb && s.with.Has("entity-bomb-expanded"):
		for _, m := range internalDeclaration.FindAllStringSubmatch(string(body), -1) {
			values[m[1]] = m[2] + m[3]
		}
	default:
		return ""
	}
	var out strings.Builder
	if end := endOfDeclarations.FindIndex(body); end != nil {
		expand(&out, string(body[end[1]:]), values, 0)
	}
	return out.String()
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
