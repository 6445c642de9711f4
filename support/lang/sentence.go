package lang

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// form is how a sentence is made, in English as a pattern, in Russian as a format.
type form struct {
	english *regexp.Regexp
	russian string
}

// sentences is the part of the catalogue with the sentences that results hold: why a target was stopped, why something
// was not judged. Their values are all written %s.
const sentences = "sentences"

var forms = sync.OnceValue(func() (list []form) {
	parts, err := read(interfaceTexts)
	if err != nil {
		panic("ru.yaml cannot be read: " + err.Error())
	}
	for _, e := range parts[sentences] {
		if pieces := strings.Split(regexp.QuoteMeta(e.En), "%s"); len(pieces) > 1 {
			list = append(list, form{regexp.MustCompile("^" + strings.Join(pieces, "(.+?)") + "$"), e.Ru})
		}
	}
	return list
})

// Sentence is a sentence that results hold in English in the reader's language: as a whole, or by the first form that
// it has, whose values stand as they are or are sentences themselves. What the catalogue does not know stays English.
func Sentence(english string) string { return sentence(english, 0) }

func sentence(english string, depth int) string {
	const longest, deepest = 4 << 10, 8
	if reader == English || len(english) > longest || depth > deepest {
		return english
	}
	if e, known := catalogue()[english]; known && e.Ru != "" {
		return e.Ru
	}
	for _, f := range forms() {
		if found := f.english.FindStringSubmatch(english); found != nil {
			values := make([]any, len(found)-1)
			for i, value := range found[1:] {
				if values[i] = value; strings.Contains(value, " ") { // else it is a name
					values[i] = sentence(value, depth+1)
				}
			}
			return fmt.Sprintf(f.russian, values...)
		}
	}
	return english
}
