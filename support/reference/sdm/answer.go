package sdm

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
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

// xmlDocument is the answer in XML.
func xmlDocument(fields []field) string {
	var elements strings.Builder
	for _, f := range fields {
		content := fmt.Sprint(f.value)
		if text, isText := f.value.(string); isText {
			content = escaped(text)
		}
		fmt.Fprintf(&elements, "<%s>%s</%[1]s>", f.name, content)
	}
	return declaration + "<session>" + elements.String() + "</session>"
}

// jsonDocument is the answer in JSON.
func jsonDocument(fields []field) string {
	var members []string
	for _, f := range fields {
		content := fmt.Sprint(f.value)
		if text, isText := f.value.(string); isText {
			content = quoted(text)
		}
		members = append(members, quoted(f.name)+":"+content)
	}
	return "{" + strings.Join(members, ",") + "}"
}

// escaped writes text so that it may stand in XML.
func escaped(text string) string {
	var out strings.Builder
	xml.EscapeText(&out, []byte(text)) // a Builder cannot fail
	return out.String()
}

// quoted writes a JSON string without escaping markup.
func quoted(text string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.Encode(text) // strings cannot fail
	return strings.TrimSuffix(out.String(), "\n")
}
