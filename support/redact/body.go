package redact

import "strings"

// kind is what a value is in the body that holds it.
type kind int

const (
	text      kind = iota // a JSON string, the text of an XML element, or a body that is neither
	attribute             // of an XML element
	bare                  // a JSON number or literal, or anything else that stands in JSON without quotation marks
)

// value is one value of a body, decoded, with the names that lead to it.
type value struct {
	path []string
	text string
	kind kind
	sole bool // a JSON string with which the body starts
}

// Body hides the values of a JSON or XML body at the positions that the function picks, whatever their length, then by value
// as Text. Every other byte stays as it was, also in a malformed body.
//
// A path holds JSON keys or XML element names (without prefix) from the outside in, the innermost 32 of them. Elements of
// an array have the path of the array, an XML attribute's path ends with "@name"; that of a body which is one JSON string, or
// neither JSON nor XML, is empty.
// Of a number only the digits change; true, false and null stay.
func (h *Hider) Body(body []byte, position func(path []string) bool) []byte {
	hidden := rewriteBody(string(body), func(v value) string {
		switch {
		case !position(v.path) || v.kind == bare && (v.text == "true" || v.text == "false" || v.text == "null"):
			return v.text
		case v.kind == bare && isNumber(v.text):
			exponent := strings.IndexAny(v.text+"e", "eE")
			return h.StandIn(v.text[:exponent]) + v.text[exponent:]
		}
		return h.StandIn(v.text)
	})
	return []byte(h.Text(hidden))
}

// Form hides the values of a=b&c=d (a URL's query, a form) whose decoded names the function picks, then by value as Text.
func (h *Hider) Form(s string, position func(name string) bool) string {
	pairs := strings.Split(s, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if position(plus.decode(name)) {
			plain := plus.decode(value)
			pairs[i] = pair[:len(pair)-len(value)] + plus.rewrite(value, plain, h.StandIn(plain))
		}
	}
	return h.Text(strings.Join(pairs, "&"))
}

// Basic hides the password within Basic credentials (what follows the word Basic), whatever its length, then by value as Text.
// What is no such credentials is hidden as a whole.
func (h *Hider) Basic(credentials string) string {
	run := strings.TrimRight(credentials, "=")
	recognised := false
	hidden := rewriteBase64(run, len(run) < len(credentials), func(decoded string) string {
		login, password, found := strings.Cut(decoded, ":")
		recognised = found
		return login + ":" + h.StandIn(password)
	})
	if !recognised {
		return h.StandIn(credentials)
	}
	return h.Text(hidden + credentials[len(run):])
}

// rewriteBody shows each value of a body to a function and writes what the function returns in its place, in the style of
// what stood there. The first byte tells XML from JSON; what is neither is one value.
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
