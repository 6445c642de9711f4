package redact

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

var (
	digits   = []rune("0123456789")
	lowerHex = []rune("abcdef")
	upperHex = []rune("ABCDEF")
	lower    = []rune("ghijklmnopqrstuvwxyz")
	upper    = []rune("GHIJKLMNOPQRSTUVWXYZ")
)

// alike gives the runes that may stand for r, r among them: hexadecimal letters for hexadecimal letters, other letters for
// other letters, in the same case; beyond ASCII the neighbours of the same category and of the same length in UTF-8. It is
// empty for what never changes: punctuation, space, marks, control characters, what is no character.
func alike(r rune) []rune {
	switch {
	case '0' <= r && r <= '9':
		return digits
	case 'a' <= r && r <= 'f':
		return lowerHex
	case 'A' <= r && r <= 'F':
		return upperHex
	case 'g' <= r && r <= 'z':
		return lower
	case 'G' <= r && r <= 'Z':
		return upper
	case r < utf8.RuneSelf || r == utf8.RuneError:
		return nil
	}
	if known, ok := neighbourhoods.Load(r); ok {
		return known.([]rune)
	}
	found := neighbours(r)
	neighbourhoods.Store(r, found)
	return found
}

var neighbourhoods sync.Map // rune → []rune: the same few letters come again and again

// changes says whether another rune may stand for r.
func changes(r rune) bool { return len(alike(r)) > 0 }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// classes are the categories whose runes change; the others stay.
var classes = []*unicode.RangeTable{unicode.Ll, unicode.Lu, unicode.Lt, unicode.Lm, unicode.Lo, unicode.Nd, unicode.So}

// fallback is where a letter without neighbours of its kind finds others, by its length in UTF-8.
var fallback = map[*unicode.RangeTable][5]rune{
	unicode.Ll: {2: 0xE0, 3: 0x1E00, 4: 0x10430},
	unicode.Lu: {2: 0xC0, 3: 0x1E00, 4: 0x10400},
	unicode.Lo: {2: 0x5D0, 3: 0x4E00, 4: 0x20000},
}

func neighbours(r rune) []rune {
	for _, class := range classes {
		if !unicode.Is(class, r) {
			continue
		}
		// Sixteen code points share script and look, and sixty-four have the same first bytes in UTF-8.
		for _, size := range []rune{16, 64} {
			if found := members(class, r&^(size-1), size); len(found) > 1 {
				return found
			}
		}
		for _, similar := range []*unicode.RangeTable{class, unicode.Lo} {
			if start := fallback[similar][utf8.RuneLen(r)]; start > 0 {
				return members(similar, start, 32)
			}
		}
	}
	return nil
}

func members(class *unicode.RangeTable, from, size rune) []rune {
	var found []rune
	for r := from; r < from+size; r++ {
		if r >= utf8.RuneSelf && r != utf8.RuneError && unicode.Is(class, r) {
			found = append(found, r)
		}
	}
	return found
}
