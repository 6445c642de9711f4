package redact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// xmlAttribute is name=value, or a name alone.
	xmlAttribute = regexp.MustCompile(`([^\s=/>"']+)(?:\s*=\s*("[^"]*"?|'[^']*'?|[^\s>"']*))?`)
	// tagName names the value that a tag carries: <input name="csrf" value="…">.
	tagName = regexp.MustCompile(`\s(?:name|id|property)\s*=\s*["']?([^\s"'>]+)`)
)

// rewriteXML shows the text of each element and each attribute's value to a function and writes back what it returns.
// It reads leniently: broken documents and HTML carry secrets too. The text is what stands between two tags, references
// resolved and CDATA sections opened; a comment or an instruction within does not divide it.
func rewriteXML(body string, visit func(value) string) string {
	w := xmlWriter{edited: edited{body: body}, visit: visit}
	inTags := map[byte]string{'"': `"`, '\'': "'"}
	inDeclarations := map[byte]string{'"': `"`, '\'': "'", '[': "]"}
	for from, to := 0, 0; from < len(body); from = to {
		rest := body[from:]
		next, _ := utf8.DecodeRuneInString(rest[1:])
		begins := func(mark string) bool { return strings.HasPrefix(rest, mark) }
		switch {
		case rest[0] != '<':
			to = past(body, from, "<", 0)
			w.pieces = append(w.pieces, piece{span{from, to}, xml})
		case begins("<!--"):
			to = past(body, from+4, "-->", 3)
		case begins("<![CDATA["):
			end := past(body, from+9, "]]>", 0)
			w.pieces = append(w.pieces, piece{span{from + 9, end}, verbatim})
			to = min(end+3, len(body))
		case begins("<?"):
			to = past(body, from+2, "?>", 2)
		case begins("<!"):
			to = tagEnd(body, from+2, inDeclarations)
		case begins("</"):
			to = past(body, from+2, ">", 1)
			w.flush()
			w.leave(local(strings.TrimSpace(strings.TrimSuffix(body[from+2:to], ">"))))
		case unicode.IsLetter(next) || next == '_' || next == ':':
			to = tagEnd(body, from+1, inTags)
			w.flush()
			inner := strings.TrimSuffix(body[from+1:to], ">")
			name := inner
			if n := strings.IndexAny(inner, " \t\n\f\r/"); n >= 0 {
				name = inner[:n]
			}
			w.enter(name, span{from + 1 + len(name), from + 1 + len(inner)})
		default: // a lonely < is text
			to = from + 1
			w.pieces = append(w.pieces, piece{span{from, to}, xml})
		}
	}
	w.flush()
	return w.String()
}

// past gives the place behind so many bytes of a mark, or the body's end where the mark does not come any more.
func past(body string, from int, mark string, bytes int) int {
	if n := strings.Index(body[from:], mark); n >= 0 {
		return from + n + bytes
	}
	return len(body)
}

// tagEnd gives the place behind the > that ends a tag or a declaration: one between a mark and that which closes it
// does not. A mark that is closed nowhere in the rest of the body is none, and forgotten.
func tagEnd(body string, from int, closing map[byte]string) int {
	for i := from; i < len(body); i++ {
		if body[i] == '>' {
			return i + 1
		}
		if mark := closing[body[i]]; mark != "" {
			if n := strings.Index(body[i+1:], mark); n >= 0 {
				i += n + 1
			} else {
				delete(closing, body[i])
			}
		}
	}
	return len(body)
}

// piece is a part of an element's text and how it is escaped: a CDATA section is not.
type piece struct {
	span
	style *escapes
}

// verbatim is how a CDATA section is written: each byte stands for itself.
var verbatim = &escapes{unit: func(decoded []byte, _ string) ([]byte, int) { return decoded, 0 },
	plain: func(text string) string { return text }}

type xmlWriter struct {
	edited
	visit  func(value) string
	path   []string
	pieces []piece // the text since the last tag
}

// flush shows the text since the last tag.
func (w *xmlWriter) flush() {
	var was strings.Builder
	for _, p := range w.pieces {
		was.WriteString(p.style.decode(w.body[p.from:p.to]))
	}
	if strings.TrimSpace(was.String()) != "" {
		now := w.visit(value{path: w.path[max(0, len(w.path)-innermost):], text: was.String()})
		same := len(now) == was.Len()
		for _, p := range w.pieces {
			raw := w.body[p.from:p.to]
			plain, part := p.style.decode(raw), now
			if same {
				part = now[:len(plain)]
			}
			w.replace(p.span, p.style.rewrite(raw, plain, part))
			now = now[len(part):] // where the length has changed, all of it stands in the first piece's place
		}
	}
	w.pieces = w.pieces[:0]
}

// enter shows the attributes of a start tag.
func (w *xmlWriter) enter(name string, rest span) {
	w.path = append(w.path, local(name))
	tag := w.body[rest.from:rest.to]
	of := tagName.FindStringSubmatch(tag)
	for _, at := range xmlAttribute.FindAllStringSubmatchIndex(tag, -1) {
		if at[4] < 0 {
			continue
		}
		key, quoted := tag[at[2]:at[3]], tag[at[4]:at[5]]
		inner := span{rest.from + at[4], rest.from + at[5]}
		if quoted != "" && (quoted[0] == '"' || quoted[0] == '\'') {
			inner.from++
			if len(quoted) > 1 && quoted[len(quoted)-1] == quoted[0] {
				inner.to--
			}
		}
		if strings.HasPrefix(key, "xmlns:") {
			key = "xmlns" // the prefix that it declares is no name of an attribute
		}
		path := append(append([]string(nil), w.path[max(0, len(w.path)-innermost+1):]...), "@"+local(key))
		if of != nil && (key == "value" || key == "content") {
			path = append(path, of[1])
		}
		raw := w.body[inner.from:inner.to]
		plain := xml.decode(raw)
		w.replace(inner, xml.rewrite(raw, plain, w.visit(value{path: path, text: plain, kind: attribute})))
	}
	if strings.HasSuffix(tag, "/") {
		w.path = w.path[:len(w.path)-1]
	}
}

// leave leaves the element of that name, if one is open not too far outside.
func (w *xmlWriter) leave(name string) {
	for i := len(w.path) - 1; i >= max(0, len(w.path)-innermost); i-- {
		if w.path[i] == name {
			w.path = w.path[:i]
			return
		}
	}
}

// local is a name without its prefix.
func local(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }
