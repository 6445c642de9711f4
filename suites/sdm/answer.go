package sdm

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/antchfx/xmlquery"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	"session-conformance/support/match"
)

// names are the fields of an answer to a login.
var names = []string{"idleTimeout", "serverInfo", "sessionId", "userGroup", "userName", "validUntil"}

// told is one field of an answer, wherever in it the field stands.
type told struct {
	text      string // what it says; of JSON that is no string, as it is written
	isText    bool   // a string in JSON; in XML an element without others in it
	isNumber  bool   // a whole number
	placed    bool   // in the object itself; in XML directly below an element called session
	namespace string // of the XML element
}

var wholeNumber = regexp.MustCompile(`^[+-]?[0-9]+$`)

// answerOf reads the fields of an answer, in JSON or in XML, and says whether it is one of them at all. Of a field that
// stands in several places the one in its place counts.
func answerOf(e *exchange.Exchange) (fields map[string]told, ok bool) {
	if body, isJSON := readJSON(e); isJSON {
		fields = map[string]told{}
		collectJSON(fields, body, 0)
		return fields, true
	}
	root, err := match.ParseXML(e)
	if err != nil {
		return nil, false
	}
	fields = map[string]told{}
	collectXML(fields, root)
	return fields, true
}

// readJSON reads a body that is one JSON value in UTF-8.
func readJSON(e *exchange.Exchange) (gjson.Result, bool) {
	value, ok := match.ParseJSON(e)
	return value, ok && utf8.Valid(e.Body())
}

// deepest is how deep a field is looked for in JSON: a wrapper or two, and no time lost with an answer made to waste
// it.
const deepest = 8

func collectJSON(fields map[string]told, value gjson.Result, depth int) {
	if depth > deepest || !value.IsObject() && !value.IsArray() {
		return
	}
	value.ForEach(func(key, v gjson.Result) bool {
		// Of several members of one name most readers take the last.
		if value.IsObject() && (depth == 0 || better(fields, key.String(), false)) {
			fields[key.String()] = told{text: textOf(v), isText: v.Type == gjson.String, isNumber: v.Type == gjson.Number &&
				v.Num == math.Trunc(v.Num), placed: depth == 0}
		}
		collectJSON(fields, v, depth+1)
		return true
	})
}

func textOf(v gjson.Result) string {
	if v.Type == gjson.String {
		return v.String()
	}
	return v.Raw
}

// collectXML looks at all elements in the document's order.
func collectXML(fields map[string]told, root *xmlquery.Node) {
	for n := root; n != nil; n = following(n, root) {
		placed := n.Parent != nil && n.Parent.Data == "session"
		if n.Type != xmlquery.ElementNode || !slices.Contains(names, n.Data) || !better(fields, n.Data, placed) {
			continue
		}
		text, alone := n.InnerText(), !hasElements(n)
		fields[n.Data] = told{text: text, isText: alone, isNumber: alone && wholeNumber.MatchString(strings.TrimSpace(text)),
			placed: placed, namespace: n.NamespaceURI}
	}
}

// sessionIDs are the different values that sessionId has in an answer: a client may take the first or the last.
func sessionIDs(e *exchange.Exchange) map[string]bool {
	found := map[string]bool{}
	if body, isJSON := readJSON(e); isJSON {
		body.ForEach(func(key, v gjson.Result) bool {
			if key.String() == "sessionId" {
				found[v.Raw] = true
			}
			return true
		})
		return found
	}
	root, _ := match.ParseXML(e)
	for n := root; n != nil; n = following(n, root) {
		if n.Type == xmlquery.ElementNode && n.Data == "sessionId" {
			found[n.InnerText()] = true
		}
	}
	return found
}

// following is the next node of the tree below the root, inner ones first.
func following(n, root *xmlquery.Node) *xmlquery.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for ; n != root && n != nil; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}

func hasElements(n *xmlquery.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == xmlquery.ElementNode {
			return true
		}
	}
	return false
}

// better says whether a field is the first of its name, or the first that stands in its place.
func better(fields map[string]told, name string, placed bool) bool {
	known, there := fields[name]
	return !there || placed && !known.placed
}

// sessionID is the sessionId of an answer, wherever it stands; empty where there is none.
func sessionID(e *exchange.Exchange) string {
	fields, _ := answerOf(e)
	if id := fields["sessionId"]; id.isText {
		return strings.TrimSpace(id.text)
	}
	return ""
}
