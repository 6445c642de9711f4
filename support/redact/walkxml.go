package redact

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	// xmlAttribute is name=value, or a name alone.
	xmlAttribute = regexp.MustCompile(`([^\s=/>"']+)(?:\s*=\s*("[^"]*"?|'[^']*'?|[^\s>"']*))?`)
	// tagName names the value that a tag carries: <input name="csrf" value="…">.
	tagName = regexp.MustCompile(`(?i)\s(?:name|id|property|key)\s*=\s*["']?([^\s"'>]+)`)
	// textName names the text behind a tag: <param name="token">…</param>. A field of HTML has none.
	textName = regexp.MustCompile(`(?i)^<(?:[^im!?/]|i[^n]|m[^e])[^\s>]*\s[^>]*?(?:name|key)\s*=\s*["']?([^\s"'>]+)`)
	// typed names the value of a field by its type: <input type=password value="…">.
	typed = regexp.MustCompile(`(?i)\stype\s*=\s*["']?(password)\b`)
)

// scanXML shows the text of each element and the value of each attribute. It reads leniently: broken documents and HTML
// carry secrets too. A text is what stands between two tags, references resolved and CDATA sections opened; a comment,
// an instruction or a declaration divides it.
func scanXML(body string, show func(place)) {
	var path []string
	showIf := func(v value, at span) {
		v.text, v.path = xml.decode(body[at.from:at.to]), v.path[max(0, len(v.path)-innermost):]
		if strings.TrimSpace(v.text) != "" {
			show(place{v, at, xml})
		}
	}
	tagAt, textAt := 0, 0 // where the last tag and the text since begin
	showText := func(to int) {
		names := path
		if of := textName.FindStringSubmatch(body[tagAt:textAt]); of != nil {
			names = append(path[:len(path):len(path)], of[1])
		}
		showIf(value{path: names}, span{textAt, to})
	}
	z := html.NewTokenizer(strings.NewReader(body))
	z.AllowCDATA(true)
	for from, to := 0, 0; from < len(body); from = to {
		kind := z.Next()
		if to = from + len(z.Raw()); kind == html.ErrorToken { // the body ends within a tag, a comment or a CDATA section
			to = len(body)
		}
		tag := body[from:to]
		if kind == html.TextToken || strings.HasPrefix(tag, cdata) {
			continue
		}
		showText(from)
		tagAt, textAt = from, to
		switch {
		case kind == html.EndTagToken:
			path = left(path, local(strings.TrimSpace(strings.Trim(tag, "</>"))))
		case kind != html.CommentToken && kind != html.DoctypeToken && !strings.HasPrefix(tag, "<!"):
			path = scanTag(tag, path, func(names []string, at span) {
				showIf(value{path: names, kind: attribute}, span{from + at.from, from + at.to})
			})
			z.NextIsNotRawText() // a title may have elements
		}
	}
	showText(len(body))
}

// scanTag shows the attributes of a start tag, and adds the element to the path if it has an end tag.
func scanTag(tag string, path []string, show func(names []string, at span)) []string {
	tag = strings.TrimSuffix(tag, ">")
	after := strings.IndexAny(tag+" ", " \t\n\f\r/") // its name
	inside := append(path, local(tag[1:max(1, after)]))
	of := typed.FindStringSubmatch(tag[after:])
	if of == nil {
		of = tagName.FindStringSubmatch(tag[after:])
	}
	for _, at := range xmlAttribute.FindAllStringSubmatchIndex(tag[after:], -1) {
		if at[4] < 0 {
			continue // it has no value
		}
		key, quoted := tag[after:][at[2]:at[3]], tag[after:][at[4]:at[5]]
		if strings.HasPrefix(key, "xmlns:") {
			key = "xmlns" // the prefix that it declares is no name of an attribute
		}
		names := append(inside[max(0, len(inside)-innermost+1):len(inside):len(inside)], "@"+local(key))
		if of != nil && (key == "value" || key == "content") {
			names = append(names, of[1])
		}
		inner, from := unquoted(quoted), after+at[4]
		if inner != quoted {
			from++
		}
		show(names, span{from, from + len(inner)})
	}
	if strings.HasSuffix(tag, "/") {
		return path
	}
	return inside
}

// left is the path outside of the element of that name, if one is open not too far outside.
func left(path []string, name string) []string {
	for i := len(path) - 1; i >= max(0, len(path)-innermost); i-- {
		if path[i] == name {
			return path[:i]
		}
	}
	return path
}

// local is a name without its prefix.
func local(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }
