package sdm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"session-conformance/support/reference"
)

// labelled gives the answers in a form another Content-Type; an empty one leaves it out.
func labelled(label string, f form) effect {
	return at(answering, func(t *turn) { t.Media = label }, of(login), because(fine), answered(f))
}

// rewrites changes the text of a login's answer, pair by pair: what stands there, and what shall.
func rewrites(f form, pairs ...string) effect {
	return rewritesBy(f, strings.NewReplacer(pairs...).Replace)
}

// rewritesBy changes the text of a login's answer.
func rewritesBy(f form, change func(string) string, only ...condition) effect {
	return at(writing, func(t *turn) { t.text = change(t.text) }, answered(f), where(only...))
}

// lacks leaves a field of a login's answer out, adds appends one.
func lacks(name string, only ...condition) effect {
	return at(filling, func(t *turn) {
		t.fields = slices.DeleteFunc(t.fields, func(f field) bool { return f.name == name })
	}, only...)
}

func adds(name string, value func(*turn) any, only ...condition) effect {
	return at(filling, func(t *turn) { t.fields = append(t.fields, field{name, value(t)}) }, only...)
}

// inXML and inJSON give a field of a login's answer another value in one form, gives in both.
func inXML(name string, value any) effect  { return gives(name, value, answered(asXML)) }
func inJSON(name string, value any) effect { return gives(name, value, answered(asJSON)) }

func gives(name string, value any, only ...condition) effect {
	return changes(name, func(_ *turn, f *field) { f.value = value }, only...)
}

// wraps surrounds a field's value as it is written in the form.
func wraps(f form, name, before, after string) effect {
	return changes(name, func(_ *turn, field *field) {
		field.value = verbatim(before + field.written(f) + after)
	}, answered(f))
}

// changes changes a field of a login's answer; an empty name changes each.
func changes(name string, change func(*turn, *field), only ...condition) effect {
	return at(filling, func(t *turn) {
		for i := range t.fields {
			if f := &t.fields[i]; name == "" || f.name == name {
				change(t, f)
			}
		}
	}, only...)
}

// hands changes the session cookie.
func hands(change func(*turn, *cookie), only ...condition) effect {
	return at(handing, func(t *turn) { change(t, t.Cookies[len(t.Cookies)-1]) }, only...)
}

// attribute adds attributes to the session cookie, or replaces the one of the same name.
func attribute(more ...string) effect { return hands(func(_ *turn, c *cookie) { c.Sets(more...) }) }

// withoutAttribute leaves an attribute of the session cookie out.
func withoutAttribute(name string) effect { return hands(func(_ *turn, c *cookie) { c.Lacks(name) }) }

// before and after hand out other cookies around the session cookie. {name} is its name, {id} a new ID, {key} a secret
// of the session.
func before(lines ...string) effect {
	return at(handing, func(t *turn) { t.Cookies = slices.Insert(t.Cookies, len(t.Cookies)-1, t.others(lines)...) })
}

func after(lines ...string) effect {
	return at(handing, func(t *turn) { t.Cookies = append(t.Cookies, t.others(lines)...) })
}

func (t *turn) others(lines []string) (all []*cookie) {
	for _, line := range lines {
		line = strings.NewReplacer("{name}", t.cookieName, "{id}", t.newID(), "{key}", t.session.key).Replace(line)
		all = append(all, reference.NewCookie("", line))
	}
	return all
}

// inOtherCase writes the names of a cookie's attributes in other case.
func inOtherCase(_ *turn, c *cookie) {
	for i, a := range c.Attributes {
		key, value, given := strings.Cut(a, "=")
		c.Attributes[i] = strings.ToLower(key)
		if given {
			c.Attributes[i] = strings.ToUpper(key) + "=" + value
		}
	}
}

// htmlPage makes a page of a refusal, in HTML that is no XML.
func htmlPage(t *turn) {
	message := html.EscapeString(t.why.message)
	t.say(t.Status, "text/html;charset=utf-8", fmt.Sprintf("<!doctype html><html><head><title>HTTP Status %d</title>"+
		"</head><body><h1>HTTP Status %[1]d</h1><p>%s<br></body></html>", t.Status, message))
}

const loginPage = "<!DOCTYPE html><html><head><title>Log in</title></head><body></body></html>"

// surrounds puts something before and after the answer in a form.
func surrounds(f form, before, after string) effect {
	return rewritesBy(f, func(text string) string { return before + text + after })
}

// cutOff leaves the last character of a document out.
func cutOff(text string) string { return text[:len(text)-1] }

// encodesIn writes the answer in XML in an encoding; letters that it lacks become character references.
func encodesIn(e encoding.Encoding) effect {
	return rewritesBy(asXML, func(text string) string {
		encoded, err := encoding.HTMLEscapeUnsupported(e.NewEncoder()).String(text)
		if err != nil {
			panic(err) // cannot be: whatever the encoding lacks is escaped
		}
		return encoded
	})
}

// inASCII writes letters beyond ASCII as character references.
func inASCII(text string) string {
	var out strings.Builder
	for _, letter := range text {
		if letter < 0x80 {
			out.WriteRune(letter)
		} else {
			fmt.Fprintf(&out, "&#%d;", letter)
		}
	}
	return out.String()
}

// inLatin1 writes ISO-8859-1, where it can.
func inLatin1(text string) string {
	encoded, _ := charmap.ISO8859_1.NewEncoder().String(strings.Map(func(letter rune) rune {
		if letter > 0xFF {
			return 'ÿ'
		}
		return letter
	}, text))
	return encoded
}

// indented spreads JSON over lines.
func indented(text string) string {
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(text), "", "    "); err != nil {
		return text
	}
	return out.String() + "\n"
}

var (
	tag      = regexp.MustCompile(`<(/?)(\w)`)
	startTag = regexp.MustCompile(`<(\w+)>`)
)

// prefixed puts the elements into a namespace by a prefix.
func prefixed(text string) string {
	text = tag.ReplaceAllString(text, "<${1}s:$2")
	return strings.Replace(text, "<s:session>", `<s:session xmlns:s="urn:sdm:rest">`, 1)
}

// attributed gives each element an attribute.
func attributed(text string) string {
	text = startTag.ReplaceAllString(text, `<$1 type="field">`)
	return strings.Replace(text, `<session type="field">`, `<session version='1.3' state="live &amp; well">`, 1)
}

// cdata writes the text of a field as a CDATA section.
func cdata(_ *turn, f *field) {
	f.value = verbatim("<![CDATA[" + strings.ReplaceAll(fmt.Sprint(f.value), "]]>", "]]]]><![CDATA[>") + "]]>")
}

// references writes the text of a field as character references.
func references(_ *turn, f *field) {
	var out strings.Builder
	for i, letter := range fmt.Sprint(f.value) {
		fmt.Fprintf(&out, []string{"&#x%X;", "&#%d;"}[i%2], letter)
	}
	f.value = verbatim(out.String())
}

// escapes writes the text of a field in JSON's escapes.
func escapes(_ *turn, f *field) {
	text, isText := f.value.(string)
	if !isText {
		return
	}
	var out strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&out, `\u%04x`, unit)
	}
	f.value = verbatim(`"` + out.String() + `"`)
}
