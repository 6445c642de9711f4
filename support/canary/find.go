package canary

import (
	"bytes"
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
	heads map[string][]form // by the first bytes of the form
}

// form is one way of writing a secret.
type form struct{ text, secret string }

// NewFinder makes a finder of the secrets, each of eight bytes or more.
func NewFinder(secrets []string) *Finder {
	f := &Finder{heads: map[string][]form{}}
	for _, s := range secrets {
		// Header names change the case: a session ID is known by its digits and letters all the same.
		for _, text := range []string{s, strings.ToLower(s), hex.EncodeToString([]byte(s)), wide(s, 0), wide(s, 1)} {
			f.heads[text[:least]] = append(f.heads[text[:least]], form{text, s})
		}
	}
	return f
}

// Find gives the secrets that stand in a text, as they are or in encodings around each other. It undoes an encoding in
// a whole line, wrong or right, and looks again.
func (f *Finder) Find(text []byte) []string {
	found, seen := map[string]bool{}, map[string]bool{}
	texts := strings.Split(string(text), "\n")
	for range 4 { // the text itself, and three encodings around each other
		var next []string
		for _, t := range texts {
			if len(t) < least || seen[t] {
				continue
			}
			seen[t] = true
			f.look(t, found)
			f.look(strings.ToLower(t), found)
			next = append(next, decoded(t)...)
		}
		texts = next
	}
	return slices.Sorted(maps.Keys(found))
}

// look notes the secrets that stand in a text as they are.
func (f *Finder) look(text string, found map[string]bool) {
	for i := 0; i+least <= len(text); i++ {
		for _, form := range f.heads[text[i:i+least]] {
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
func decoded(text string) []string {
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
			rest := standard.Replace(run[min(skip, len(run)):])
			if plain, err := base64.RawStdEncoding.DecodeString(rest[:len(rest)/4*4]); err == nil && len(plain) >= least {
				all = append(all, string(plain))
			}
			if plain, err := base64.RawStdEncoding.DecodeString(rest); err == nil && len(plain) >= least {
				all = append(all, string(plain))
			}
		}
	}
	return append(all, inflated(text)...)
}

// inflated is what the compressed stretches of a text hold.
func inflated(text string) []string {
	var all []string
	if !utf8.ValidString(text) { // deflate bears no mark
		plain, _ := io.ReadAll(io.LimitReader(flate.NewReader(strings.NewReader(text)), 8<<20))
		all = append(all, string(plain))
	}
	for mark, open := range map[string]func(io.Reader) (io.ReadCloser, error){
		"\x1f\x8b": func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) },
		"\x78":     zlib.NewReader,
	} {
		for at := 0; at < len(text); at++ {
			next := strings.Index(text[at:], mark)
			if next < 0 {
				break
			}
			at += next
			if r, err := open(bytes.NewReader([]byte(text[at:]))); err == nil {
				plain, _ := io.ReadAll(io.LimitReader(r, 8<<20))
				all = append(all, string(plain))
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
