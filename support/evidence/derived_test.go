//go:build unit

package evidence

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestHowMade(t *testing.T) {
	for _, c := range []struct {
		of, text, how string
		places        int
	}{
		{"Geheim-42", "gEHEIM-42", "case 0 1 2 3 4 5", 6},
		{"Geheim-42", "Geheim-4", "first 8", 1},
		{"Geheim-42", "Geheim-42 ", "insert 9 +", 1},
		{"Geheim-42", " Geheim-42", "insert 0 +", 1},
		{"Geheim-42", "Geheim0-42", "insert 6 0", 1},
		{"Geheim-42", "im-42", "last 5", 1},
		{"Geheim-42", "Gehxim-43", "other 3 8", 2},
		{"Geheim-42", "Gehxim-43' OR '1'='1", "other 3 8; then %27+OR+%271%27%3D%271", 3},
		{"Geheim-42", "Gehxim-43|.*|' OR '1'='1", "other 3 8; then %7C.%2A%7C%27+OR+%271%27%3D%271", 3},
		{"Käsekuchen", "Kasekuchen", "other 1", 1},
	} {
		how, places, ok := howMade(c.of, c.text)
		g := NewWithT(t)
		g.Expect(ok).To(BeTrue(), c.text)
		g.Expect(how).To(Equal(c.how))
		g.Expect(places).To(Equal(c.places))
	}
	for _, text := range []string{"", "Geheim-42", "Geh", "etwas anderes", "Geheim_42", "Geheim-42 and more",
		"Geheim-42xy", "Anders-97xy"} {
		_, _, ok := howMade("Geheim-42", text)
		NewWithT(t).Expect(ok).To(BeFalse(), text)
	}
}
