package redact

import (
	stdjson "encoding/json"
	"strings"
)

// kind is what a value is in the body that holds it.
type kind int

const (
	text      kind = iota // a JSON string, the text of an XML element, or a body that is neither
	attribute             // of an XML element
	bare                  // a JSON number or literal, or anything else that stands in JSON without quotation marks
	header                // the value of a header, or another text that is no body
)

// value is one value of a body, decoded, with the names that lead to it.
type value struct {
	path []string
	text string
	kind kind
	sole bool // a JSON string with which the body starts
}

// name is the innermost name that leads to the value; empty where none does.
func (v value) name() string {
	if len(v.path) == 0 {
		return ""
	}
	return v.path[len(v.path)-1]
}

// nesting is how many bodies within strings of each other are walked: restify's message holds JSON.
const nesting = 4

// walk is rewriteBody, into bodies that stand within a value too.
func walk(body string, visit func(value) string) string { return walkIn(nil, body, visit, nesting) }

func walkIn(path []string, body string, visit func(value) string, left int) string {
	return rewriteBody(body, func(v value) string {
		v.path = append(path[:len(path):len(path)], v.path...)
		if left > 0 && v.text != body && isBody(v.text) {
			return walkIn(v.path, v.text, visit, left-1)
		}
		return visit(v)
	})
}

// isBody says whether a value is itself a body: whole JSON, or a piece of XML.
func isBody(text string) bool {
	text = strings.TrimSpace(text)
	switch {
	case len(text) < 2:
		return false
	case strings.IndexByte(`{["`, text[0]) >= 0:
		return stdjson.Valid([]byte(text))
	}
	return text[0] == '<' && strings.HasSuffix(text, ">")
}

// rewriteBody shows each value of a body to a function and writes what the function returns in its place, in the style
// of what stood there. The first byte tells XML from JSON; what is neither is one value.
func rewriteBody(body string, visit func(value) string) string {
	plain, back := unicoded(body)
	var hidden string
	switch trimmed := strings.TrimLeft(plain, "\ufeff \t\r\n"); {
	case strings.HasPrefix(trimmed, "<"):
		hidden = rewriteXML(plain, visit)
	case trimmed != "" && strings.IndexByte(`{["}],`, trimmed[0]) >= 0:
		hidden = rewriteJSON(plain, visit)
	default:
		hidden = visit(value{text: plain})
	}
	if hidden == plain {
		return body
	}
	return back(hidden)
}

func isNumber(bare string) bool { return strings.Trim(bare, "+-.0123456789eE") == "" }
