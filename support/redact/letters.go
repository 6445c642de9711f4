package redact

import (
	"unicode"
	"unicode/utf8"
)

// kinds are the runes that may stand for each other: hexadecimal letters for hexadecimal letters, other letters for
// other letters, in the same case.
var kinds = [][]rune{[]rune("0123456789"), []rune("abcdef"), []rune("ABCDEF"), []rune("ghijklmnopqrstuvwxyz"),
	[]rune("GHIJKLMNOPQRSTUVWXYZ")}

// alike gives the runes that may stand for r, r among them; beyond ASCII neighbours of the same category and of the
// same length in UTF-8. It is empty for what never changes: punctuation, space, marks, control characters, what is no
// character.
func alike(r rune) []rune {
	for _, kind := range kinds {
		if kind[0] <= r && r <= kind[len(kind)-1] {
			return kind
		}
	}
	var found []rune
	// Sixteen code points share script, look and the character sets of one byte; sixty-four have the same first bytes in
	// UTF-8.
	for size := rune(16); size <= 64 && len(found) < 2 && r >= utf8.RuneSelf && r != utf8.RuneError; size += 48 {
		found = nil
		for _, class := range []*unicode.RangeTable{unicode.Ll, unicode.Lu, unicode.Lt, unicode.Lm, unicode.Lo, unicode.Nd,
			unicode.So} {
			for n := r &^ (size - 1); unicode.Is(class, r) && n < r&^(size-1)+size; n++ {
				if n >= utf8.RuneSelf && unicode.Is(class, n) {
					found = append(found, n)
				}
			}
		}
	}
	if len(found) < 2 {
		found = nil
	}
	return found
}

// changes says whether another rune may stand for r.
func changes(r rune) bool { return len(alike(r)) > 0 }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
