//go:build unit

package redact

import (
	"bytes"
	"compress/gzip"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"html"
	"net/textproto"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/text/unicode/norm"
)

func TestNameHidesASecretInAnyCase(t *testing.T) {
	g := NewWithT(t)
	const id = "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"
	h := hider(id, "Secret Value 99")
	for _, name := range []string{"Set-Cookie", "X-Request-Id", "", "X-A5f946dc"} {
		g.Expect(h.Name(name)).To(Equal(name))
	}
	for _, name := range []string{id, "x-" + id, "X-" + strings.ToUpper(id), "x-" +
		hex.EncodeToString([]byte("Secret Value 99"))} {
		name = textproto.CanonicalMIMEHeaderKey(name)
		hidden := h.Name(name)
		g.Expect(hidden).NotTo(Equal(name))
		g.Expect(hidden).To(HaveLen(len(name)))
		g.Expect(strings.ToLower(hidden)).NotTo(ContainSubstring(strings.ToLower(name)))
	}
	h.Learn("late", "application-9")
	g.Expect(h.Name("Application-9")).NotTo(Equal("Application-9"), "what is learnt later counts too")
}

// What unpacks to gigabytes is looked through in part.
func TestABombIsLookedThroughInPart(t *testing.T) {
	g := NewWithT(t)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(make([]byte, 3*unpacked))
	_ = w.Close()
	bombs := strings.Repeat(b.String(), 20)
	seen := 0
	inCompressed(bombs, func(plain string) { seen += len(plain) })
	g.Expect(seen).To(Equal(unpacked))
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

// A program may read a secret in another way than it was written: the forms are found, and left out.
func TestASecretThatIsMisreadIsFound(t *testing.T) {
	for name, seen := range map[string]string{
		"as Unicode decomposes it":   norm.NFD.String("Zażółć, hasło"),
		"in a set that lacks Polish": "Za?\u00f3??, has?o",
		"in ASCII, by bytes":         "Za????????, has??o",
		"with marks of Unicode":      "Za\uFFFD\uFFFD\uFFFD\uFFFD, has\uFFFDo",
		"in base32 amid a run":       "aaa" + base32.StdEncoding.EncodeToString([]byte("Zażółć, hasło")),
		"in ASCII":                   "Za????, has?o",
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			h := hider("Zażółć, hasło")
			g.Expect(h.Leaks([]byte("seen: " + seen))).To(ConsistOf("secret"))
			g.Expect(h.Text("seen: " + seen)).NotTo(ContainSubstring(seen))
			g.Expect(h.Leaks([]byte("seen: ??????, ?????"))).To(BeEmpty())
		})
	}
}
