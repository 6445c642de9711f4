package redact

import (
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// inUTF16 looks at a text as UTF-16 of either byte order, starting at either byte. Text in it has many zero bytes.
func inUTF16(s string, x *index, inner func(string) string) string {
	if strings.Count(s, "\x00") <= len(s)/16 {
		return s
	}
	for _, utf16 := range []escapes{utf16LE, utf16BE} {
		for start := range 2 {
			s = s[:start] + escaped(utf16)(s[start:], x, inner)
		}
	}
	return s
}

var utf16LE, utf16BE = wide(binary.LittleEndian), wide(binary.BigEndian)

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// wide is UTF-16: each character is a unit of two or four bytes.
func wide(order byteOrder) escapes {
	write := func(text string) string {
		var b []byte
		for _, code := range utf16.Encode([]rune(text)) {
			b = order.AppendUint16(b, code)
		}
		return string(b)
	}
	return escapes{
		unit: func(decoded []byte, s string) ([]byte, int) {
			if len(s) < 2 {
				return decoded, 0
			}
			r := rune(order.Uint16([]byte(s[:2])))
			if !utf16.IsSurrogate(r) {
				return utf8.AppendRune(decoded, r), 2
			}
			if len(s) >= 4 {
				if both := utf16.DecodeRune(r, rune(order.Uint16([]byte(s[2:4])))); both != utf8.RuneError {
					return utf8.AppendRune(decoded, both), 4
				}
			}
			return utf8.AppendRune(decoded, utf8.RuneError), 2
		},
		write: func(_, text string) string { return write(text) },
		plain: write,
	}
}

// inOneByte looks at text that is not UTF-8 as one byte a character (Western European, Cyrillic), and at UTF-8 that was once
// taken for that by mistake. It makes a difference for secrets beyond ASCII only.
func inOneByte(s string, x *index, inner func(string) string) string {
	if !x.wide || isASCII(s) {
		return s
	}
	if utf8.ValidString(s) {
		return escaped(mistaken)(s, x, inner)
	}
	return escaped(windows1251)(escaped(latin1)(s, x, inner), x, inner)
}

var latin1, windows1251 = oneByte(charmap.ISO8859_1), oneByte(charmap.Windows1251)

// oneByte is a character set of 256 characters.
func oneByte(table *charmap.Charmap) escapes {
	var marks strings.Builder
	for b := 0x80; b <= 0xFF; b++ {
		marks.WriteByte(byte(b))
	}
	write := func(unit, text string) string {
		var out []byte
		for _, r := range text {
			b, ok := table.EncodeRune(r)
			if !ok {
				return unit // the set lacks the character: better one that stays than a broken text
			}
			out = append(out, b)
		}
		return string(out)
	}
	beyondASCII := alphabet(marks.String())
	return escapes{
		marks: marks.String(),
		table: &beyondASCII,
		unit: func(decoded []byte, s string) ([]byte, int) {
			r := table.DecodeByte(s[0])
			if r == utf8.RuneError {
				return decoded, 0
			}
			return utf8.AppendRune(decoded, r), 1
		},
		write: write,
		plain: func(text string) string { return write("", text) },
	}
}

// mistaken undoes UTF-8 whose bytes were taken for characters and written as UTF-8 again.
var mistaken = escapes{
	marks: "\xC2\xC3",
	unit: func(decoded []byte, s string) ([]byte, int) {
		// Only bytes that make a character were taken so: a middle dot or a section sign stands for itself.
		var bytes [utf8.UTFMax]byte
		read := 0
		for n := range bytes {
			r, size := utf8.DecodeRuneInString(s[read:])
			if size != 2 || r > 0xFF {
				break
			}
			bytes[n], read = byte(r), read+size
			if utf8.FullRune(bytes[:n+1]) {
				if r, size := utf8.DecodeRune(bytes[:n+1]); r != utf8.RuneError && size == n+1 {
					return append(decoded, bytes[:n+1]...), read
				}
				break
			}
		}
		return decoded, 0
	},
	write: func(_, text string) string { return asCharacters(text) },
	plain: asCharacters,
}

func asCharacters(bytes string) string {
	var b strings.Builder
	for i := 0; i < len(bytes); i++ {
		b.WriteRune(rune(bytes[i]))
	}
	return b.String()
}

var declaration = regexp.MustCompile(`^[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// unicoded gives a body's text as UTF-8, and the way back for a changed text. It knows UTF-16, and the one-byte sets that an
// XML declaration names; any other body is taken as it stands.
func unicoded(body string) (plain string, back func(string) string) {
	var from escapes
	switch {
	case strings.HasPrefix(body, "\xFF\xFE"), len(body) > 1 && body[0] != 0 && body[1] == 0:
		from = utf16LE
	case strings.HasPrefix(body, "\xFE\xFF"), len(body) > 1 && body[0] == 0 && body[1] != 0:
		from = utf16BE
	case !utf8.ValidString(body) && declared(body) != nil:
		from = oneByte(declared(body))
	default:
		return body, func(changed string) string { return changed }
	}
	plain = from.decode(body)
	return plain, func(changed string) string { return from.rewrite(body, plain, changed) }
}

// declared is the one-byte character set that an XML declaration names, or nil.
func declared(body string) *charmap.Charmap {
	found := declaration.FindStringSubmatch(body)
	if found == nil {
		return nil
	}
	letters := strings.NewReplacer("-", "", "_", "", " ", "", ":", "")
	for _, set := range charmap.All {
		table, ok := set.(*charmap.Charmap)
		if ok && strings.EqualFold(letters.Replace(table.String()), letters.Replace(found[1])) {
			return table
		}
	}
	return nil
}
