//go:build unit

package lang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// asked are the texts that the code says, and of each whether it counts; others are the further strings in it, which
// may be said by way of a variable.
type asked struct {
	counts map[string]bool
	others map[string]bool
	all    strings.Builder // the others, with each place for a value written %s
	wrong  []string
}

// TestTheInterfaceIsTranslated compares the catalogue with what code and pages say: nothing is missing, nothing unused.
func TestTheInterfaceIsTranslated(t *testing.T) {
	g := NewWithT(t)
	a := &asked{counts: map[string]bool{}, others: map[string]bool{}}
	a.code(g, "../..")
	a.pages(g, "../report/page/*.html", "../clause/*.html")
	g.Expect(a.wrong).To(BeEmpty())
	parts, err := read(interfaceTexts)
	g.Expect(err).NotTo(HaveOccurred())
	known := map[string]entry{}
	held := append(slices.Clone(parts[sentences]), parts[sides]...)
	for _, e := range held {
		for _, piece := range value.Split(e.En, -1) {
			piece = strings.TrimSuffix(strings.Trim(piece, `",.:; `), " the body") // which stands by itself: match.Shown
			g.Expect(strings.Contains(a.all.String(), piece)).
				To(BeTrue(), "nothing says %q of %q: take it out", piece, e.En)
		}
	}
	for _, e := range entriesOf(parts) {
		g.Expect(known).NotTo(HaveKey(e.En), "the text stands twice")
		known[e.En] = e
		if slices.Contains(held, e) {
			continue
		}
		_, said := a.counts[e.En]
		g.Expect(said || a.others[e.En]).To(BeTrue(), "nothing says %q: take it out", e.En)
	}
	for text, counts := range a.counts {
		e, there := known[text]
		g.Expect(there).To(BeTrue(), "ru.yaml lacks %q", text)
		g.Expect(e.One != "").To(Equal(counts), "%q: forms for numbers are wanted where it counts, and only there", text)
	}
}

// TestRussianTextsAreSound holds all catalogues to their form.
func TestRussianTextsAreSound(t *testing.T) {
	g := NewWithT(t)
	parts, err := read(interfaceTexts)
	g.Expect(err).NotTo(HaveOccurred())
	for _, e := range entriesOf(parts) {
		g.Expect(amiss(e)).To(BeEmpty())
	}
	for _, e := range []entry{{En: "%d a", Ru: "%d а", One: "%d а", Few: "%d а", Many: "%d а"},
		{En: "%d a", One: "%d а", Many: "%d а"}, {En: "a %s", Ru: "а"}, {En: "a %s %d", Ru: "а %[2]s %[1]d"},
		{En: "Open", Ru: "Open"}, {En: "A", Ru: "А "}, {En: "It is so.", Ru: "Это так"}, {En: "Open"}} {
		g.Expect(amiss(e)).NotTo(BeEmpty(), "%v", e)
	}
}

// entriesOf are the entries of all parts.
func entriesOf(parts map[string][]entry) (all []entry) {
	for _, entries := range parts {
		all = append(all, entries...)
	}
	return all
}

var (
	verb     = regexp.MustCompile(`%(\[\d\])?[-+# 0]*\d*(\.\d+)?(\[\d\])?([a-zA-Z%])`)
	cyrillic = regexp.MustCompile(`\p{Cyrillic}`)
	latin    = regexp.MustCompile(`[A-Za-z]`)
)

// amiss says what is wrong with an entry; empty: nothing.
func amiss(e entry) string {
	texts := []string{e.Ru}
	if e.One+e.Few+e.Many != "" {
		if texts = []string{e.One, e.Few, e.Many}; e.Ru != "" || slices.Contains(texts, "") {
			return fmt.Sprintf("%q: it needs one, few and many, or ru alone", e.En)
		}
	}
	for _, text := range texts {
		switch {
		case !slices.Equal(verbs(text), verbs(e.En)):
			return fmt.Sprintf("%q: %q has other places for values", e.En, text)
		case latin.MatchString(verb.ReplaceAllString(e.En, "")) && !cyrillic.MatchString(text):
			return fmt.Sprintf("%q: %q is not Russian", e.En, text)
		case strings.HasPrefix(text, " ") != strings.HasPrefix(e.En, " ") ||
			strings.HasSuffix(text, " ") != strings.HasSuffix(e.En, " "):
			return fmt.Sprintf("%q: %q begins or ends otherwise", e.En, text)
		case strings.HasSuffix(text, ".") != strings.HasSuffix(e.En, "."):
			return fmt.Sprintf("%q: one of the two is a sentence: %q", e.En, text)
		}
	}
	return ""
}

// verbs are the places for values in a format, by the value that each shows: "1d", "2s".
func verbs(format string) (list []string) {
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[4] == "%" {
			continue
		}
		if m[1]+m[3] != "" {
			next, _ = strconv.Atoi(strings.Trim(m[1]+m[3], "[]"))
		}
		list = append(list, fmt.Sprint(next)+m[4])
		next++
	}
	slices.Sort(list)
	return list
}

// code takes what Go code below a folder says by T and N, and its further strings.
func (a *asked) code(g *WithT, root string) {
	g.Expect(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		says := file.Name.Name == "lang" || slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool {
			return i.Path.Value == `"session-conformance/support/lang"`
		})
		ast.Inspect(file, func(n ast.Node) bool { a.take(n, files, says); return true })
		return nil
	})).To(Succeed())
}

// take takes a part of the code; says is whether its file says texts by T and N.
func (a *asked) take(n ast.Node, files *token.FileSet, says bool) {
	if e, ok := n.(ast.Expr); ok {
		if text, ok := literal(e); ok && !a.others[text] {
			a.others[text] = true
			a.all.WriteString(verb.ReplaceAllString(text, "%s") + "\n")
		}
	}
	if n, ok := n.(*ast.CallExpr); ok && says {
		name := ""
		switch said := n.Fun.(type) {
		case *ast.SelectorExpr:
			name = said.Sel.Name
		case *ast.Ident:
			name = said.Name
		}
		first, known := map[string]int{"T": 0, "N": 2}[name]
		if !known || len(n.Args) <= first {
			return
		}
		text, ok := literal(n.Args[first])
		if !ok {
			return // by way of a variable
		}
		a.say(files.Position(n.Pos()).String(), text, first > 0, len(n.Args)-1-first)
	}
}

// say notes that a text is said, with so many values beside the number.
func (a *asked) say(where, text string, counts bool, values int) {
	if counts {
		values++
	}
	if len(verbs(text)) != values {
		a.wrong = append(a.wrong, fmt.Sprintf("%s: %q is given %d values", where, text, values))
	}
	a.counts[text] = counts
}

// literal is the value of a string that stands in the code, in one piece or in several.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also
	}
	return "", false
}
