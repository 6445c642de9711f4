package redact

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
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
	textAt, textName := 0, "" // where the text since the last tag begins, and the name that the tag gives it
	showText := func(to int) {
		names := path
		if textName != "" {
			names = append(path[:len(path):len(path)], textName)
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
		textAt, textName = to, ""
		switch {
		case kind == html.EndTagToken:
			path = left(path, local(strings.TrimSpace(strings.Trim(tag, "</>"))))
		case kind != html.CommentToken && kind != html.DoctypeToken && !strings.HasPrefix(tag, "<!"):
			path, textName = scanTag(tag, path, func(names []string, at span) {
				showIf(value{path: names, kind: attribute}, span{from + at.from, from + at.to})
			})
			z.NextIsNotRawText() // a title may have elements
		}
	}
	showText(len(body))
}

// scanTag shows the attributes of a start tag, and adds the element to the path if it has an end tag. It gives the name
// that the tag has for the text behind it.
func scanTag(tag string, path []string, show func(names []string, at span)) (inside []string, textName string) {
	tag = strings.TrimSuffix(tag, ">")
	after := before(tag, blanks+"/") // its name
	element := tag[1:max(1, after)]
	inside = append(path, local(element))
	all := attributes(tag, after)
	of, textName := namesOf(element, all)
	for _, a := range all {
		key := a.key
		if strings.HasPrefix(key, "xmlns:") {
			key = "xmlns" // the prefix that it declares is no name of an attribute
		}
		names := append(inside[max(0, len(inside)-innermost+1):len(inside):len(inside)], "@"+local(key))
		if of != "" && (key == "value" || key == "content") {
			names = append(names, of)
		}
		show(names, a.at)
	}
	if strings.HasSuffix(tag, "/") {
		return path, textName
	}
	return inside, textName
}

// namesOf are the names that attributes give to the value of a tag, <input name="csrf" value="…">, or the type of a
// field of HTML does, and to the text behind a tag, <param name="token">…</param>. A field has no such text.
func namesOf(element string, all []pair) (value, text string) {
	element = strings.ToLower(element)
	hasText := !strings.HasPrefix(element, "in") && !strings.HasPrefix(element, "me") && !strings.HasPrefix(element, "?")
	for _, a := range all {
		key, name := strings.ToLower(a.key), a.text[:before(a.text, blanks+`>"'`)]
		switch {
		case key == "type" && strings.HasPrefix(strings.ToLower(name), "password"):
			value = "password"
		case value == "" && slices.Contains([]string{"name", "id", "property", "key"}, key):
			value = name
		}
		if hasText && text == "" && (strings.HasSuffix(key, "name") || strings.HasSuffix(key, "key")) {
			text = name
		}
	}
	return value, text
}

const blanks = " \t\n\f\r"

// pair is an attribute of a tag, and where its text stands without quotation marks.
type pair struct {
	key, text string
	at        span
}

// attributes are those of a tag that have a value, from a place on.
func attributes(tag string, at int) (found []pair) {
	const signs = `=/>"'`
	for {
		at = len(tag) - len(strings.TrimLeft(tag[at:], blanks+signs))
		end := at + before(tag[at:], blanks+signs)
		if at == end {
			return found
		}
		key := tag[at:end]
		at = end
		rest, assigned := strings.CutPrefix(strings.TrimLeft(tag[at:], blanks), "=")
		if !assigned {
			continue
		}
		rest = strings.TrimLeft(rest, blanks)
		from := len(tag) - len(rest)
		length := before(rest, blanks+`>"'`)
		at = from + length
		if length == 0 && rest != "" && (rest[0] == '"' || rest[0] == '\'') {
			from++
			length = before(rest[1:], rest[:1])
			at = min(len(tag), from+length+1)
		}
		found = append(found, pair{key, tag[from : from+length], span{from, from + length}})
	}
}

// before is how many bytes of a text stand before the first of these characters.
func before(text, characters string) int {
	if at := strings.IndexAny(text, characters); at >= 0 {
		return at
	}
	return len(text)
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
