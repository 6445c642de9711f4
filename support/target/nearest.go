package target

import (
	"slices"
	"strings"
)

// Suggest ends a sentence about a wrong word: "; did you mean `x`?", or nothing where no word is near.
func Suggest(wrong string, words []string) string {
	if near := nearest(wrong, words); near != "" {
		return "; did you mean `" + near + "`?"
	}
	return ""
}

// nearest returns the word that differs least from a wrong one, or "" where none is near: more than a third of the
// letters would have to change.
func nearest(wrong string, words []string) string {
	const longest = 100 // of a word worth comparing
	best, least := "", 1+max(1, len([]rune(wrong))/3)
	if len(wrong) > longest {
		return ""
	}
	for _, w := range words {
		if len(wrong) > 5 && strings.HasPrefix(w, wrong) { // it was cut short
			return w
		}
		if d := distance(strings.ToLower(wrong), strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the letters to insert, drop, replace or swap with their neighbour to make b of a.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	older, old, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		older, old, row = old, row, older
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, old[j+1]+1, old[j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
	}
	return row[len(t)]
}

// oneOf lists words: "`a`, `b` or `c`".
func oneOf(words []string) string { return list(words, "or") }

// allOf lists words: "`a`, `b` and `c`".
func allOf(words []string) string { return list(words, "and") }

func list(words []string, last string) string {
	quoted := slices.Clone(words)
	for i, w := range quoted {
		quoted[i] = "`" + w + "`"
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " " + last + " " + quoted[len(quoted)-1]
}
