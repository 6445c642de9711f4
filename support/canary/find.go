package canary

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Finder looks for secrets in texts. Make it with NewFinder.
type Finder struct {
	forms   map[string][]form // by the first bytes of the form
	begins  [1 << 16]bool     // the first two bytes of a form
	clean   map[string]bool   // lines in which nothing stood: those of a run's files are mostly the same
	deflate io.ReadCloser     // made once: making it costs more than using it
}

// form is one way of writing a secret.
type form struct{ text, secret string }

// NewFinder makes a finder of the secrets, each of eight bytes or more.
func NewFinder(secrets []string) *Finder {
	f := &Finder{forms: map[string][]form{}, clean: map[string]bool{}, deflate: flate.NewReader(nil)}
	f.Add(secrets)
	return f
}

// Add has the finder look for more secrets, which stand in no text that it has seen.
func (f *Finder) Add(secrets []string) {
	for _, s := range secrets {
		for _, text := range []string{s, hex.EncodeToString([]byte(s)), wide(s, 0), wide(s, 1)} {
			text = lower(text)
			f.begins[int(text[0])<<8|int(text[1])] = true
			f.forms[text[:least]] = append(f.forms[text[:least]], form{text, s})
		}
	}
}

// lower is a text with ASCII's letters in lower case: header names change the case, and a session ID is known by its
// digits and letters all the same.
func lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// Find gives the secrets that stand in a text, as they are or in encodings around each other. It undoes an encoding in
// a whole line, wrong or right, and looks again.
func (f *Finder) Find(text []byte) []string {
	all := map[string]bool{}
	for line := range strings.SplitSeq(string(text), "\n") {
		if f.clean[line] {
			continue
		}
		found, seen := map[string]bool{}, map[string]bool{}
		texts := []string{line}
		for range 4 { // the text itself, and three encodings around each other
			var next []string
			for _, t := range texts {
				if len(t) >= least && !seen[t] {
					seen[t] = true
					f.look(lower(t), found)
					next = append(next, f.decoded(t)...)
				}
			}
			texts = next
		}
		f.clean[line] = len(found) == 0
		maps.Copy(all, found)
	}
	return slices.Sorted(maps.Keys(all))
}

// look notes the secrets that stand in a text as they are.
func (f *Finder) look(text string, found map[string]bool) {
	for i := 0; i+least <= len(text); i++ {
		if !f.begins[int(text[i])<<8|int(text[i+1])] {
			continue
		}
		for _, form := range f.forms[text[i:i+least]] {
			if strings.HasPrefix(text[i:], form.text) {
				found[form.secret] = true
			}
		}
	}
}

var (
	backslash = regexp.MustCompile(`\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[0-9a-fA-F]{4}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)`)
	hundredth = regexp.MustCompile(`(?:%[0-9a-fA-F]{2})+`)
	base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{11,}`)
)

// decoded is what a text may stand for.
func (f *Finder) decoded(text string) []string {
	all := []string{
		backslash.ReplaceAllStringFunc(text, func(unit string) string {
			if plain, err := strconv.Unquote(`"` + unit + `"`); err == nil {
				return plain
			}
			if units := strings.Split(unit, `\u`); len(units) == 3 { // a surrogate pair
				high, _ := strconv.ParseUint(units[1], 16, 16)
				low, _ := strconv.ParseUint(units[2], 16, 16)
				return string(utf16.DecodeRune(rune(high), rune(low)))
			}
			return unit[1:]
		}),
		html.UnescapeString(text),
		hundredth.ReplaceAllStringFunc(text, func(unit string) string { plain, _ := url.PathUnescape(unit); return plain }),
	}
	if strings.Contains(text, "+") {
		all = append(all, strings.ReplaceAll(text, "+", " "))
	}
	standard := strings.NewReplacer("-", "+", "_", "/")
	for _, run := range base64Run.FindAllString(text, -1) {
		for skip := range 4 {
			rest := standard.Replace(run[skip:])
			if len(rest)%4 == 1 { // six bits are no byte
				rest = rest[:len(rest)-1]
			}
			if plain, err := base64.RawStdEncoding.DecodeString(rest); err == nil {
				all = append(all, string(plain))
			}
		}
	}
	return append(all, f.inflated(text)...)
}

// inflated is what the compressed stretches of a text hold.
func (f *Finder) inflated(text string) (all []string) {
	read := func(r io.Reader) {
		plain, _ := io.ReadAll(io.LimitReader(r, 8<<20))
		all = append(all, string(plain))
	}
	if !utf8.ValidString(text) { // deflate bears no mark
		_ = f.deflate.(flate.Resetter).Reset(strings.NewReader(text), nil)
		read(f.deflate)
	}
	for at := range len(text) - 1 {
		switch text[at : at+2] {
		case "\x1f\x8b":
			if r, err := gzip.NewReader(strings.NewReader(text[at:])); err == nil {
				read(r)
			}
		case "\x78\x01", "\x78\x5e", "\x78\x9c", "\x78\xda":
			if r, err := zlib.NewReader(strings.NewReader(text[at:])); err == nil {
				read(r)
			}
		}
	}
	return all
}

// wide is a text in UTF-16 without its very first or very last zero byte, whichever byte order it has.
func wide(text string, high int) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		if high == 0 {
			b = append(b, byte(unit), byte(unit>>8))
		} else {
			b = append(b, byte(unit>>8), byte(unit))
		}
	}
	return string(b)
}
