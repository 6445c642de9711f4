//go:build unit

package vary_test

import (
	"encoding/json"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/vary"
)

func TestJSONEscaped(t *testing.T) {
	g := NewWithT(t)
	g.Expect(vary.JSONEscaped(`ą"a`, false)).To(Equal(`"\u0105\"a"`))
	g.Expect(vary.JSONEscaped("a😀", true)).To(Equal(`"\u0061\ud83d\ude00"`))
	for _, text := range []string{"", "plain", "\n\t\\", `Zażółć "gęślą" & <jaźń>`, "日本😀"} {
		for _, all := range []bool{false, true} {
			var back string
			g.Expect(json.Unmarshal([]byte(vary.JSONEscaped(text, all)), &back)).To(Succeed())
			g.Expect(back).To(Equal(text))
		}
	}
}

func TestUnassignedIDs(t *testing.T) {
	g := NewWithT(t)
	g.Expect(vary.Unassigned("64f1c0a2b7e9d3001c8a4e11")).To(MatchRegexp(`^fe[0-9a-f]{22}$`))
	g.Expect(vary.Unassigned("64F1C0A2B7E9D3001C8A4E11")).To(MatchRegexp(`^FE[0-9A-F]{22}$`))
	for _, id := range []string{"1", "42", "9007199254740993"} {
		g.Expect(vary.Unassigned(id)).To(MatchRegexp(`^9\d{17}$`), "beyond 2^53")
	}
	g.Expect(vary.Unassigned("u-7f3a")).To(And(MatchRegexp(`^[a-z]-\d[a-f]\d[a-f]$`), Not(Equal("u-7f3a"))))
}

func TestLongerIsNobodys(t *testing.T) {
	g := NewWithT(t)
	g.Expect(vary.Longer("64f1c0a2b7e9d3001c8a4e11")).To(Equal("64f1c0a2b7e9d3001c8a4e110"))
	g.Expect(vary.Longer("17")).To(BeEmpty(), "170 could be somebody's")
}
