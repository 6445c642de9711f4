package redact

import (
	"encoding/binary"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// span is a stretch of a text: the bytes from (included) to (excluded).
type span struct{ from, to int }

// index finds many secrets in one pass over a text. Each has eight bytes or more, and a text's next eight bytes tell in
// a few nanoseconds that none starts there. It is never changed once built.
type index struct {
	labels map[string]string   // secret → label
	heads  map[uint64][]string // first eight bytes → the secrets that begin with them, the longest first
	filter [1024]uint64        // a bit for each of 65,536 values of the hash of the first eight bytes
	wide   bool                // some secret has characters beyond ASCII
	spaced bool                // some secret has a space
	lined  bool                // some secret has a line end
}

func newIndex(labels map[string]string) *index {
	x := &index{labels: labels, heads: map[uint64][]string{}}
	for s := range labels {
		head := headOf(s)
		x.heads[head] = append(x.heads[head], s)
		x.expect(head)
		if !isASCII(s) {
			x.wide = true
			for _, set := range oneByte {
				if written, err := set.NewEncoder().String(s); err == nil && len(written) >= shortest {
					x.expect(headOf(written))
				}
			}
		}
		x.spaced = x.spaced || strings.Contains(s, " ")
		x.lined = x.lined || strings.Contains(s, "\n")
	}
	for _, secrets := range x.heads {
		slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) })
	}
	return x
}

// oneByte are the character sets of one byte in which secrets are looked for.
var oneByte = []*charmap.Charmap{charmap.ISO8859_1, charmap.Windows1251}

// expect has mayStart say yes to these eight bytes.
func (x *index) expect(head uint64) {
	bit := hash(head)
	x.filter[bit/64] |= 1 << (bit % 64)
}

// mayStart says whether a secret, in UTF-8 or one byte a character, may start with these eight bytes: quick, and wrong
// now and then.
func (x *index) mayStart(head uint64) bool {
	bit := hash(head)
	return x.filter[bit/64]&(1<<(bit%64)) != 0
}

// find gives, for each place where a secret of at most limit bytes starts, the longest such secret; in order of place.
func (x *index) find(s string, limit int) []span {
	var found []span
	for i := 0; i+8 <= len(s); i++ {
		head := headOf(s[i:])
		if !x.mayStart(head) {
			continue
		}
		for _, secret := range x.heads[head] {
			if len(secret) <= limit && strings.HasPrefix(s[i:], secret) {
				found = append(found, span{i, i + len(secret)})
				break
			}
		}
	}
	return found
}

// segments gives the stretches to be replaced, in order: secrets of at most limit bytes. Those that overlap are one, so
// that no part of a secret stays.
func (x *index) segments(s string, limit int) []span { return apart(x.find(s, limit)) }

// apart sorts stretches and joins those that overlap.
func apart(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var out []span
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
	out := edited{body: s}
	for _, p := range segments {
		out.replace(p, with(s[p.from:p.to]))
	}
	return out.String()
}

// within says whether a value is a kept word or a part of one.
func within(kept, value string) bool {
	return value != "" && strings.IndexByte(value, 0) < 0 && strings.Contains(kept, value)
}

func headOf[T string | []byte](s T) uint64 {
	return binary.LittleEndian.Uint64([]byte(s[:8]))
}

func hash(head uint64) uint64 { return head * 0x9E3779B97F4A7C15 >> 48 }

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
