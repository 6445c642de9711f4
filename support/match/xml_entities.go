package match

import (
	"regexp"
	"strings"
)

// ownEntity is the declaration of an entity that stands for text without markup.
var ownEntity = regexp.MustCompile(`<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"<%]{0,256})"|'([^'<%]{0,256})')\s*>`)

// reference is the use of an entity, or of a character by its number.
var reference = regexp.MustCompile(`&([A-Za-z_#][\w.-]*);`)

// entityText is for how many bytes an entity may stand, others that it uses included: none can multiply.
const entityText = 256

// withOwnEntities puts the text of the entities that a document declares in their place: encoding/xml knows none of
// them. One that is used without being declared, or grows too long, stays, and is found then.
func withOwnEntities(text string) string {
	if len(text) > rememberedXML || !strings.Contains(text, "<!ENTITY") {
		return text
	}
	declared, content := splitDoctype(text)
	own := entities{}
	for _, m := range ownEntity.FindAllStringSubmatch(comment.ReplaceAllString(declared, ""), -1) {
		if _, known := own[m[1]]; !known { // the first declaration counts
			own[m[1]] = &entity{text: m[2] + m[3]}
		}
	}
	return declared + reference.ReplaceAllStringFunc(content, own.expand)
}

// entities are those that a document declares, by name.
type entities map[string]*entity

type entity struct {
	text     string
	expanded bool // or about to be: one that uses itself stands for nothing
}

// expand gives what a reference stands for; one that cannot be told stays as it is.
func (all entities) expand(used string) string {
	e := all[strings.Trim(used, "&;")]
	if e == nil {
		return used
	}
	if !e.expanded {
		e.expanded = true
		if e.text = reference.ReplaceAllStringFunc(e.text, all.expand); len(e.text) > entityText {
			e.text = used
		}
	}
	return e.text
}

var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// inDoctype are the parts of a document type within which nothing ends it.
var inDoctype = regexp.MustCompile(`(?s)<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|\]\s*>`)

// splitDoctype splits a document behind its document type. Where that has no end, all of it is taken for one.
func splitDoctype(text string) (doctype, content string) {
	begin := strings.Index(text, "<!DOCTYPE")
	if begin < 0 {
		return "", text
	}
	for _, part := range inDoctype.FindAllStringIndex(text[begin:], -1) {
		if text[begin+part[0]] == ']' {
			return text[:begin+part[1]], text[begin+part[1]:]
		}
	}
	return text, ""
}
