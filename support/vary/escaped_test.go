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
