package redact

import (
	"regexp"
	"strings"
)

// rewriteXML shows the text of each element and each attribute's value to a function and writes back what it returns. It reads
// leniently: broken documents and HTML carry secrets too. The text is what stands between two tags, references resolved and
// CDATA sections opened; a comment or an instruction within does not divide it.
func rewriteXML(body string, visit func(value) string) string {
	w := xmlWriter{body: body, visit: visit}
	for i := 0; i < len(body); {
		rest := body[i:]
		switch {
		case rest[0] != '<':
			end := until(rest, 1, "<", 0)
			w.pieces = append(w.pieces, piece{span{i, i + end}, xml})
			i += end
		case strings.HasPrefix(rest, "<!--"):
			i += until(rest, 4, "-->", 3)
		case strings.HasPrefix(rest, "<![CDATA["):
			end := until(rest, 9, "]]>", 0)
			w.pieces = append(w.pieces, piece{span{i + 9, i + end}, verbatim})
			i += min(end+3, len(rest))
		case strings.HasPrefix(rest, "<?"):
			i += until(rest, 2, "?>", 2)
		case strings.HasPrefix(rest, "<!"):
			i += doctype(rest)
		case strings.HasPrefix(rest, "</"):
			w.flush()
			end := until(rest, 2, ">", 1)
			w.close(local(strings.Trim(rest[2:end], "> \t\r\n")))
			i += end
		case len(rest) > 1 && isNameStart(rest[1]):
			w.flush()
			i = w.open(i)
		default: // a lonely < is text
			w.pieces = append(w.pieces, piece{span{i, i + 1}, xml})
			i++
		}
	}
	w.flush()
	if w.done == 0 {
		return body
	}
	return w.out.String() + body[w.done:]
}

// piece is a part of an element's text and how it is escaped: a CDATA section is not.
type piece struct {
	span
	style escapes
}

// verbatim is how a CDATA section is written: each byte stands for itself.
var verbatim = escapes{
	marks: "]",
	unit:  func(decoded []byte, _ string) ([]byte, int) { return decoded, 0 },
	plain: func(text string) string { return text },
}

// longestTag is how much of a tag is searched for the name of its value, in bytes.
const longestTag = 1 << 10

var tagName = regexp.MustCompile(`\s(?:name|id|property)\s*=\s*["']?([^\s"'>]+)`)

type xmlWriter struct {
	body   string
	visit  func(value) string
	path   []string
	of     string  // what the tag that is being read names: of its value
	pieces []piece // the text since the last tag
	out    strings.Builder
	done   int // how much of the body has been written
}

// flush shows the text since the last tag.
func (w *xmlWriter) flush() {
	var was strings.Builder
	for _, p := range w.pieces {
		was.WriteString(p.style.decode(w.body[p.from:p.to]))
	}
	if strings.TrimSpace(was.String()) != "" {
		now := w.visit(value{path: w.path[max(0, len(w.path)-innermost):], text: was.String()})
		if len(now) != was.Len() { // it stands in the first piece's place
			for _, p := range w.pieces {
				w.replace(p.span, p.style.plain(now))
				now = ""
			}
		} else {
			for _, p := range w.pieces {
				raw := w.body[p.from:p.to]
				plain := p.style.decode(raw)
				w.replace(p.span, p.style.rewrite(raw, plain, now[:len(plain)]))
				now = now[len(plain):]
			}
		}
	}
	w.pieces = w.pieces[:0]
}

// open reads the start tag at an offset, shows its attributes, and returns where it ends.
func (w *xmlWriter) open(start int) int {
	i := start + 1
	for i < len(w.body) && strings.IndexByte(" \t\r\n/>", w.body[i]) < 0 {
		i++
	}
	w.path = append(w.path, local(w.body[start+1:i]))
	tag := w.body[start:min(start+longestTag, len(w.body))]
	tag = tag[:until(tag, 0, ">", 0)]
	if w.of = ""; strings.Contains(tag, "value") || strings.Contains(tag, "content") {
		if of := tagName.FindStringSubmatch(tag); of != nil {
			w.of = of[1]
		}
	}
	for i < len(w.body) {
		switch c := w.body[i]; {
		case c == '>':
			if w.body[i-1] == '/' {
				w.path = w.path[:len(w.path)-1]
			}
			return i + 1
		case c == '=' || c == '/' || strings.IndexByte(" \t\r\n", c) >= 0:
			i++
		default:
			i = w.attribute(i)
		}
	}
	return i
}

// attribute reads name="value" at an offset and returns where it ends.
func (w *xmlWriter) attribute(start int) int {
	end := start + 1
	for end < len(w.body) && strings.IndexByte(" \t\r\n=/>", w.body[end]) < 0 {
		end++
	}
	name, i := w.body[start:end], end
	for i < len(w.body) && strings.IndexByte(" \t\r\n=", w.body[i]) >= 0 {
		i++
	}
	if strings.IndexByte(w.body[end:i], '=') < 0 {
		return i
	}
	from, to, after := i, i, i
	if i < len(w.body) && (w.body[i] == '"' || w.body[i] == '\'') {
		from = i + 1
		to = from + until(w.body[from:], 0, w.body[i:i+1], 0)
		after = min(to+1, len(w.body))
	} else {
		for to < len(w.body) && strings.IndexByte(" \t\r\n>", w.body[to]) < 0 {
			to++
		}
		after = to
	}
	raw := w.body[from:to]
	plain := xml.decode(raw)
	name = local(name)
	if strings.HasPrefix(w.body[start:end], "xmlns:") {
		name = "xmlns" // the prefix that it declares is no name of an attribute
	}
	path := append(append([]string(nil), w.path[max(0, len(w.path)-innermost+1):]...), "@"+name)
	if w.of != "" && (name == "value" || name == "content") {
		path = append(path, w.of) // <input name="csrf" value="…">
	}
	w.replace(span{from, to}, xml.rewrite(raw, plain, w.visit(value{path: path, text: plain, kind: attribute})))
	return after
}

// close leaves the element of that name, if one is open not too far outside.
func (w *xmlWriter) close(name string) {
	for i := len(w.path) - 1; i >= max(0, len(w.path)-innermost); i-- {
		if w.path[i] == name {
			w.path = w.path[:i]
			return
		}
	}
}

func (w *xmlWriter) replace(at span, with string) {
	if with != w.body[at.from:at.to] {
		w.out.WriteString(w.body[w.done:at.from])
		w.out.WriteString(with)
		w.done = at.to
	}
}

// until gives the offset of a mark in s, searched from an offset on, plus so many bytes; the length of s where it is not.
func until(s string, from int, mark string, plus int) int {
	if at := strings.Index(s[min(from, len(s)):], mark); at >= 0 {
		return from + at + plus
	}
	return len(s)
}

// doctype gives the length of a declaration such as <!DOCTYPE …>, which may hold others in brackets.
func doctype(s string) int {
	inside := false
	for i := 2; i < len(s); i++ {
		switch s[i] {
		case '[':
			inside = true
		case ']':
			inside = false
		case '>':
			if !inside {
				return i + 1
			}
		case '"', '\'':
			i += 1 + until(s[i+1:], 0, s[i:i+1], 0)
		}
	}
	return len(s)
}

func isNameStart(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '_' || b == ':' || b >= 0x80
}

// local is a name without its prefix.
func local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}
