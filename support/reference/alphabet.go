package reference

import (
	"slices"
	"strings"
)

// alphabets are how servers read texts that keep them in fewer bits.
var alphabets = []struct {
	name, says string
	read       func(text string) string
}{
	{"of-last-bytes", "of each of its characters only the last byte counts", func(text string) string {
		return strings.Map(func(c rune) rune { return c & 0xff }, text)
	}},
	{"without-emoji", "its characters beyond the first plane are left out", func(text string) string {
		return strings.Map(func(c rune) rune {
			if c > 0xffff {
				return -1
			}
			return c
		}, text)
	}},
	{"to-four-bytes", "it ends before a character of four bytes", func(text string) string {
		text, _, _ = strings.Cut(strings.Map(func(c rune) rune { return min(c, 0x10000) }, text), "\U00010000")
		return text
	}},
}

// Narrowed are the faults of a server that keeps a field of a login in fewer bits, and so takes a text for another one.
// admits lets in who sends another text for the right one, where they are alike; clauses are those that the faults
// break, the first one that with last bytes.
func Narrowed[S any](field string, clauses [2]string,
	admits func(alike func(right, came string) bool) func(S)) (all []Peculiarity[S]) {
	for i, a := range alphabets {
		all = append(all, Peculiarity[S]{Name: field + "-" + a.name, Clause: clauses[min(i, 1)],
			Says:   "The " + field + " is read so that " + a.says + ".",
			Effect: admits(func(right, came string) bool { return right != came && a.read(right) == a.read(came) })})
	}
	return all
}

// SameEnds compares the lengths of two texts, and so many characters at each of their ends.
func SameEnds(n int) func(one, other string) bool {
	return func(one, other string) bool {
		a, b := []rune(one), []rune(other)
		return len(a) == len(b) && len(a) > 2*n && slices.Equal(a[:n], b[:n]) && slices.Equal(a[len(a)-n:], b[len(b)-n:])
	}
}
