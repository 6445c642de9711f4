//go:build unit

package sink_test

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"session-conformance/support/sink"
)

// marking are texts that Markdown or HTML would make more of than text.
var marking = []string{
	"a | b", `a \| b`, `\`, "``code``", "<script>alert(1)</script>", "<!-- x", "![x](http://evil/)",
	"[x](javascript:alert(1))", "**b** _i_ ~~s~~",
	"# head", "- item", "1. one", "+ more", "= rule", "> quote", "http://evil.test/x", "www.evil.test", "qa@evil.test",
	"@octocat", "fix #12, !3, $4, ~bug, %5, &6",
	"&lt;b&gt;", "[^1]: note", "| --- |", "$$x$$", ":+1:", "a\n\n# b", "[[wiki]]", "{{ x }}", "/close", "=1+1",
}

var reader = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))

func rendered(g *WithT, markdown string) *html.Node {
	var page bytes.Buffer
	g.Expect(reader.Convert([]byte(markdown), &page)).To(Succeed())
	root, err := html.Parse(&page)
	g.Expect(err).NotTo(HaveOccurred())
	return root
}

// texts gives the elements below body, and their text.
func texts(root *html.Node) (elements []string, text string) {
	for n := range root.Descendants() {
		switch n.Type {
		case html.ElementNode:
			elements = append(elements, n.Data)
		case html.TextNode:
			text += n.Data
		case html.CommentNode:
			elements = append(elements, "comment or raw HTML "+n.Data)
		}
	}
	return elements, text
}

func TestMarkdownShowsTextAsItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(marking), rapid.String()), 1, 3).
			Draw(t, "texts"), " ")
		shown := strings.Join(strings.Fields(sink.Visible(text)), " ")
		prepared := strings.NewReplacer("<code>", "", "</code>", "").Replace(sink.Markdown(text)) // goldmark leaves out tags
		row, body := rendered(g, "| a | b |\n|---|---|\n| "+prepared+" | end |\n"), rendered(g, prepared)
		elements, said := texts(row)
		g.Expect(slices.Contains(elements, "a")).To(BeFalse(), "%q is a link", prepared)
		g.Expect(elements).To(HaveExactElements("html", "head", "body", "table", "thead", "tr", "th", "th", "tbody", "tr",
			"td", "td"), "%q", prepared)
		g.Expect(strings.Join(strings.Fields(said), " ")).To(Equal(strings.TrimSpace("a b "+shown) + " end"))
		elements, said = texts(body)
		if shown != "" {
			g.Expect(elements).To(HaveExactElements("html", "head", "body", "p"), "%q", prepared)
			g.Expect(strings.TrimSpace(said)).To(Equal(shown))
		}
	})
}

// GitHub and GitLab look for people, issues and addresses in the text that Markdown gives, wherever it is not code.
func TestMarkdownMentionsNobody(t *testing.T) {
	g := NewWithT(t)
	for _, text := range []string{"ask @octocat", "fix #12", "see !3", "~bug", "at https://evil.test", "www.evil.test",
		"$12", "%3", "&4", "#x"} {
		g.Expect(sink.Markdown(text)).To(And(HavePrefix("<code>"), HaveSuffix("</code>")), "%q", text)
	}
	g.Expect(sink.Markdown("nobody | listens (yet)")).To(Equal("nobody &#124; listens (yet)"))
	g.Expect(sink.Markdown("saymon-cookie-path, 12 ms.")).To(Equal("saymon-cookie-path, 12 ms."))
}

func TestHTMLShowsTextAsItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		text := rapid.OneOf(rapid.SampledFrom(marking), rapid.SampledFrom(obeyed), rapid.String()).Draw(t, "text")
		root, err := html.Parse(strings.NewReader(`<p title="` + sink.HTML(text) + `">` + sink.HTML(text) + "</p>"))
		g.Expect(err).NotTo(HaveOccurred())
		elements, said := texts(root)
		g.Expect(elements).To(HaveExactElements("html", "head", "body", "p"))
		g.Expect(said).To(Equal(sink.Visible(text)))
	})
}

// A spreadsheet computes what begins with a sign, in a field as it parts them: at commas here, at semicolons there.
func TestNoFieldIsAFormula(t *testing.T) {
	computes := regexp.MustCompile(`^[\s"]*[=+\-@|%＝＋－＠]`)
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		start := rapid.SampledFrom([]string{"=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "  =1", "x;=1+1",
			"x,@y", "＝1", "plain", `"=1"`, "|x"})
		text := start.Draw(t, "start") + rapid.String().Draw(t, "rest")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		g.Expect(w.Write([]string{"first", sink.CSV(text), "last"})).To(Succeed())
		w.Flush()
		back, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(back).To(HaveLen(1))
		g.Expect(back[0]).To(HaveLen(3))
		for _, field := range append(strings.Split(b.String(), ";"), strings.TrimLeft(back[0][1], `"`)) {
			g.Expect(computes.MatchString(field)).To(BeFalse(), "%q", field)
		}
	})
}
