package redact

import (
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escapes is a way of writing in which most bytes stand for themselves and some units for others.
type escapes struct {
	marks string    // the bytes that a unit may start with
	table [256]bool // the same, to look up
	// unit reads the unit at the start of s, which starts with a mark: it appends what the unit stands for and returns the
	// unit's length in bytes. 0 means that the byte stands for itself.
	unit func(decoded []byte, s string) ([]byte, int)
	// plain gives text such that it reads the same when decoded.
	plain func(text string) string
}

// decode gives what the text stands for. What is no valid unit stands for itself.
func (e *escapes) decode(s string) string {
	i := strings.IndexAny(s, e.marks)
	if i < 0 {
		return s
	}
	decoded := append(make([]byte, 0, len(s)), s[:i]...)
	for i < len(s) {
		n := 0
		next := i
		for next < len(s) && !e.table[s[next]] {
			next++
		}
		if decoded = append(decoded, s[i:next]...); next == len(s) {
			break
		}
		if decoded, n = e.unit(decoded, s[next:]); n == 0 {
			decoded, n = append(decoded, s[next]), 1
		}
		i = next + n
	}
	return string(decoded)
}

// rewrite changes s, which stands for was, to stand for now. A unit whose meaning stays is not touched.
func (e *escapes) rewrite(s, was, now string) string {
	if was == now {
		return s
	}
	if len(was) != len(now) {
		return e.plain(now)
	}
	var out strings.Builder
	var meaning []byte
	for i, at := 0, 0; i < len(s); {
		n := 0
		if e.table[s[i]] {
			meaning, n = e.unit(meaning[:0], s[i:])
		}
		size := len(meaning)
		if n == 0 {
			n, size = 1, 1
		}
		if now[at:at+size] == was[at:at+size] {
			out.WriteString(s[i : i+n])
		} else if n == 1 && now[at] >= utf8.RuneSelf {
			out.WriteByte(now[at]) // a part of a character
		} else {
			out.WriteString(e.plain(now[at : at+size]))
		}
		i, at = i+n, at+size
	}
	return out.String()
}

// backslashed writes what JSON cannot hold as it stands. Made once: making it costs more than using it.
var backslashed = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\b", `\b`, "\f", `\f`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// json undoes a backslash and what follows it, as in JSON, JavaScript, Go and Python strings.
var json = &escapes{
	marks: `\`,
	table: alphabet(`\`),
	unit: func(decoded []byte, s string) ([]byte, int) {
		if len(s) < 2 {
			return decoded, 0
		}
		switch s[1] {
		case '"', '\\', '/', '\'':
			return append(decoded, s[1]), 2
		case 'b', 'f', 'n', 'r', 't':
			return append(decoded, "\b\f\n\r\t"[strings.IndexByte("bfnrt", s[1])]), 2
		}
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[1]]
		r, ok := hexRune(s, 2, digits)
		if ok && digits == 4 && utf16.IsSurrogate(r) {
			second, pair := hexRune(s, 8, 4)
			if r = utf16.DecodeRune(r, second); pair && s[6:8] == `\u` && r != utf8.RuneError {
				return utf8.AppendRune(decoded, r), 12
			}
			return decoded, 0
		}
		if !ok || !utf8.ValidRune(r) {
			return decoded, 0
		}
		return utf8.AppendRune(decoded, r), 2 + digits
	},
	plain: backslashed.Replace,
}

// xml undoes references: the named ones of XML and HTML, decimal and hexadecimal ones. The marks of a CDATA section
// stand for nothing.
var xml = &escapes{
	marks: "&<]",
	table: alphabet("&<]"),
	unit: func(decoded []byte, s string) ([]byte, int) {
		for _, mark := range []string{"<![CDATA[", "]]>"} {
			if strings.HasPrefix(s, mark) {
				return decoded, len(mark)
			}
		}
		end := strings.IndexByte(s[:min(len(s), 40)], ';')
		if s[0] != '&' || end < 2 {
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
	plain: html.EscapeString,
}

// percent undoes %XX, whatever is written so.
var percent = &escapes{
	marks: "%",
	table: alphabet("%"),
	unit: func(decoded []byte, s string) ([]byte, int) {
		if b, ok := hexRune(s, 1, 2); ok {
			return append(decoded, byte(b)), 3
		}
		return decoded, 0
	},
	plain: func(text string) string { return strings.ReplaceAll(url.PathEscape(text), "+", "%2B") },
}

// plus is percent where a plus stands for a space, as in forms.
var plus = &escapes{
	marks: "%+",
	table: alphabet("%+"),
	unit: func(decoded []byte, s string) ([]byte, int) {
		if s[0] == '+' {
			return append(decoded, ' '), 1
		}
		return percent.unit(decoded, s)
	},
	plain: url.QueryEscape,
}

// spellings are the ways in which a stand-in is written where a secret stood: those that a verdict may need.
var spellings = []*escapes{json, xml, percent, plus}

// hexRune reads n hexadecimal digits at an offset.
func hexRune(s string, offset, n int) (rune, bool) {
	if n == 0 || len(s) < offset+n {
		return 0, false
	}
	r, err := strconv.ParseUint(s[offset:offset+n], 16, 31)
	return rune(r), err == nil
}
