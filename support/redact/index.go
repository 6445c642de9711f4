package redact

import (
	"encoding/binary"
	"sort"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// span is a stretch of a text: the bytes from (included) to (excluded).
type span struct{ from, to int }

// index finds many secrets in one pass over a text. Each has eight bytes or more, and a text's next eight bytes tell in
// a few
// nanoseconds that none starts there.
type index struct {
	labels  map[string]string // secret → label
	sorted  []string          // the secrets in the order of their bytes
	shorter []int             // of each: the place of the longest other one that it begins with, or -1
	heads   map[uint64]span   // first eight bytes → where they stand in sorted
	filter  [1024]uint64      // a bit for each of 65,536 values of the hash of the first eight bytes
	wide    bool              // some secret has characters beyond ASCII
	spaced  bool              // some secret has a space
	lined   bool              // some secret has a line end
}

func newIndex(labels map[string]string) *index {
	x := &index{labels: labels, heads: map[uint64]span{}}
	for s := range labels {
		x.sorted = append(x.sorted, s)
	}
	sort.Strings(x.sorted)
	x.shorter = make([]int, len(x.sorted))
	for i, s := range x.sorted {
		x.shorter[i] = x.prefix(s, i-1)
		head := headOf(s)
		place, known := x.heads[head]
		if !known {
			place.from = i
		}
		x.heads[head] = span{place.from, i + 1}
		x.expect(head)
		if !isASCII(s) {
			x.wide = true
			for _, set := range []*charmap.Charmap{charmap.ISO8859_1, charmap.Windows1251} {
				if written, err := set.NewEncoder().String(s); err == nil && len(written) >= shortest {
					x.expect(headOf([]byte(written)))
				}
			}
		}
		x.spaced = x.spaced || strings.Contains(s, " ")
		x.lined = x.lined || strings.Contains(s, "\n")
	}
	return x
}

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

// prefix gives the longest secret that s begins with, given the last secret that is not after s.
func (x *index) prefix(s string, last int) int {
	for last >= 0 && !strings.HasPrefix(s, x.sorted[last]) {
		last = x.shorter[last]
	}
	return last
}

// find gives, for each place where a secret of at most limit bytes starts, the longest such secret; in order of place.
func (x *index) find(s string, limit int) []span {
	var found []span
	if len(x.sorted) == 0 {
		return nil
	}
	for i := 0; i+8 <= len(s); i++ {
		head := headOf(s[i:])
		if !x.mayStart(head) {
			continue
		}
		place, known := x.heads[head]
		if !known {
			continue
		}
		rest := s[i:min(i+limit, len(s))]
		// Any secret that rest begins with is the last one not after rest, or one that this one begins with.
		after := place.from + sort.Search(place.to-place.from, func(k int) bool { return x.sorted[place.from+k] > rest })
		if at := x.prefix(rest, after-1); at >= 0 {
			found = append(found, span{i, i + len(x.sorted[at])})
		}
	}
	return found
}

// segments gives the stretches to be replaced, in order: each a secret of at most limit bytes, the longest first. Where
// secrets
// overlap, what is left of the shorter one is a stretch of its own, so that no part of a secret stays.
func (x *index) segments(s string, limit int) []span {
	var out []span
	found := x.find(s, limit)
	for len(found) > 0 {
		region, n := found[0], 1
		for n < len(found) && found[n].from < region.to {
			region.to = max(region.to, found[n].to)
			n++
		}
		out = append(out, cut(region, found[:n])...)
		found = found[n:]
	}
	return out
}

// cut divides a region of overlapping secrets.
func cut(region span, found []span) []span {
	if found[0] == region {
		return []span{region}
	}
	found = append([]span(nil), found...)
	sort.SliceStable(found, func(i, k int) bool { return found[i].to-found[i].from > found[k].to-found[k].from })
	taken := make([]bool, region.to-region.from)
	var chosen []span
	for _, f := range found {
		// None taken before is shorter, so an overlap shows at an end.
		if taken[f.from-region.from] || taken[f.to-1-region.from] {
			continue
		}
		for i := f.from; i < f.to; i++ {
			taken[i-region.from] = true
		}
		chosen = append(chosen, f)
	}
	sort.Slice(chosen, func(i, k int) bool { return chosen[i].from < chosen[k].from })
	var out []span
	done := region.from
	for _, c := range append(chosen, span{region.to, region.to}) {
		if done < c.from {
			out = append(out, span{done, c.from})
		}
		if c.from < c.to {
			out = append(out, c)
		}
		done = c.to
	}
	return out
}

// replace writes s anew with its segments replaced.
func replace(s string, segments []span, with func(string) string) string {
	if len(segments) == 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	done := 0
	for _, p := range segments {
		b.WriteString(s[done:p.from])
		b.WriteString(with(s[p.from:p.to]))
		done = p.to
	}
	b.WriteString(s[done:])
	return b.String()
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
