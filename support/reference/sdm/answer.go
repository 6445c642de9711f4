package sdm

import (
	"encoding/xml"
	"fmt"
	"strings"

	"session-conformance/support/reference"
)

// field is one field of a login's answer. Its value is text, a number, or verbatim.
type field struct {
	name  string
	value any
}

// verbatim is the value of a field as it is written.
type verbatim string

// declaration is how the vendor's XML begins.
const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`

// written is a field's value as it stands in a document.
func (f field) written(in form) string {
	text, isText := f.value.(string)
	switch {
	case isText && in == asXML:
		return escaped(text)
	case isText:
		return reference.JSON(text)
	}
	return fmt.Sprint(f.value)
}

// xmlDocument is the answer in XML.
func xmlDocument(fields []field) string {
	var elements strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&elements, "<%s>%s</%[1]s>", f.name, f.written(asXML))
	}
	return declaration + "<session>" + elements.String() + "</session>"
}

// jsonDocument is the answer in JSON.
func jsonDocument(fields []field) string {
	var members []string
	for _, f := range fields {
		members = append(members, reference.JSON(f.name)+":"+f.written(asJSON))
	}
	return "{" + strings.Join(members, ",") + "}"
}

// escaped writes text so that it may stand in XML.
func escaped(text string) string {
	var out strings.Builder
	xml.EscapeText(&out, []byte(text)) // a Builder cannot fail
	return out.String()
}
