package redact

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// span is a stretch of a text: the bytes from (included) to (excluded).
type span struct{ from, to int }

// form is what a secret looks like in a text.
type form struct {
	text string
	secret
	foreign bool // in another character set or case: to be detected, not to be rewritten
}

// index finds many secrets in one pass over a text. It is never changed once built.
type index struct {
	forms  map[string][]form // by their first eight bytes, the longest first
	begins [1 << 16]bool     // the first two bytes of each: most of a text is passed over by them
	lined  bool              // some secret has a line end
}

// characterSets are those in which secrets are looked for beside UTF-8.
var characterSets = []encoding.Encoding{unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), charmap.ISO8859_1, charmap.Windows1251}

// newIndex is that of the secrets that are searched by value.
func newIndex(secrets map[string]secret, kept string) *index {
	x := &index{forms: map[string][]form{}}
	for text, s := range secrets {
		if !searchable(text, kept) {
			continue
		}
		x.add(form{text, s, false})
		for _, set := range characterSets {
			if written, err := set.NewEncoder().String(text); err == nil && written != text {
				x.add(form{written, s, true})
			}
		}
		_, core, _ := trim(text)
		for _, other := range []string{strings.ToUpper(text), strings.ToLower(text)} {
			// Of a short core one in a dozen stand-ins would be another secret in the other case.
			if len(core) >= shortest && other != text && !within(kept, other) && !SaysRefusal(text) {
				x.add(form{other, s, true})
			}
		}
		for _, other := range misread(text) {
			if searchable(other, kept) {
				x.add(form{other, s, true})
			}
		}
		x.lined = x.lined || strings.Contains(text, "\n")
	}
	for _, forms := range x.forms {
		slices.SortFunc(forms, func(a, b form) int { return len(b.text) - len(a.text) })
	}
	return x
}

// misread are the forms that a text beyond ASCII takes where a program reads it in another way than it was written: as
// Unicode normalizes it, as UTF-8 that is taken for Western European, and with question marks for what a character set
// lacks.
func misread(text string) (all []string) {
	if isASCII(text) {
		return nil
	}
	for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC, norm.NFKD} {
		if other := form.String(text); other != text {
			all = append(all, other)
		}
	}
	mistaken, _ := charmap.ISO8859_1.NewDecoder().String(text)
	all = append(all, mistaken)
	for _, has := range []func(rune) bool{
		func(r rune) bool { return r < utf8.RuneSelf },
		func(r rune) bool { _, ok := charmap.ISO8859_1.EncodeRune(r); return ok },
		func(r rune) bool { _, ok := charmap.Windows1251.EncodeRune(r); return ok },
	} {
		// One for a character, for each half of it in UTF-16, for each byte of it; or the mark of Unicode itself.
		for _, mark := range []func(rune) string{
			func(rune) string { return "?" },
			func(r rune) string { return strings.Repeat("?", utf16.RuneLen(r)) },
			func(r rune) string { return strings.Repeat("?", utf8.RuneLen(r)) },
			func(rune) string { return "\uFFFD" },
		} {
			left := 0
			var marked strings.Builder
			for _, r := range text {
				if r == utf8.RuneError || has(r) {
					marked.WriteRune(r)
					left++
				} else {
					marked.WriteString(mark(r))
				}
			}
			if left >= shortest { // else the marks are most of it
				all = append(all, marked.String())
			}
		}
	}
	return all
}

func (x *index) add(f form) {
	if len(f.text) >= shortest {
		x.forms[f.text[:shortest]] = append(x.forms[f.text[:shortest]], f)
		x.begins[int(f.text[0])<<8|int(f.text[1])] = true
	}
}

// find shows, for each place where a form that fits starts, the longest such form; in order of place.
func (x *index) find(s string, fits func(form) bool, found func(at int, f form)) {
	for i := 0; i+shortest <= len(s); i++ {
		if !x.begins[int(s[i])<<8|int(s[i+1])] {
			continue
		}
		for _, f := range x.forms[s[i:i+shortest]] {
			if strings.HasPrefix(s[i:], f.text) && fits(f) {
				found(i, f)
				break
			}
		}
	}
}

// segments gives the stretches to be replaced, in order: secrets of at most limit bytes. Those that overlap are one, so
// that no part of a secret stays.
func (x *index) segments(s string, limit int) (found []span) {
	x.find(s, func(f form) bool { return !f.foreign && len(f.text) <= limit },
		func(at int, f form) { found = append(found, span{at, at + len(f.text)}) })
	return apart(found)
}

// apart sorts stretches and joins those that overlap.
func apart(spans []span) (out []span) {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.from < out[last].to {
			out[last].to = max(out[last].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// replace writes s anew with its segments replaced.
func replace(s string, segments []span, with func(string) string) string {
	if len(segments) == 0 {
		return s
	}
	var out strings.Builder
	done := 0
	for _, p := range segments {
		out.WriteString(s[done:p.from] + with(s[p.from:p.to]))
		done = p.to
	}
	return out.String() + s[done:]
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
