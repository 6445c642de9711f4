package redact

import (
	"compress/gzip"
	"compress/zlib"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"hash/maphash"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Detection looks deeper than rewriting does: through encodings around each other, each of which only has to be undone.

const (
	// depth is how many encodings around each other are looked through: base64 of JSON within a JSON file makes three.
	depth = 3
	// deepest is up to which size, in bytes, data is searched so deep, and not through one encoding only. Honest evidence
	// is a tenth of it; of a target that answers with megabytes a deep search takes minutes.
	deepest = 4 << 20
	// unpacked is how much of what a text holds in compressed form is looked through, in bytes: a small one may unpack to
	// gigabytes.
	unpacked = 4 << 20
)

// held gives the labels, sorted, of the secrets that stand in a text in any encoding; certain leaves out those that are
// revealed only.
func (x *index) held(text string, certain bool) []string {
	within := depth
	if certain && len(text) > deepest {
		within = 1
	}
	labels := map[string]bool{}
	fits := func(f form) bool { return !certain || !f.revealed }
	seen := map[uint64]int{}
	for _, part := range x.parts(text) {
		x.search(part, within, seen, fits, func(f form) { labels[f.label] = true })
	}
	return slices.Sorted(maps.Keys(labels))
}

// parts divides a text at its line ends: of a report's lines four in five are repeats, which a search passes over. A
// text stays whole where a secret could stand across lines, or where a line end may be half a character (UTF-16).
func (x *index) parts(text string) []string {
	if x.lined || len(text) < 4<<10 || strings.IndexByte(text, 0) >= 0 {
		return []string{text}
	}
	return append(strings.Split(text, "\n"), unwrapped(text))
}

// search shows each secret that stands in a text, as it is or in so many encodings around each other. It passes over
// what it has seen so deep, by hash: the order in which encodings are undone mostly changes nothing.
func (x *index) search(s string, depth int, seen map[uint64]int, fits func(form) bool, found func(form)) {
	if len(s) < shortest || len(x.forms) == 0 {
		return
	}
	key := maphash.String(hashSeed, s)
	if seen[key] > depth {
		return
	}
	seen[key] = depth + 1
	look := func(s string) { x.find(s, fits, func(_ int, f form) { found(f) }) }
	look(s)
	if depth == 0 {
		return
	}
	deeper := func(plain string) { x.search(plain, depth-1, seen, fits, found) }
	inCompressed(s, deeper)
	for _, e := range undone {
		if e == plus && !strings.Contains(s, "+") {
			continue // it tells from percent by that only
		}
		if plain := e.decode(s); plain != s {
			deeper(plain)
		}
	}
	decoded := func(plain string) {
		if legible(plain) {
			deeper(plain)
			return
		}
		look(plain)
		inCompressed(plain, deeper)
	}
	inBase32(s, decoded)
	inBase64(s, decoded)
	inNumbers(s, deeper, look)
}

// legible says whether a text has a stretch of characters, control characters aside, that is long enough for an encoded
// secret. What was no base64 decodes to bytes that have none, and most of a search was spent on these.
func legible(s string) bool {
	begin := 0
	for at, char := range s {
		invalid := char == utf8.RuneError && !strings.HasPrefix(s[at:], "\uFFFD")
		if invalid || char < ' ' && char != '\t' && char != '\n' && char != '\r' || char == 0x7f {
			begin = at + 1
		} else if at+utf8.RuneLen(char)-begin > shortest { // an encoded one is longer than itself
			return true
		}
	}
	return false
}

var hashSeed = maphash.MakeSeed()

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

// inBase32 looks into each run of base32, in either case: its letters and digits come to few texts by chance.
func inBase32(s string, look func(plain string)) {
	const least = 13 // eight bytes
	for from, to := 0, 0; from < len(s); from = to + 1 {
		for to = from; to < len(s) && (s[to]|0x20 >= 'a' && s[to]|0x20 <= 'z' || s[to] >= '2' && s[to] <= '7'); to++ {
		}
		if to-from < least {
			continue
		}
		run := strings.ToUpper(s[from:to])
		if left := len(run) % 8; left == 1 || left == 3 || left == 6 {
			run = run[:len(run)-1] // five bits are no byte
		}
		if plain, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(run); err == nil {
			look(string(plain))
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
	for at := 0; at+2 < len(s) && left > 0; at++ {
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
