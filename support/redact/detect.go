package redact

import (
	"hash/maphash"
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
