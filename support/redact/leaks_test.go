//go:build unit

package redact

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
)

func TestSideBySideDoesEachTextOnce(t *testing.T) {
	for _, number := range []int{0, 1, 2, 100} {
		var texts []string
		for i := range number {
			texts = append(texts, fmt.Sprint(i))
		}
		var mu sync.Mutex
		var done []string
		sideBySide(texts, func(text string) {
			mu.Lock()
			defer mu.Unlock()
			done = append(done, text)
		})
		NewWithT(t).Expect(done).To(ConsistOf(texts))
	}
}

func TestSideBySidePanicsAsItsWorkDoes(t *testing.T) {
	g := NewWithT(t)
	g.Expect(func() { sideBySide([]string{"a", "b", "c"}, func(string) { panic("of the work") }) }).To(PanicWith("of the work"))
}

// Wherever a secret stands among many lines, it is found.
func TestLeaksOfManyLines(t *testing.T) {
	h := New()
	h.Learn("password", "correct horse battery")
	for at := range 7 {
		lines := strings.Split(strings.Repeat("nothing to see here\n", 7), "\n")
		for i := range lines {
			lines[i] += fmt.Sprint(i)
		}
		lines[at] = "x=correct%20horse%20battery"
		NewWithT(t).Expect(h.Leaks([]byte(strings.Join(lines, "\n")))).To(Equal([]string{"password"}), fmt.Sprint(at))
	}
}
