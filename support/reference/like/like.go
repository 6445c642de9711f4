// Package like compares what came with what would be right, as careless code does.
package like

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// Begins holds for the beginning of the right text, Ends for its end, Longer for the right text with more behind it.
func Begins(right, came string) bool { return strings.HasPrefix(right, came) }
func Ends(right, came string) bool   { return strings.HasSuffix(right, came) }
func Longer(right, came string) bool { return strings.HasPrefix(came, right) }

// Trimmed holds for the right text in white space.
func Trimmed(right, came string) bool { return strings.TrimSpace(came) == right }

// FirstEight compares the first eight characters, as crypt(3) once compared no more.
func FirstEight(right, came string) bool { return head(right) == head(came) }

func head(text string) string {
	characters := []rune(text)
	return string(characters[:min(8, len(characters))])
}

// SecondHalf compares the lengths of two texts, and their second halves.
func SecondHalf(right, came string) bool {
	half := len(right) / 2
	return len(right) == len(came) && len(right) > 8 && right != came && right[half:] == came[half:]
}

// BothEnds compares the lengths of two texts, and so many characters at each of their ends.
func BothEnds(n int) func(right, came string) bool {
	return func(right, came string) bool {
		a, b := []rune(right), []rune(came)
		return len(a) == len(b) && len(a) > 2*n && slices.Equal(a[:n], b[:n]) && slices.Equal(a[len(a)-n:], b[len(b)-n:])
	}
}

// Bytes compares so many bytes and no more.
func Bytes(n int) func(right, came string) bool {
	return func(right, came string) bool { return len(came) >= n && len(right) >= n && came[:n] == right[:n] }
}

// Regexp reads what came as a regular expression, SQL as a pattern of SQL's LIKE, Glob as one of file names.
func Regexp(right, came string) bool {
	met, err := regexp.MatchString("^(?:"+came+")$", right)
	return err == nil && met
}

func SQL(right, came string) bool {
	return Regexp(right, strings.NewReplacer("%", ".*", "_", ".").Replace(regexp.QuoteMeta(came)))
}

func Glob(right, came string) bool {
	met, err := path.Match(came, right)
	return err == nil && met
}

// Has holds for what has a part in it, Word for what is one of some words, and Blanks for blanks, whatever would be
// right.
func Has(part string) func(right, came string) bool {
	return func(_, came string) bool { return strings.Contains(came, part) }
}

func Blanks(_, came string) bool { return strings.TrimSpace(came) == "" }

func Word(words ...string) func(right, came string) bool {
	return func(_, came string) bool { return slices.Contains(words, came) }
}
