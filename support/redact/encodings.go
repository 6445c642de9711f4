package redact

import (
	"compress/gzip"
	"compress/zlib"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf8"
)

// inBase64 looks into each run of base64, standard or for URLs, padded or not. Where in a run the encoded text starts
// is not known ("/path/c2VjcmV0"), so each of the four possible places is tried.
func inBase64(s string, look func(plain string)) {
	const least = 11 // eight bytes
	if strings.IndexByte(s, '\n') >= 0 {
		s += " " + unwrapped(s)
	}
	for from, to := 0, 0; from < len(s); from = to + 1 {
		for to = from; to < len(s) && alphabet[s[to]]; to++ { //nolint:revive // it finds the end
		}
		if to-from < least {
			continue
		}
		run := standardAlphabet.Replace(s[from:to])
		for skip := 0; skip < 4 && len(run)-skip >= least; skip++ {
			part := run[skip:]
			if len(part)%4 == 1 {
				part = part[:len(part)-1] // six bits are no byte
			}
			if plain, err := base64.RawStdEncoding.DecodeString(part); err == nil {
				look(string(plain))
			}
		}
	}
}

// inBase32 looks into each run of base32, in capitals or in small letters, at each of the eight places where the
// encoded text may start.
func inBase32(s string, look func(plain string)) {
	const least, most = 13, 4 << 10 // eight bytes; of a longer run no secret is looked for amid it
	if strings.IndexByte(s, '\n') >= 0 {
		s += " " + unwrapped(s)
	}
	for _, first := range []byte("Aa") {
		for from, to := 0, 0; from < len(s); from = to + 1 {
			for to = from; to < len(s) && (s[to]-first < 26 || s[to]-'2' < 6); to++ { //nolint:revive // it finds the end
			}
			if to-from < least {
				continue
			}
			run := strings.ToUpper(s[from:to])
			for skip := 0; skip < 8 && len(run)-skip >= least && (skip == 0 || len(run) <= most); skip++ {
				part := run[skip:]
				if left := len(part) % 8; left == 1 || left == 3 || left == 6 {
					part = part[:len(part)-1] // five bits are no byte
				}
				if plain, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(part); err == nil {
					look(string(plain))
				}
			}
		}
	}
}

// unwrapped joins the lines of a text that are base64 and nothing else: MIME and PEM write it so.
func unwrapped(text string) string {
	var all strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		run := strings.TrimRight(line, "=\r")
		if !strings.ContainsFunc(run, func(r rune) bool { return !inAlphabet(r) }) {
			all.WriteString(run)
		}
	}
	return all.String()
}

var standardAlphabet = strings.NewReplacer("-", "+", "_", "/")

// alphabet says of each byte what inAlphabet says of a character.
var alphabet = func() (list [256]bool) {
	for c := range list {
		list[c] = c < utf8.RuneSelf && inAlphabet(rune(c))
	}
	return list
}()

// inAlphabet says whether a character is one of base64, standard or for URLs.
func inAlphabet(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '+' <= r && r <= '9' && r != ',' && r != '.' || r == '_'
}

// inNumbers looks into what is written by numbers: in hexadecimal digits with nothing between them, at both places
// where the first byte may start, or a number for each byte or character, whatever stands between: 4b:61, \u{4b},
// [75,97]. Of the latter, which most texts hold by chance, nothing is undone further: last takes them.
func inNumbers(s string, look, last func(plain string)) {
	var octets []byte
	var hexadecimal, decimal []rune
	for from, to := 0, 0; from < len(s); from = to + 1 {
		for to = from; to < len(s) && valueOf(s[to]) >= 0; to++ { //nolint:revive // it finds the end
		}
		run := s[from:to]
		for skip := 0; skip < 2 && len(run)-skip >= 2*shortest; skip++ {
			if plain, err := hex.DecodeString(run[skip : len(run)-(len(run)-skip)%2]); err == nil {
				look(string(plain))
			}
		}
		if len(run) < 2 || len(run) > 6 || isWord(s, from, to) {
			continue
		}
		n, ten, isTen := 0, 0, true
		for _, c := range []byte(run) {
			digit := valueOf(c)
			n, ten, isTen = n<<4|digit, ten*10+digit, isTen && digit < 10
		}
		if isTen {
			decimal = append(decimal, rune(ten))
		}
		hexadecimal = append(hexadecimal, rune(n))
		if len(run)%2 == 0 {
			for shift := 4*len(run) - 8; shift >= 0; shift -= 8 {
				octets = append(octets, byte(n>>shift))
			}
		}
	}
	for _, all := range []string{string(octets), string(hexadecimal), string(decimal)} {
		last(all)
	}
}

// isWord says whether hexadecimal digits are letters of a longer word; x and u may stand before a number.
func isWord(s string, from, to int) bool {
	letter := func(at int) bool { return at >= 0 && at < len(s) && 'a' <= s[at]|0x20 && s[at]|0x20 <= 'z' }
	return letter(to) || letter(from-1) && strings.IndexByte("xXuU", s[from-1]) < 0
}

// valueOf is that of a hexadecimal digit; below zero: it is none.
func valueOf(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// inCompressed looks into what gzip or zlib compressed, wherever it starts in a text, as far as it is sound.
func inCompressed(s string, look func(plain string)) {
	left := unpacked
	for at := 0; left > 0; at++ {
		next := strings.IndexAny(s[min(at, len(s)):], "\x1f\x78")
		if at += next; next < 0 || at+2 >= len(s) {
			return
		}
		var r io.Reader
		err := io.EOF
		switch {
		case s[at] == 0x1f && s[at+1] == 0x8b:
			r, err = gzip.NewReader(strings.NewReader(s[at:]))
		case s[at] == 0x78 && strings.IndexByte("\x01\x5e\x9c\xda", s[at+1]) >= 0: // at each level of zlib
			r, err = zlib.NewReader(strings.NewReader(s[at:]))
		}
		if err == nil {
			plain, _ := io.ReadAll(io.LimitReader(r, int64(left)))
			left -= len(plain)
			look(string(plain))
		}
	}
}
