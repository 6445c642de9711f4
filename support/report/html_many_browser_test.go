//go:build browser

package report

import (
	"fmt"
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// A hundred targets of a hundred specs each: the verdict of every one is there to see, wide and narrow, in a file of
// bounded size.
func TestAHundredTargets(t *testing.T) {
	many := whole()
	many.Targets = nil
	for i := range 100 {
		var specs []Result
		for k := range 100 {
			r := result([]Verdict{Pass, Pass, Pass, Pass, Fail, Inconclusive, Warn, Waived}[(i+k*k)%8],
				[]string{"stated", "shown", "extra"}[k%3])
			r.Clause, r.Spec, r.Call = fmt.Sprintf("clause-%d", k), fmt.Sprintf("does what clause %d says", k),
				fmt.Sprintf("GET /call/%d", k%7)
			r.Message += strings.Repeat("; the answer was another one", 20)
			specs = append(specs, r)
		}
		one := *judged(specs...)
		one.Name = fmt.Sprintf("site-%d", i)
		if i%10 == 0 {
			one.Name += strings.Repeat("-with-a-long-name", 4)
		}
		many.Targets = append(many.Targets, one)
	}
	for _, width := range []int64{390, 1400} {
		b := open(t, width, "dark", many)
		info, err := os.Stat(b.file)
		b.Expect(err).NotTo(HaveOccurred())
		b.Expect(info.Size()).To(BeNumerically("<", 20<<20), "bytes of the file")
		b.Expect(value[int](b, `[...document.querySelectorAll("#verdicts tbody .badge")].filter(e => e.checkVisibility() && e.getBoundingClientRect().right <= innerWidth).length`)).To(
			Equal(100), "each target's verdict, without scrolling sideways")
		b.Expect(value[bool](b, `document.documentElement.scrollWidth <= innerWidth`)).
			To(BeTrue(), "the page scrolls sideways")
		t.Logf("%d bytes, loaded %.0f ms after its start", info.Size(),
			value[float64](b, `performance.getEntriesByType("navigation")[0].loadEventEnd`))
		b.quiet()
	}
}
