package redact

import (
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// backslashed writes what JSON cannot hold as it stands. Made once: making it costs more than using it.
var backslashed = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\b", `\b`, "\f", `\f`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// json undoes a backslash and what follows it, as in JSON, JavaScript, Go and Python strings.
var json = escapes{
	marks: `\`,
	unit: func(decoded []byte, s string) ([]byte, int) {
		if len(s) < 2 {
			return decoded, 0
		}
		switch s[1] {
		case '"', '\\', '/', '\'':
			return append(decoded, s[1]), 2
		case 'b', 'f', 'n', 'r', 't':
			return append(decoded, "\b\f\n\r\t"[strings.IndexByte("bfnrt", s[1])]), 2
		case 'x':
			if r, ok := hexRune(s, 2, 2); ok {
				return utf8.AppendRune(decoded, r), 4
			}
		case 'U':
			if r, ok := hexRune(s, 2, 8); ok && utf8.ValidRune(r) {
				return utf8.AppendRune(decoded, r), 10
			}
		case 'u':
			r, ok := hexRune(s, 2, 4)
			if ok && !utf16.IsSurrogate(r) {
				return utf8.AppendRune(decoded, r), 6
			}
			if second, pair := hexRune(s, 8, 4); ok && pair && s[6:8] == `\u` {
				if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
					return utf8.AppendRune(decoded, r), 12
				}
			}
		}
		return decoded, 0
	},
	write: func(unit, text string) string {
		var b strings.Builder
		for _, r := range text {
			switch {
			case unit[1] == 'x' && r <= 0xFF:
				fmt.Fprintf(&b, `\x%s`, hexLike(unit[2:], uint64(r), 2))
			case unit[1] == 'U':
				fmt.Fprintf(&b, `\U%s`, hexLike(unit[2:], uint64(r), 8))
			case r > 0xFFFF:
				high, low := utf16.EncodeRune(r)
				fmt.Fprintf(&b, `\u%s\u%s`, hexLike(unit[2:], uint64(high), 4), hexLike(unit[2:], uint64(low), 4))
			default:
				fmt.Fprintf(&b, `\u%s`, hexLike(unit[2:], uint64(r), 4))
			}
		}
		return b.String()
	},
	plain: func(text string) string {
		return backslashed.Replace(text)
	},
}

// xml undoes references: the named ones of XML and HTML, decimal and hexadecimal ones. The marks of a CDATA section stand for
// nothing.
var xml = escapes{
	marks: "&<]",
	unit: func(decoded []byte, s string) ([]byte, int) {
		for _, mark := range []string{"<![CDATA[", "]]>"} {
			if strings.HasPrefix(s, mark) {
				return decoded, len(mark)
			}
		}
		if s[0] != '&' {
			return decoded, 0
		}
		end := strings.IndexByte(s[:min(len(s), 40)], ';')
		if end < 2 {
			return decoded, 0
		}
		if s[1] != '#' {
			if text := html.UnescapeString(s[:end+1]); text[0] != '&' || text == "&" {
				return append(decoded, text...), end + 1
			}
			return decoded, 0
		}
		number, base := s[2:end], 10
		if number != "" && (number[0] == 'x' || number[0] == 'X') {
			number, base = number[1:], 16
		}
		r, err := strconv.ParseUint(number, base, 21)
		if err != nil || !utf8.ValidRune(rune(r)) {
			return decoded, 0
		}
		return utf8.AppendRune(decoded, rune(r)), end + 1
	},
	write: func(unit, text string) string {
		var b strings.Builder
		for _, r := range text {
			if len(unit) > 3 && (unit[2] == 'x' || unit[2] == 'X') {
				fmt.Fprintf(&b, "%s%s;", unit[:3], hexLike(unit[3:], uint64(r), len(unit)-4))
			} else if len(unit) > 3 && unit[1] == '#' {
				fmt.Fprintf(&b, "&#%0*d;", len(unit)-3, r)
			} else {
				fmt.Fprintf(&b, "&#%d;", r)
			}
		}
		return b.String()
	},
	plain: html.EscapeString,
}

// percent undoes %XX, whatever is written so.
var percent = escapes{
	marks: "%",
	unit: func(decoded []byte, s string) ([]byte, int) {
		if b, ok := hexRune(s, 1, 2); ok {
			return append(decoded, byte(b)), 3
		}
		return decoded, 0
	},
	write: func(unit, text string) string {
		var b strings.Builder
		for i := 0; i < len(text); i++ {
			digits := "7F" // upper case unless seen otherwise
			if strings.ToUpper(unit) != unit {
				digits = "7f"
			}
			b.WriteString("%" + hexLike(digits, uint64(text[i]), 2))
		}
		return b.String()
	},
	plain: func(text string) string { return strings.ReplaceAll(url.PathEscape(text), "+", "%2B") },
}

// plus is percent where a plus stands for a space, as in forms.
var plus = escapes{
	marks: "%+",
	unit: func(decoded []byte, s string) ([]byte, int) {
		if s[0] == '+' {
			return append(decoded, ' '), 1
		}
		return percent.unit(decoded, s)
	},
	write: percent.write,
	plain: url.QueryEscape,
}

// inForm looks at a text as a form. It makes a difference for secrets with a space only.
func inForm(s string, x *index, inner func(string) string) string {
	if !x.spaced || strings.IndexByte(s, '+') < 0 {
		return s
	}
	return escaped(plus)(s, x, inner)
}

// hexRune reads n hexadecimal digits at an offset.
func hexRune(s string, offset, n int) (rune, bool) {
	if len(s) < offset+n {
		return 0, false
	}
	var r rune
	for _, c := range []byte(s[offset : offset+n]) {
		digit, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		if r = r<<4 | rune(digit); r < 0 {
			return 0, false
		}
	}
	return r, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// hexLike writes a number in at least so many hexadecimal digits, in upper case where the sample has upper-case letters.
func hexLike(sample string, number uint64, digits int) string {
	if strings.ContainsAny(sample, "ABCDEF") {
		return fmt.Sprintf("%0*X", digits, number)
	}
	return fmt.Sprintf("%0*x", digits, number)
}
