//go:build unit

package redact

import (
	"html"
	"testing"

	. "github.com/onsi/gomega"
)

// What a request wrote by the numbers of its characters is shown so: whether the product reads that is what is judged.
func TestStandInsAreWrittenByNumbersWhereSecretsWere(t *testing.T) {
	h := New()
	h.Learn("node.password", "Kuchen?/+Teller")
	for text, shape := range map[string]string{"a=%4Buchen%3F%2F%2BTeller": "a=%[0-9A-F]{2}.*%3F%2F%2B.*",
		"a=%4buchen%3f%2f%2bTeller": "a=%[0-9a-f]{2}[a-z]{5}%3f%2f%2b[A-Z].*"} {
		NewWithT(t).Expect(h.Text(text)).To(MatchRegexp("^" + shape + "$"))
	}
	h.Learn("user.password", "Żółw-7Ħ\U00010348x")
	for _, c := range [][2]string{
		{`{"p":"\u017b\u00f3\u0142\u0077\u002d\u0037\u0126\ud800\udf48\u0078"}`, `\{"p":"(\\u[0-9a-f]{4}){10}"\}`},
		{`{"p":"\u017B\u00F3\u0142w-7\u0126\uD800\uDF48x"}`,
			`\{"p":"(\\u[0-9A-F]{4}){2}\\u[0-9a-f]{4}[a-z]-[1-9]\\u[0-9a-f]{4}(\\u[0-9A-F]{4}){2}[a-z]"\}`},
		{`<p>&#379;&#243;&#322;w-7&#294;&#66376;x</p>`, `<p>(&#[0-9]+;){3}[a-z]-[1-9](&#[0-9]+;){2}[a-z]</p>`},
		{`<p>&#x17b;&#xf3;&#x142;w-7&#x126;&#x10348;x</p>`,
			`<p>(&#x[0-9a-f]+;){3}[a-z]-[1-9](&#x[0-9a-f]+;){2}[a-z]</p>`},
	} {
		text, shape := c[0], c[1]
		g := NewWithT(t)
		shown := h.Text(text)
		g.Expect(shown).To(MatchRegexp("^" + shape + "$"))
		read := json.decode(shown)
		if text[0] == '<' {
			read = html.UnescapeString(shown)
		}
		g.Expect(read).To(ContainSubstring(h.StandIn("Żółw-7Ħ\U00010348x")))
	}
}
