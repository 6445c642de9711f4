//go:build unit

package match

import (
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// What an answer costs its reader is bounded, however many elements it has and however deep they are nested: each of
// some hundred specs reads it, and other targets wait meanwhile.
func TestAnAnswerCostsLittleToRead(t *testing.T) {
	const size = 4 << 20 // bytes of an answer that are read at most
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, body := range map[string]string{
		"elements":             "<a>" + fill("<s/>") + "</a>",
		"roots":                fill("<s/>"),
		"elements in elements": fill("<s>"),
		"attributes":           "<a " + fill(`b="" `) + "/>",
		"brackets":             fill("["),
		"objects":              fill(`{"a":`),
		"objects in a list":    "[" + fill("{},") + "{}]",
	} {
		g := NewWithT(t)
		e := xmlAnswer("", body)
		began := time.Now()
		for range 3 {
			if strings.HasPrefix(body, "<") {
				_, err := ParseXML(e)
				g.Expect(err).To(HaveOccurred(), name)
			} else {
				_, whole := ParseJSON(e)
				g.Expect(whole).To(Equal(name == "objects in a list"), name)
			}
		}
		g.Expect(time.Since(began)).To(BeNumerically("<", 3*time.Second), name)
	}
	many := "<a>" + strings.Repeat("<s/>", xmlElements-1) + "</a>"
	_, err := ParseXML(xmlAnswer("", many))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	_, err = ParseXML(xmlAnswer("", "<b>"+many+"</b>"))
	NewWithT(t).Expect(err).To(MatchError("there are more than 20000 elements, which no documented answer has"))
}
