package redact

import (
	"encoding/hex"
	stdjson "encoding/json"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// spelling is a way of writing in which most bytes stand for themselves and some units for others.
type spelling struct {
	marks string // the bytes that a unit may start with
	// unit gives the length of the unit at the start of s, which starts with a mark, and what it stands for. A length of 0
	// means that the byte stands for itself.
	unit func(s string) (length int, meaning string)
	// plain gives text such that it reads the same when decoded.
	plain func(text string) string
}

// spellings are those in which a stand-in is written where a secret stood: the ones that a verdict may need.
var spellings = []*spelling{asIs, json, xml, percent, plus}

// asIs is a text in which each byte stands for itself.
var asIs = &spelling{plain: func(text string) string { return text }}

// pieces shows the pieces of a text in order: units, and bytes that stand for themselves, with what they stand for.
func (e *spelling) pieces(s string, act func(raw, meaning string)) {
	start := 0
	for i := 0; i < len(s); {
		next := strings.IndexAny(s[i:], e.marks)
		if next < 0 {
			break
		}
		i += next
		length, meaning := e.unit(s[i:])
		if length == 0 {
			i++
			continue
		}
		act(s[start:i], s[start:i])
		act(s[i:i+length], meaning)
		i += length
		start = i
	}
	act(s[start:], s[start:])
}

// decode gives what the text stands for. What is no valid unit stands for itself.
func (e *spelling) decode(s string) string {
	if !strings.ContainsAny(s, e.marks) {
		return s
	}
	var out strings.Builder
	e.pieces(s, func(_, meaning string) { out.WriteString(meaning) })
	return out.String()
}

// rewrite changes s, which stands for was, to stand for now. A unit whose meaning stays is not touched, unless the
// length of the text changes.
func (e *spelling) rewrite(s, was, now string) string {
	if was == now {
		return s
	}
	if len(was) != len(now) {
		return e.plain(now)
	}
	var out strings.Builder
	e.pieces(s, func(raw, meaning string) {
		is := now[:len(meaning)]
		now = now[len(meaning):]
		switch {
		case is == meaning:
			out.WriteString(raw)
		case raw == meaning: // letters for letters, digits for digits: none needs a unit
			out.WriteString(is)
		default:
			out.WriteString(e.like(raw, is))
		}
	})
	return out.String()
}

// like is plain for a text in the place of a unit that says a character by its number: it is said by numbers too.
func (e *spelling) like(raw, text string) (written string) {
	digits := "x"
	if raw != strings.ToLower(raw) || raw[0] == '%' && raw == strings.ToUpper(raw) {
		digits = "X"
	}
	format := "&#%d;"
	switch {
	case raw[0] == '%':
		return fmt.Sprintf("%%%02"+digits, text)
	case strings.HasPrefix(raw, `\u`):
		for _, code := range utf16.Encode([]rune(text)) {
			written += fmt.Sprintf(`\u%04`+digits, code)
		}
		return written
	case strings.HasPrefix(raw, "&#x"):
		format = "&#x%" + digits + ";"
	case !strings.HasPrefix(raw, "&#"):
		return e.plain(text)
	}
	for _, char := range text {
		written += fmt.Sprintf(format, char)
	}
	return written
}

// backslashed writes what JSON cannot hold as it stands. Made once: making it costs more than using it.
var backslashed = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\b", `\b`, "\f", `\f`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// json undoes a backslash and what follows it, as in JSON, JavaScript, Go and Python strings.
var json = &spelling{
	marks: `\`,
	unit: func(s string) (int, string) {
		if len(s) < 2 || strings.IndexByte(`\bfnrtxuU"/'`, s[1]) < 0 { // not Go's \a and \101
			return 0, ""
		}
		if strings.IndexByte(`"/'`, s[1]) >= 0 {
			return 2, s[1:2]
		}
		if r, _, rest, err := strconv.UnquoteChar(s, 0); err == nil {
			return len(s) - len(rest), string(r)
		}
		var pair string // of surrogates
		if len(s) >= 12 && stdjson.Unmarshal([]byte(`"`+s[:12]+`"`), &pair) == nil && len(pair) == utf8.UTFMax {
			return 12, pair
		}
		return 0, ""
	},
	plain: backslashed.Replace,
}

// xml undoes references, those of HTML too. The marks of a CDATA section stand for nothing.
var xml = &spelling{
	marks: "&<]",
	unit: func(s string) (int, string) {
		for _, mark := range []string{cdata, "]]>"} {
			if strings.HasPrefix(s, mark) {
				return len(mark), ""
			}
		}
		end := strings.IndexByte(s[:min(len(s), 40)], ';')
		if s[0] != '&' || end < 2 {
			return 0, ""
		}
		meaning := html.UnescapeString(s[:end+1])
		if meaning[0] == '&' && meaning != "&" {
			return 0, ""
		}
		return end + 1, meaning
	},
	plain: html.EscapeString,
}

const cdata = "<![CDATA["

// percent undoes %XX, whatever is written so.
var percent = &spelling{
	marks: "%",
	unit: func(s string) (int, string) {
		if b, err := hex.DecodeString(s[1:min(3, len(s))]); err == nil && len(b) == 1 {
			return 3, string(b)
		}
		return 0, ""
	},
	plain: func(text string) string { return strings.ReplaceAll(url.PathEscape(text), "+", "%2B") },
}

// plus is percent where a plus stands for a space, as in forms.
var plus = &spelling{
	marks: "%+",
	unit: func(s string) (int, string) {
		if s[0] == '+' {
			return 1, " "
		}
		return percent.unit(s)
	},
	plain: url.QueryEscape,
}
