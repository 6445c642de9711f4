package match

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"

	"session-conformance/support/exchange"
)

// declaredEncoding finds the encoding in an XML declaration that is written in ASCII, or in what looks like it.
var declaredEncoding = regexp.MustCompile(`^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']`)

// DecodeXML gives an XML body's text without byte order mark. The encoding is that of a byte order mark or of UTF-16's
// zero bytes, else whichever of the declaration's and the media type's charset decodes it, else UTF-8.
func DecodeXML(e *exchange.Exchange) (string, error) {
	if why := Unreadable(e); why != "" {
		return "", errors.New(why)
	}
	body := e.Body()
	for _, sign := range []struct {
		begins []byte
		length int               // of the mark itself
		of     encoding.Encoding // nil: UTF-8
	}{
		{[]byte("\xEF\xBB\xBF"), 3, nil},
		{[]byte("\xFF\xFE"), 2, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{[]byte("\xFE\xFF"), 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{[]byte("<\x00"), 0, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{[]byte("\x00<"), 0, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	} {
		if rest, marked := bytes.CutPrefix(body, sign.begins); marked {
			if sign.length == 0 {
				rest = body
			}
			return decoded(rest, sign.of, "the encoding of its first bytes")
		}
	}
	var wrong error
	for _, name := range encodingsNamed(e) {
		text, err := decodeAs(name, body)
		if err == nil {
			return text, nil
		}
		if wrong == nil {
			wrong = err
		}
	}
	return "", wrong
}

// encodingsNamed are the encodings that an answer names, UTF-8 first: what is valid UTF-8 is hardly ever anything else.
func encodingsNamed(e *exchange.Exchange) []string {
	var names []string
	if m := declaredEncoding.FindSubmatch(e.Body()); m != nil {
		names = append(names, strings.ToLower(string(m[1])))
	}
	if _, parameters, err := mime.ParseMediaType(e.Header("Content-Type")); err == nil && parameters["charset"] != "" {
		names = append(names, strings.ToLower(parameters["charset"]))
	}
	if len(names) == 0 {
		names = []string{"utf-8"}
	}
	slices.SortStableFunc(names, func(a, b string) int {
		switch {
		case a == "utf-8" && b != "utf-8":
			return -1
		case a != "utf-8" && b == "utf-8":
			return 1
		}
		return 0
	})
	return names
}

// decodeAs decodes a body whose first bytes are ASCII.
func decodeAs(name string, body []byte) (string, error) {
	switch {
	case name == "utf-8" || name == "utf8":
		return decoded(body, nil, name)
	case name == "us-ascii" || name == "ascii" || name == "iso646-us":
		// Libraries take this for Windows-1252, which decodes anything.
		if i := bytes.IndexFunc(body, func(c rune) bool { return c > 0x7F }); i >= 0 {
			return "", fmt.Errorf("it names the encoding %s, and has the byte 0x%X", name, body[i])
		}
		return string(body), nil
	case strings.HasPrefix(name, "utf-16"), strings.HasPrefix(name, "utf-32"), strings.HasPrefix(name, "iso-10646"):
		return "", fmt.Errorf("it names the encoding %s, and is none", name)
	}
	known, err := ianaindex.IANA.Encoding(name)
	if err != nil || known == nil {
		known, err = htmlindex.Get(name)
	}
	if err != nil {
		return "", fmt.Errorf("it names the encoding %s, which is unknown", exchange.Printable(name, 40))
	}
	return decoded(body, known, name)
}

// decoded decodes a body; a nil encoding is UTF-8. What the encoding does not have is an error.
func decoded(body []byte, from encoding.Encoding, name string) (string, error) {
	if from == nil {
		if !utf8.Valid(body) {
			return "", fmt.Errorf("it does not decode as %s", name)
		}
		return string(body), nil
	}
	// A decoder puts U+FFFD in place of what it cannot read.
	text, err := from.NewDecoder().Bytes(body)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", fmt.Errorf("it does not decode as %s", name)
	}
	return string(text), nil
}

// ownEntity is the declaration of an entity that stands for text without markup.
var ownEntity = regexp.MustCompile(`<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"<%]{0,256})"|'([^'<%]{0,256})')\s*>`)

// reference is the use of an entity, or of a character by its number.
var reference = regexp.MustCompile(`&([A-Za-z_#][\w.-]*);`)

// entityText is for how many bytes an entity may stand, others that it uses included: none can multiply.
const entityText = 256

// withOwnEntities puts the text of the entities that a document declares in their place: encoding/xml knows none of
// them. One that is used without being declared, or grows too long, stays, and is found then.
func withOwnEntities(text string) string {
	if len(text) > rememberedXML || !strings.Contains(text, "<!ENTITY") {
		return text
	}
	declared, content := splitDoctype(text)
	own := entities{}
	for _, m := range ownEntity.FindAllStringSubmatch(comment.ReplaceAllString(declared, ""), -1) {
		if _, known := own[m[1]]; !known { // the first declaration counts
			own[m[1]] = &entity{text: m[2] + m[3]}
		}
	}
	return declared + reference.ReplaceAllStringFunc(content, own.expand)
}

// entities are those that a document declares, by name.
type entities map[string]*entity

type entity struct {
	text     string
	expanded bool // or about to be: one that uses itself stands for nothing
}

// expand gives what a reference stands for; one that cannot be told stays as it is.
func (all entities) expand(used string) string {
	e := all[strings.Trim(used, "&;")]
	if e == nil {
		return used
	}
	if !e.expanded {
		e.expanded = true
		if e.text = reference.ReplaceAllStringFunc(e.text, all.expand); len(e.text) > entityText {
			e.text = used
		}
	}
	return e.text
}

var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// inDoctype are the parts of a document type within which nothing ends it.
var inDoctype = regexp.MustCompile(`(?s)<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|\]\s*>`)

// splitDoctype splits a document behind its document type. Where that has no end, all of it is taken for one.
func splitDoctype(text string) (doctype, content string) {
	begin := strings.Index(text, "<!DOCTYPE")
	if begin < 0 {
		return "", text
	}
	for _, part := range inDoctype.FindAllStringIndex(text[begin:], -1) {
		if text[begin+part[0]] == ']' {
			return text[:begin+part[1]], text[begin+part[1]:]
		}
	}
	return text, ""
}
