package sdm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

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
