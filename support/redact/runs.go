package redact

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// inBase64 looks into each run of base64, standard or for URLs, padded or not. Where in a run the encoded text starts is not
// known ("/path/c2VjcmV0"), so each of the four possible places is tried.
func inBase64(s string, x *index, inner func(string) string) string {
	const least = 11 // eight bytes
	var scratch []byte
	return eachRun(s, least, isBase64, func(run string, padded bool) string {
		for skip := range 4 {
			if len(run)-skip < least {
				continue
			}
			scratch = looseBase64(scratch[:0], run[skip:])
			if x.worth(scratch) {
				run = run[:skip] + rewriteBase64(run[skip:], padded || skip > 0, inner)
			}
		}
		return run
	})
}

var standardAlphabet = strings.NewReplacer("-", "+", "_", "/")

// looseBase64 appends what base64 of either alphabet stands for; bits at the end that make no byte are left out.
func looseBase64(to []byte, run string) []byte {
	bits, have := uint32(0), 0
	for i := 0; i < len(run); i++ {
		bits, have = bits<<6|uint32(base64Value[run[i]]), have+6
		if have >= 8 {
			have -= 8
			to = append(to, byte(bits>>have))
		}
	}
	return to
}

// base64Value is what a character of either alphabet stands for.
var base64Value = func() (values [256]byte) {
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		values[c] = byte(i)
	}
	values['-'], values['_'] = values['+'], values['/']
	return values
}()

// worth says whether a decoded text needs a closer look: it is text, or compressed, or a secret may start in it as it stands. Most runs of
// letters are no base64, and this tells so without making a string of them.
func (x *index) worth(decoded []byte) bool {
	wrong := 0
	for i := 0; i < len(decoded); {
		if decoded[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(decoded[i:])
		if r == utf8.RuneError && decoded[i] != 0xEF { // as in garbled
			wrong++
		}
		i += size
	}
	if wrong <= len(decoded)/4 || compressed(decoded) {
		return true
	}
	for i := 0; i+8 <= len(decoded); i++ {
		if x.mayStart(binary.LittleEndian.Uint64(decoded[i:])) {
			return true
		}
	}
	return false
}

// rewriteBase64 changes what a run without its padding stands for. Characters whose bits stay are not touched.
func rewriteBase64(run string, padded bool, inner func(string) string) string {
	whole := run
	if len(run)%4 == 1 {
		whole = run[:len(run)-1] // six bits are no byte
	}
	was, err := base64.RawStdEncoding.DecodeString(standardAlphabet.Replace(whole))
	if err != nil {
		return run
	}
	now := inner(string(was))
	if now == string(was) {
		return run
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(run, "-_") || !padded && len(run)%4 != 0 && !strings.ContainsAny(run, "+/") {
		encoding = base64.RawURLEncoding
	}
	before, after := encoding.EncodeToString(was), encoding.EncodeToString([]byte(now))
	if len(before) != len(after) {
		return after
	}
	out := []byte(run)
	for i := range before {
		if before[i] != after[i] {
			out[i] = after[i]
		}
	}
	return string(out)
}

// inHex looks into each run of hexadecimal digits, at both places where the first byte may start.
func inHex(s string, _ *index, inner func(string) string) string {
	const least = 2 * shortest
	return eachRun(s, least, isHex, func(run string, _ bool) string {
		for skip := range 2 {
			if even := (len(run) - skip) &^ 1; even >= least {
				digits := run[skip : skip+even]
				was := hexBytes.decode(digits)
				run = run[:skip] + hexBytes.rewrite(digits, was, inner(was)) + run[skip+even:]
			}
		}
		return run
	})
}

const hexDigits = "0123456789abcdefABCDEF"

// hexBytes is a text of hexadecimal digits, two to a byte.
var hexBytes = escapes{
	marks: hexDigits,
	table: &hexAlphabet,
	unit: func(decoded []byte, s string) ([]byte, int) {
		if b, ok := hexRune(s, 0, 2); ok {
			return append(decoded, byte(b)), 2
		}
		return decoded, 0
	},
	write: func(unit, text string) string { return hexLike(unit, uint64(text[0]), 2) },
	plain: func(text string) string {
		var b strings.Builder
		for i := 0; i < len(text); i++ {
			b.WriteString(hexLike("", uint64(text[i]), 2))
		}
		return b.String()
	},
}

// eachRun calls change for each run of at least so many bytes that belong, and says whether base64's padding follows it.
func eachRun(s string, least int, belongs func(byte) bool, change func(run string, padded bool) string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(s); i++ {
		from := i
		for i < len(s) && belongs(s[i]) {
			i++
		}
		if i-from < least {
			continue
		}
		run := s[from:i]
		if changed := change(run, i < len(s) && s[i] == '='); changed != run {
			b.WriteString(s[done:from])
			b.WriteString(changed)
			done = i
		}
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

func isBase64(b byte) bool { return base64Alphabet[b] }

func isHex(b byte) bool { return hexAlphabet[b] }

var (
	base64Alphabet = alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
	hexAlphabet    = alphabet(hexDigits)
)

func alphabet(letters string) (has [256]bool) {
	for _, b := range []byte(letters) {
		has[b] = true
	}
	return has
}
