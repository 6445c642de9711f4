package redact

import (
	stdjson "encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
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
func (v value) name() string { return strings.Join(v.path[max(0, len(v.path)-1):], "") }

const (
	// nesting is how many bodies within strings of each other are walked: restify's message holds JSON.
	nesting = 4
	// innermost is how many names of a path are shown: nobody looks deeper, and hostile bodies nest a hundred thousand
	// levels.
	innermost = 32
	// longestGap is how much white space may stand before the colon after a key.
	longestGap = 256
)

// place is a value and where it is written, in which spelling.
type place struct {
	value
	span
	*spelling
}

// walk shows each value of a body and writes what visit gives in its place, in the spelling of what stood there; of
// bodies that stand within a value too, so many levels deep, unless they are known secrets. The first byte tells XML
// from JSON; what is neither is one value.
func (h *Hider) walk(body string, deep int, visit func(value) string) string {
	visit = paired(visit)
	plain, back := unicoded(body)
	scan := func(_ string, show func(place)) { show(place{value{text: plain}, span{0, len(plain)}, asIs}) }
	switch trimmed := strings.TrimLeft(plain, "\ufeff \t\r\n"); {
	case strings.HasPrefix(trimmed, "<"):
		scan = scanXML
	case trimmed != "" && strings.IndexByte(`{["}],`, trimmed[0]) >= 0:
		scan = scanJSON
	}
	var out strings.Builder
	done := 0
	scan(plain, func(p place) {
		within := deep
		if p.text == plain {
			within = 0
		}
		if now := h.into(p.value, within, visit); now != p.text {
			out.WriteString(plain[done:p.from] + p.rewrite(plain[p.from:p.to], p.text, now))
			done = p.to
		}
	})
	if done == 0 {
		return body
	}
	return back(out.String() + plain[done:])
}

// into shows a value, or where it is a body, and no known secret, the values of that.
func (h *Hider) into(v value, deep int, visit func(value) string) string {
	if deep == 0 || v.kind == header && !strings.HasPrefix(v.text, "{") || !isBody(v.text) || h.known(v.text) {
		return visit(v)
	}
	return h.walk(v.text, deep-1, func(inner value) string {
		inner.path = slices.Concat(v.path, inner.path)
		if v.kind == header && inner.kind != bare {
			inner.kind = header
		}
		return visit(inner)
	})
}

// paired lets a value that stands beside its name have that for a name: {"name": "token", "value": "…"}.
func paired(visit func(value) string) func(value) string {
	var beside []string // the path to what has the name
	var name string
	return func(v value) string {
		last := strings.ToLower(strings.TrimPrefix(v.name(), "@"))
		outside := v.path[:max(0, len(v.path)-1)]
		switch {
		case last == "name" || last == "key":
			beside, name = outside, v.text
		case last == "value" && name != "" && slices.Equal(beside, outside):
			v.path = slices.Concat(v.path, []string{name})
		}
		return visit(v)
	}
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

// scanJSON shows the strings and words of JSON. It reads leniently, since broken bodies carry secrets too: what stands
// before a colon is a key, any other string or word a value.
func scanJSON(body string, show func(place)) {
	var path []string // the keys from the outside in; that of a pending value comes last
	bases := []int{0} // of each open object or array: the path's length outside of it
	end := func() { path = path[:min(len(path), bases[len(bases)-1])] }
	for from, to := 0, 0; from < len(body); from = to {
		to = from + tokenLength(body[from:])
		switch body[from] {
		case ' ', '\t', '\n', '\f', '\r', ':':
		case '{', '[':
			bases = append(bases, len(path))
		case '}', ']':
			bases = bases[:max(1, len(bases)-1)]
			end()
		case ',':
			end()
		default:
			p := place{value{text: body[from:to], kind: bare}, span{from, to}, asIs}
			if inner := unquoted(p.text); body[from] == '"' {
				sole := len(bases) == 1 && len(path) == 0 && strings.Trim(body[:from], "\ufeff \t\r\n") == ""
				p = place{value{text: json.decode(inner), sole: sole}, span{from + 1, from + 1 + len(inner)}, json}
			}
			if strings.HasPrefix(strings.TrimLeft(body[to:min(to+longestGap, len(body))], " \t\r\n"), ":") {
				end()
				path = append(path, p.text)
				break
			}
			p.path = path[max(0, len(path)-innermost):]
			show(p)
		}
	}
}

// tokenLength is how long the token is with which a text begins: a string (a last one may never end), a sign or a
// blank, or what else stands without quotation marks. An expression took six times as long.
func tokenLength(text string) int {
	const signs = " \t\n\f\r,:{}[]"
	if text[0] != '"' {
		switch at := strings.IndexAny(text, signs+`"`); at {
		case 0:
			return 1
		case -1:
			return len(text)
		default:
			return at
		}
	}
	for at := 1; at < len(text); at++ {
		switch text[at] {
		case '"':
			return at + 1
		case '\\':
			at++
		}
	}
	return len(text)
}

// unquoted is a text without the quotation mark at its beginning, and the same at its end if there is one.
func unquoted(text string) string {
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return text
	}
	return strings.TrimSuffix(text[1:], text[:1])
}

var declaration = regexp.MustCompile(`^[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// unicoded gives a body's text as UTF-8, and the way back for a changed text. It knows UTF-16, and the one-byte sets
// that an XML declaration names; any other body is taken as it stands.
func unicoded(body string) (plain string, back func(string) string) {
	var set encoding.Encoding
	switch {
	case strings.HasPrefix(body, "\xFF\xFE"), len(body) > 1 && body[0] != 0 && body[1] == 0:
		set = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case strings.HasPrefix(body, "\xFE\xFF"), len(body) > 1 && body[0] == 0 && body[1] != 0:
		set = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case !utf8.ValidString(body):
		if named := declaration.FindStringSubmatch(body); named != nil {
			set, _ = htmlindex.Get(named[1])
		}
	}
	if set != nil {
		plain, _ = set.NewDecoder().String(body)
		if again, err := set.NewEncoder().String(plain); err == nil && again == body {
			return plain, func(now string) string {
				encoded, _ := encoding.ReplaceUnsupported(set.NewEncoder()).String(now)
				return encoded
			}
		}
	}
	return body, func(now string) string { return now }
}
