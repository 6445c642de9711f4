package redact

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// span is a stretch of a text: the bytes from (included) to (excluded).
type span struct{ from, to int }

// form is what a secret looks like in a text.
type form struct {
	text string
	secret
	foreign bool // in another character set: to be detected, not to be rewritten
}

// index finds many secrets in one pass over a text. Each has eight bytes or more, and a text's next eight bytes tell in
// a few nanoseconds that none starts there. It is never changed once built.
type index struct {
	forms  map[uint64][]form // by their first eight bytes, the longest first
	filter []uint64          // a bit for each hash of the first eight bytes: a hundred times as many as secrets
	bits   int               // of a hash
	lined  bool              // some secret has a line end
}

// characterSets are those in which secrets are looked for beside UTF-8.
var characterSets = []encoding.Encoding{unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), charmap.ISO8859_1, charmap.Windows1251}

func newIndex(secrets map[string]secret) *index {
	x := &index{forms: map[uint64][]form{}, bits: 16}
	for 1<<x.bits < 100*len(secrets) {
		x.bits++
	}
	x.filter = make([]uint64, 1<<x.bits/64)
	for text, s := range secrets {
		x.add(form{text, s, false})
		for _, set := range characterSets {
			if written, err := set.NewEncoder().String(text); err == nil && written != text {
				x.add(form{written, s, true})
			}
		}
		if !isASCII(text) { // UTF-8 that was once taken for Western European by mistake
			mistaken, _ := charmap.ISO8859_1.NewDecoder().String(text)
			x.add(form{mistaken, s, true})
		}
		x.lined = x.lined || strings.Contains(text, "\n")
	}
	for _, forms := range x.forms {
		slices.SortFunc(forms, func(a, b form) int { return len(b.text) - len(a.text) })
	}
	return x
}

func (x *index) add(f form) {
	if len(f.text) >= shortest {
		head := headOf(f.text)
		x.forms[head] = append(x.forms[head], f)
		x.filter[x.hash(head)/64] |= 1 << (x.hash(head) % 64)
	}
}

// find shows, for each place where a form that fits starts, the longest such form; in order of place.
func (x *index) find(s string, fits func(form) bool, found func(at int, f form)) {
	for i := 0; i+8 <= len(s); i++ {
		head := headOf(s[i:])
		if x.filter[x.hash(head)/64]&(1<<(x.hash(head)%64)) == 0 {
			continue
		}
		for _, f := range x.forms[head] {
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

func headOf(s string) uint64 { return binary.LittleEndian.Uint64([]byte(s[:8])) }

func (x *index) hash(head uint64) uint64 { return head * 0x9E3779B97F4A7C15 >> (64 - x.bits) }

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
