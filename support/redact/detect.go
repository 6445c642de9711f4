package redact

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Detection looks deeper than rewriting does: through encodings around each other, each of which only has to be undone.

const (
	// depth is how many encodings around each other are looked through: base64 of JSON within a JSON file makes three.
	depth = 3
	// unpacked is how much of what a text holds in compressed form is looked through, in bytes: a small one may unpack to
	// gigabytes.
	unpacked = 4 << 20
)

// search shows each secret that stands in a text, as it is or in encodings around each other.
func (x *index) search(s string, depth int, found func(secret string)) {
	if len(s) < shortest || len(x.labels) == 0 {
		return
	}
	for _, m := range x.find(s, len(s)) {
		found(s[m.from:m.to])
	}
	if depth == 0 {
		return
	}
	if noText(s) { // what comes of most runs of letters taken for base64
		depth--
		inCompressed(s, func(plain string) { x.search(plain, depth, found) })
		x.inOneByte(s, func(plain string) { x.search(plain, 0, found) })
		return
	}
	x.decoded(s, func(plain string) { x.search(plain, depth-1, found) })
}

// noText says whether more than a quarter of a text is no UTF-8.
func noText[T string | []byte](s T) bool {
	wrong := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		if r == utf8.RuneError && size == 1 {
			wrong++
		}
		i += size
	}
	return wrong > len(s)/4
}

// decoded shows what a text may stand for.
func (x *index) decoded(s string, look func(plain string)) {
	for _, e := range spellings {
		if e.marks == plus.marks && (!x.spaced || strings.IndexByte(s, '+') < 0) {
			continue // it tells from percent with a space only
		}
		if plain := e.decode(s); plain != s {
			look(plain)
		}
	}
	x.inBase64(s, look)
	inHex(s, look)
	if strings.Count(s, "\x00") > len(s)/16 { // as text in UTF-16 has it
		for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			for start := range 2 {
				look(decodedAs(unicode.UTF16(order, unicode.IgnoreBOM), s[start:]))
			}
		}
	}
	x.inOneByte(s, look)
	inCompressed(s, look)
}

// inOneByte looks at a text in a character set of one byte. It makes a difference for secrets beyond ASCII only.
func (x *index) inOneByte(s string, look func(plain string)) {
	switch {
	case !x.wide || isASCII(s):
	case utf8.ValidString(s): // or UTF-8 that was once taken for Western European by mistake
		if bytes, err := charmap.ISO8859_1.NewEncoder().String(s); err == nil && utf8.ValidString(bytes) {
			look(bytes)
		}
	default:
		for _, set := range oneByte {
			look(decodedAs(set, s))
		}
	}
}

func decodedAs(set encoding.Encoding, s string) string {
	plain, _ := set.NewDecoder().String(s) // what is no character becomes one that stands for none
	return plain
}

// inBase64 looks into each run of base64, standard or for URLs, padded or not. Where in a run the encoded text starts
// is not known ("/path/c2VjcmV0"), so each of the four possible places is tried.
func (x *index) inBase64(s string, look func(plain string)) {
	const least = 11 // eight bytes
	var scratch []byte
	eachRun(s, least, isBase64, func(run string) {
		for skip := 0; skip < 4 && len(run)-skip >= least; skip++ {
			if scratch = looseBase64(scratch[:0], run[skip:]); x.worth(scratch) {
				look(string(scratch))
			}
		}
	})
}

var standardAlphabet = strings.NewReplacer("-", "+", "_", "/")

// looseBase64 appends what base64 of either alphabet stands for; bits at the end that make no byte are left out.
func looseBase64(to []byte, run string) []byte {
	if len(run)%4 == 1 {
		run = run[:len(run)-1] // six bits are no byte
	}
	size := base64.RawStdEncoding.DecodedLen(len(run))
	to = append(to, make([]byte, size)...)
	n, _ := base64.RawStdEncoding.Decode(to, []byte(standardAlphabet.Replace(run)))
	return to[:n]
}

// worth says whether a decoded text needs a closer look: it is text, or compressed, or a secret may start in it as it
// stands. Most runs of letters are no base64, and this tells so without making a string of them.
func (x *index) worth(decoded []byte) bool {
	if !noText(decoded) || slices.ContainsFunc(packings, func(mark string) bool {
		return bytes.Contains(decoded, []byte(mark))
	}) {
		return true
	}
	for i := 0; i+8 <= len(decoded); i++ {
		if x.mayStart(headOf(decoded[i:])) {
			return true
		}
	}
	return false
}

// inHex looks into each run of hexadecimal digits, at both places where the first byte may start.
func inHex(s string, look func(plain string)) {
	eachRun(s, 2*shortest, func(b byte) bool { return hexAlphabet[b] }, func(run string) {
		for skip := range 2 {
			even := (len(run) - skip) &^ 1
			if plain, err := hex.DecodeString(run[skip : skip+even]); err == nil && len(plain) >= shortest {
				look(string(plain))
			}
		}
	})
}

// eachRun calls act for each run of at least so many bytes that belong.
func eachRun(s string, least int, belongs func(byte) bool, act func(run string)) {
	for i := 0; i < len(s); i++ {
		from := i
		for i < len(s) && belongs(s[i]) {
			i++
		}
		if i-from >= least {
			act(s[from:i])
		}
	}
}

func isBase64(b byte) bool { return base64Alphabet[b] }

var (
	base64Alphabet = alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
	hexAlphabet    = alphabet("0123456789abcdefABCDEF")
)

func alphabet(letters string) (has [256]bool) {
	for _, b := range []byte(letters) {
		has[b] = true
	}
	return has
}

// packings are the first bytes of what is compressed: by gzip, and by zlib at each of its levels.
var packings = []string{"\x1f\x8b\x08", "\x78\x01", "\x78\x5e", "\x78\x9c", "\x78\xda"}

func unpack(r io.Reader, mark string) (io.Reader, error) {
	if mark == packings[0] {
		return gzip.NewReader(r)
	}
	return zlib.NewReader(r)
}

// inCompressed looks into what is compressed, wherever it starts in a text, as far as it is sound.
func inCompressed(s string, look func(plain string)) {
	left := unpacked
	for _, mark := range packings {
		for at := strings.Index(s, mark); at >= 0 && left > 0; {
			if r, err := unpack(strings.NewReader(s[at:]), mark); err == nil {
				plain, _ := io.ReadAll(io.LimitReader(r, int64(left)))
				left -= len(plain)
				look(string(plain))
			}
			next := strings.Index(s[at+1:], mark)
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
}
