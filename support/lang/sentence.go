package lang

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// form is how a sentence is made, in English as a pattern, in Russian as a format.
type form struct {
	english *regexp.Regexp
	part    string // the longest part between the values: without it the pattern need not be tried
	russian string
	says    []bool // of each value, whether it is such a sentence itself
}

// The parts of the catalogue with what results hold in English: sentences why a target was stopped, or something was
// not judged; and the sides of a failure. A value that is a sentence itself is written %v there, any other one %s.
const sentences, sides = "sentences", "sides"

// forms are those of each part, in the order of the catalogue.
var forms = sync.OnceValue(func() map[string][]form {
	parts, err := read(interfaceTexts)
	if err != nil {
		panic("ru.yaml cannot be read: " + err.Error())
	}
	all := map[string][]form{}
	for _, part := range []string{sentences, sides} {
		for _, e := range parts[part] {
			f := form{russian: e.Ru}
			for _, value := range value.FindAllString(e.En, -1) {
				f.says = append(f.says, value == "%v")
			}
			if len(f.says) > 0 {
				f.part = slices.MaxFunc(value.Split(e.En, -1), func(a, b string) int { return len(a) - len(b) })
				pattern := value.ReplaceAllLiteralString(regexp.QuoteMeta(e.En), "(.+?)")
				f.english = regexp.MustCompile("(?s)^" + pattern + "$")
				all[part] = append(all[part], f)
			}
		}
	}
	return all
})

// steps begin a side that speaks of one request of several: "scenario", "step": what it was answered.
var steps = regexp.MustCompile(`(?s)^("[^"]*", "[^"]*": )(.+)$`)

var value = regexp.MustCompile("%[sv]")

// Sentence is a sentence that results hold in English in the reader's language: as a whole, or by the first form that
// it has, whose values stand as they are or are sentences themselves. What the catalogue does not know stays English.
func Sentence(english string) string { return say(english, sentences, 0) }

// Side is what a failure expected, what it got, or a hint, in the reader's language as far as it is in our words: what
// a target said stays as it is.
func Side(english string) string { return say(english, sides, 0) }

func say(english, part string, depth int) string {
	const longest, deepest = 4 << 10, 8
	if m := steps.FindStringSubmatch(english); part == sides && m != nil {
		return m[1] + say(m[2], part, depth+1)
	}
	quoted := part == sides && strings.HasPrefix(english, `"`) // somebody else's words
	if reader == English || len(english) > longest || depth > deepest || quoted {
		return english
	}
	if e, known := catalogue()[english]; known && e.Ru != "" {
		return e.Ru
	}
	for _, f := range forms()[part] {
		if !strings.Contains(english, f.part) {
			continue
		}
		if found := f.english.FindStringSubmatch(english); found != nil {
			values := make([]any, len(found)-1)
			for i, value := range found[1:] {
				if values[i] = value; f.says[i] {
					values[i] = say(value, part, depth+1)
				}
			}
			return fmt.Sprintf(f.russian, values...)
		}
	}
	if said, ended := strings.CutSuffix(english, "."); ended {
		return say(said, part, depth+1) + "."
	}
	return english
}
