//go:build unit

package lang

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"
)

// pages takes what the templates of pages say by t and n.
func (a *asked) pages(g *WithT, patterns ...string) {
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(paths).NotTo(BeEmpty(), pattern)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			g.Expect(err).NotTo(HaveOccurred())
			page, parts := parse.New(path), map[string]*parse.Tree{}
			page.Mode = parse.SkipFuncCheck
			_, err = page.Parse(string(text), "", "", parts)
			g.Expect(err).NotTo(HaveOccurred())
			for name, part := range parts {
				a.page(part.Root)
				g.Expect(untranslated(part.Root)).To(BeEmpty(), "%s: %s: it says this in English to all", path, name)
			}
		}
	}
}

// untranslated are the words of a part of a page that stand there for readers of every language. Names and commands,
// in code and pre, are no words.
func untranslated(part *parse.ListNode) (words []string) {
	page := html.NewTokenizer(strings.NewReader(outside.ReplaceAllString(part.String(), "")))
	for within := ""; ; {
		switch kind := page.Next(); kind {
		case html.ErrorToken:
			return words
		case html.StartTagToken, html.SelfClosingTagToken:
			token := page.Token()
			within = token.Data
			for _, attribute := range token.Attr {
				if slices.Contains([]string{"aria-label", "title", "alt", "placeholder", "lang"}, attribute.Key) &&
					latin.MatchString(attribute.Val) && attribute.Val != "en" {
					words = append(words, attribute.Val)
				}
			}
		case html.EndTagToken:
			within = ""
		case html.TextToken:
			text := strings.ReplaceAll(string(page.Text()), "SHA-256", "")
			if latin.MatchString(text) && !slices.Contains([]string{"code", "pre", "style", "script"}, within) {
				words = append(words, text)
			}
		}
	}
}

// outside are the actions of a template.
var outside = regexp.MustCompile(`\{\{[^}]*\}\}`)

// page takes what a part of a page says: of each command, wherever it stands.
func (a *asked) page(node any) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				a.page(child)
			}
		}
	case *parse.ActionNode:
		a.page(n.Pipe)
	case *parse.TemplateNode:
		a.page(n.Pipe)
	case *parse.IfNode:
		a.branches(&n.BranchNode)
	case *parse.RangeNode:
		a.branches(&n.BranchNode)
	case *parse.WithNode:
		a.branches(&n.BranchNode)
	case *parse.PipeNode:
		if n != nil {
			for _, command := range n.Cmds {
				a.command(command)
			}
		}
	}
}

func (a *asked) branches(n *parse.BranchNode) {
	a.page(n.Pipe)
	a.page(n.List)
	a.page(n.ElseList)
}

func (a *asked) command(c *parse.CommandNode) {
	for _, argument := range c.Args {
		a.page(argument)
	}
	called, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok || called.Ident != "t" && called.Ident != "n" {
		return
	}
	counts, at := called.Ident == "n", 1
	if counts {
		at = 3
	}
	if text, ok := c.Args[at].(*parse.StringNode); ok {
		a.say("a page", text.Text, counts, len(c.Args)-at-1)
	}
}
