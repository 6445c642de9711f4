package sdm

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// namespace is the one that faults put elements into.
const namespace = "urn:sdm:rest"

// xmlDocument is the answer in XML, as text; encodedXML makes bytes of it.
func (s *Server) xmlDocument(a answer) string {
	parts := s.arranged(asXML, s.xmlParts(a))
	if s.with.Has("more-fields") {
		parts = append(parts, part{"lastLogin", ""}, part{"license", "<owner>ACME</owner><seats>7</seats>"})
	}
	root, attributes, prefix := "session", "", ""
	switch {
	case s.with.Has("xml-root-renamed"):
		root = "login"
	case s.with.Has("xml-root-in-capitals"):
		root = "Session"
	case s.with.Has("xml-default-namespace"):
		attributes = ` xmlns="` + namespace + `"`
	case s.with.Has("xml-prefixed"):
		prefix, attributes = "s:", ` xmlns:s="`+namespace+`"`
	case s.with.Has("xml-unused-namespace"):
		attributes = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="session.xsd"`
	case s.with.Has("xml-attributes"):
		attributes = ` version='1.3' state="live &amp; well"`
	}
	var elements []string
	if s.with.Has("xml-self-closing-elements") {
		elements = append(elements, "<warnings/>", "<links />")
	}
	attribute := ""
	for _, p := range parts {
		if p.name == "serverInfo" && s.with.Has("xml-server-info-attribute") {
			attribute = ` serverInfo="` + p.content + `"`
			continue
		}
		elements = append(elements, s.xmlElement(prefix, p))
	}
	content := s.laidOut(elements)
	if s.with.Has("xml-fields-nested") {
		content = "<data>" + content + "</data>"
	}
	document := "<" + prefix + root + attributes + attribute + ">" + content + "</" + prefix + root + ">"
	if s.with.Has("xml-root-wrapped") {
		document = "<response>" + document + "</response>"
	}
	return s.spoilt(s.prologue() + document)
}

// xmlElement writes one field.
func (s *Server) xmlElement(prefix string, p part) string {
	attributes := ""
	switch {
	case s.with.Has("xml-attributes"):
		attributes = ` type="field"`
	case p.name == "sessionId" && s.with.Has("xml-session-id-in-namespace"):
		attributes = ` xmlns="` + namespace + `"`
	}
	element := "<" + prefix + p.name + attributes + ">" + p.content + "</" + prefix + p.name + ">"
	if p.name == "sessionId" && s.with.Has("xml-session-id-nested") {
		element = "<cookie>" + element + "</cookie>"
	}
	return element
}

// laidOut puts the elements one after another, with what XML allows between them.
func (s *Server) laidOut(elements []string) string {
	between := ""
	switch {
	case s.with.Has("xml-indented"):
		between = "\n    "
	case s.with.Has("xml-with-crlf"):
		between = "\r\n\t"
	case s.with.Has("xml-comments"):
		between = "<!-- <sessionId>none</sessionId> & so on -->"
	}
	return between + strings.Join(elements, between) + strings.TrimRight(between, " \t")
}

// prologue is what stands before the root.
func (s *Server) prologue() string {
	declaration := `<?xml version="1.0" encoding="` + s.xmlEncodingName() + `" standalone="yes"?>`
	switch {
	case s.with.Has("xml-without-declaration"):
		return ""
	case s.with.Has("xml-declared-shortly"):
		return "<?xml version='1.0'?>\n"
	case s.with.Has("xml-comments"):
		return declaration + "\n<!-- SDM -->\n"
	case s.with.Has("xml-processing-instructions"):
		return declaration + `<?xml-stylesheet type="text/xsl" href="/session.xsl"?><?sdm?>`
	case s.with.Has("xml-document-type"):
		return declaration + "<!DOCTYPE session>\n"
	}
	return declaration
}

// spoilt makes the document no XML any more, or adds to its end what may stand there.
func (s *Server) spoilt(document string) string {
	switch {
	case s.with.Has("xml-space-before-declaration"):
		return "\n" + document
	case s.with.Has("xml-two-roots"):
		return document + "<session/>"
	case s.with.Has("xml-text-after-root"):
		return document + "ok"
	case s.with.Has("xml-cut-off"):
		return strings.TrimSuffix(document, "</session>")
	case s.with.Has("xml-wrong-end-tag"):
		return strings.Replace(document, "</userGroup>", "</usergroup>", 1)
	case s.with.Has("xml-comments"):
		return document + "<!-- end -->\n"
	case s.with.Has("xml-processing-instructions"):
		return document + "<?end of session?>"
	case s.with.Has("xml-indented"):
		return document + "\n"
	}
	return document
}

// xmlText writes text between tags.
func (s *Server) xmlText(text string) string {
	switch {
	case s.with.Has("xml-cdata"):
		return "<![CDATA[" + strings.ReplaceAll(text, "]]>", "]]]]><![CDATA[>") + "]]>"
	case s.with.Has("xml-character-references"):
		var out strings.Builder
		for i, letter := range text {
			fmt.Fprintf(&out, []string{"&#x%X;", "&#%d;"}[i%2], letter)
		}
		return out.String()
	}
	return escaped(text)
}

// escaped writes text so that it may stand in XML.
func escaped(text string) string {
	var out strings.Builder
	xml.EscapeText(&out, []byte(text)) // a Builder cannot fail
	return out.String()
}
