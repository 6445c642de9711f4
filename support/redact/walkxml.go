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
	// element is the name of one, and what follows it in its tag.
	element = regexp.MustCompile(`(?s)^([^ \t\n\f\r/]*)(.*)$`)
)

// walkXML shows the text of each element and the value of each attribute. It reads leniently: broken documents and HTML
// carry secrets too. A text is what stands between two tags, references resolved and CDATA sections opened; a comment,
// an instruction or a declaration divides it.
func walkXML(body string, visit func(value) string) string {
	var out strings.Builder
	var path []string
	tagAt, textAt := 0, 0 // where the last tag and the text since begin
	showText := func(to int) {
		out.WriteString(shown(body[textAt:to], value{path: withName(path, body[tagAt:textAt])}, visit))
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
			tag, path = walkTag(tag, path, visit)
			z.NextIsNotRawText() // a title may have elements
		}
		out.WriteString(tag)
	}
	showText(len(body))
	return out.String()
}

// withName is the path of a text, with the name that the tag before it gives, if it gives one.
func withName(path []string, tag string) []string {
	if of := textName.FindStringSubmatch(tag); of != nil {
		return append(path[:len(path):len(path)], of[1])
	}
	return path
}

// shown is a text or an attribute as it is written, once a function has seen what it stands for.
func shown(written string, v value, visit func(value) string) string {
	v.path = v.path[max(0, len(v.path)-innermost):]
	if v.text = xml.decode(written); strings.TrimSpace(v.text) == "" {
		return written
	}
	return xml.rewrite(written, v.text, visit(v))
}

// walkTag shows the attributes of a start tag, and adds the element to the path if it has an end tag.
func walkTag(tag string, path []string, visit func(value) string) (string, []string) {
	name := element.FindStringSubmatch(strings.TrimSuffix(tag[1:], ">"))
	outside := len(path)
	path = append(path, local(name[1]))
	of := typed.FindStringSubmatch(name[2])
	if of == nil {
		of = tagName.FindStringSubmatch(name[2])
	}
	attributes := xmlAttribute.ReplaceAllStringFunc(name[2], func(one string) string {
		key, given, found := strings.Cut(one, "=")
		if !found {
			return one
		}
		key = strings.TrimSpace(key)
		if strings.HasPrefix(key, "xmlns:") {
			key = "xmlns" // the prefix that it declares is no name of an attribute
		}
		names := append(path[max(0, len(path)-innermost+1):len(path):len(path)], "@"+local(key))
		if of != nil && (key == "value" || key == "content") {
			names = append(names, of[1])
		}
		quoted := strings.TrimSpace(given)
		inner := unquoted(quoted)
		before := strings.TrimSuffix(one, quoted)
		if inner != quoted {
			before += quoted[:1]
		}
		return before + shown(inner, value{path: names, kind: attribute}, visit) + one[len(before)+len(inner):]
	})
	if strings.HasSuffix(name[2], "/") {
		path = path[:outside]
	}
	return "<" + name[1] + attributes + tag[1+len(name[0]):], path
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
