// Package like compares what came with what would be right, as careless code does.
package like

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/reference"
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

// Kind is a kind of value that a field of a JSON object may have where a text belongs: its name in the names of faults,
// and in sentences.
type Kind struct {
	Name, Says string
	Is         func(value any) bool
}

// Named is the kind by another name.
func (k Kind) Named(name string) Kind {
	k.Name = name
	return k
}

var (
	Absent      = Kind{"absent", "nothing", is[reference.Missing]}
	Null        = Kind{"null", "null", func(v any) bool { return v == nil }}
	Empty       = Kind{"empty", "an empty text", func(v any) bool { return v == "" }}
	Blank       = Kind{"blank", "blanks", func(v any) bool { return v != "" && trimmed(v) == "" }}
	True        = Kind{"true", "true", func(v any) bool { return v == true }}
	False       = Kind{"false", "false", func(v any) bool { return v == false }}
	Number      = Kind{"number", "a number", is[float64]}
	List        = Kind{"list", "a list", is[[]any]}
	Object      = Kind{"object", "an object", is[map[string]any]}
	EmptyObject = Kind{"object", "an empty object", isHollow}
	Long        = Kind{"long", "a text of 4,000 characters", isLong}
)

func is[T any](v any) bool { _, is := v.(T); return is }
func isHollow(v any) bool  { o, is := v.(map[string]any); return is && len(o) == 0 }
func isLong(v any) bool    { text, _ := v.(string); return len(text) > 1000 }

// trimmed is a text without white space around it, and any other value as it is.
func trimmed(v any) any {
	if text, is := v.(string); is {
		return strings.TrimSpace(text)
	}
	return v
}

// Query is an object that some databases take for a condition: one of its names begins with an operator.
func Query(operator string) Kind {
	return Kind{"query", "a condition with " + operator, func(v any) bool {
		object, _ := v.(map[string]any)
		for name := range object {
			if strings.HasPrefix(name, operator) {
				return true
			}
		}
		return false
	}}
}

// ListOf says whether a value is a list that holds the right text alone.
func ListOf(right string, came any) bool {
	list, _ := came.([]any)
	return len(list) == 1 && list[0] == right
}

// Text is a text that compares well, whatever would be right.
func Text(name, says string, alike func(right, came string) bool) Kind {
	return Kind{name, says, func(v any) bool { text, _ := v.(string); return text != "" && alike("", text) }}
}
