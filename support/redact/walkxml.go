package redact

import (
	"regexp"
	"strings"
)

var (
	// xmlToken is a comment, a CDATA section, an instruction, a declaration, an end tag, a start tag, or text. The last of
	// each may never end.
	xmlToken = regexp.MustCompile(
		`(?s)<!--.*?(?:-->|\z)|<!\[CDATA\[(.*?)(?:\]\]>|\z)|<\?.*?(?:\?>|\z)|<!(?:[^<>\["']|"[^"]*"|'[^']*'|\[[^\]]*\]?)*>?` +
			`|</([^>]*)>?|<([\pL_:][^\s/>]*)((?:"[^"]*"|'[^']*'|[^>"']|["'])*?)(?:>|\z)|[^<]+|<`)
	// xmlAttribute is name=value, or a name alone.
	xmlAttribute = regexp.MustCompile(`([^\s=/>"']+)(?:\s*=\s*("[^"]*"?|'[^']*'?|[^\s>"']*))?`)
	// tagName names the value that a tag carries: <input name="csrf" value="…">.
	tagName = regexp.MustCompile(`\s(?:name|id|property)\s*=\s*["']?([^\s"'>]+)`)
)

// rewriteXML shows the text of each element and each attribute's value to a function and writes back what it returns.
// It reads
// leniently: broken documents and HTML carry secrets too. The text is what stands between two tags, references resolved
// and
// CDATA sections opened; a comment or an instruction within does not divide it.
func rewriteXML(body string, visit func(value) string) string {
	w := xmlWriter{edited: edited{body: body}, visit: visit}
	for start := 0; start < len(body); {
		at := xmlToken.FindStringSubmatchIndex(body[start:])
		group := func(n int) span { return span{start + at[2*n], start + at[2*n+1]} }
		switch whole := group(0); {
		case at[2] >= 0:
			w.pieces = append(w.pieces, piece{group(1), verbatim})
		case at[4] >= 0:
			w.flush()
			w.leave(local(strings.TrimSpace(body[group(2).from:group(2).to])))
		case at[6] >= 0:
			w.flush()
			w.enter(body[group(3).from:group(3).to], group(4))
		case body[whole.from] != '<' || whole.to == whole.from+1: // a lonely < is text
			w.pieces = append(w.pieces, piece{whole, xml})
		}
		start += at[1]
	}
	w.flush()
	return w.String()
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
