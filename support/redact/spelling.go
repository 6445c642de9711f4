package redact

import (
	"encoding/hex"
	stdjson "encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// spelling is a way of writing in which most bytes stand for themselves and some units for others.
type spelling struct {
	first string         // the ASCII characters with which units begin: only from there the expression looks
	unit  *regexp.Regexp // at the start of a text, of at most longestUnit bytes
	// meaning is what a unit stands for; what is no valid one stands for itself.
	meaning func(unit string) string
	// plain gives text such that it reads the same when decoded.
	plain func(text string) string
}

// longestUnit is how long a unit may be, in bytes: a reference of XML by its name.
const longestUnit = 40

// spellings are those in which a stand-in is written where a secret stood: the ones that a verdict may need.
var spellings = []*spelling{asIs, json, xml, percent, plus}

// undone are those that are looked through: what C, PostgreSQL and git write is left out where it holds a secret.
var undone = append(slices.Clone(spellings), octal)

// octal undoes a backslash and three digits, which stand for a byte.
var octal = &spelling{
	first: `\`,
	unit:  regexp.MustCompile(`^\\[0-3][0-7]{2}`),
	meaning: func(unit string) string {
		b, _ := strconv.ParseUint(unit[1:], 8, 8)
		return string([]byte{byte(b)})
	},
}

// asIs is a text in which each byte stands for itself.
var asIs = &spelling{plain: func(text string) string { return text }}

// pieces shows the pieces of a text in order: units, and bytes that stand for themselves, with what they stand for.
func (e *spelling) pieces(s string, act func(raw, meaning string)) {
	done := 0
	for at := 0; ; {
		next := strings.IndexAny(s[at:], e.first)
		if next < 0 {
			break
		}
		at += next
		unit := e.unit.FindString(s[at:min(len(s), at+longestUnit)])
		if unit == "" {
			at++
			continue
		}
		act(s[done:at], s[done:at])
		act(unit, e.meaning(unit))
		at += len(unit)
		done = at
	}
	act(s[done:], s[done:])
}

// decode gives what the text stands for. What is no valid unit stands for itself.
func (e *spelling) decode(s string) string {
	if !strings.ContainsAny(s, e.first) {
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
	first: `\`,
	unit: regexp.MustCompile(`^\\(?:[\\bfnrt"/']|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8}|` +
		`u[dD][89abAB][0-9a-fA-F]{2}\\u[0-9a-fA-F]{4}|u[0-9a-fA-F]{4})`),
	meaning: func(unit string) string {
		if strings.Contains(`"/'`, unit[1:]) {
			return unit[1:]
		}
		if r, _, rest, err := strconv.UnquoteChar(unit, 0); err == nil && rest == "" {
			return string(r)
		}
		var pair string // of surrogates
		if stdjson.Unmarshal([]byte(`"`+unit+`"`), &pair) == nil && len(pair) == utf8.UTFMax {
			return pair
		}
		return unit
	},
	plain: backslashed.Replace,
}

// xml undoes references, those of HTML too. The marks of a CDATA section stand for nothing.
var xml = &spelling{
	first: "&<]",
	unit:  regexp.MustCompile(`^(?:&#?[A-Za-z0-9]{1,37};|<!\[CDATA\[|\]\]>)`),
	meaning: func(unit string) string {
		if unit[0] != '&' {
			return ""
		}
		for _, number := range []string{"&#x%x;", "&#%d;"} {
			var r rune
			if n, _ := fmt.Sscanf(strings.ToLower(unit), number, &r); n == 1 && utf8.ValidRune(r) {
				return string(r)
			}
		}
		return html.UnescapeString(unit)
	},
	plain: html.EscapeString,
}

const cdata = "<![CDATA["

// percent undoes %XX, whatever is written so.
var percent = &spelling{
	first:   "%",
	unit:    regexp.MustCompile(`^%[0-9a-fA-F]{2}`),
	meaning: func(unit string) string { b, _ := hex.DecodeString(unit[1:]); return string(b) },
	plain:   func(text string) string { return strings.ReplaceAll(url.PathEscape(text), "+", "%2B") },
}

// plus is percent where a plus stands for a space, as in forms.
var plus = &spelling{
	first: "%+",
	unit:  regexp.MustCompile(`^(?:%[0-9a-fA-F]{2}|\+)`),
	meaning: func(unit string) string {
		if unit == "+" {
			return " "
		}
		return percent.meaning(unit)
	},
	plain: url.QueryEscape,
}
