//go:build e2e

package proof

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/support/evidence"
)

var (
	// obeyed is what a terminal would obey, or a spreadsheet or browser would not show.
	obeyed = regexp.MustCompile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f\u202e]|\u0080|\u009b")
	// traces are of a program that broke, and of net/http's log, which repeats what comes unasked.
	traces = regexp.MustCompile(`goroutine \d+|panic:|\[PANICKED|runtime error|%!|Unsolicited`)
)

// checkReports checks that a run's files and its console can be opened without harm.
func (s *siege) checkReports(t *testing.T) {
	t.Helper()
	g := NewWithT(t)
	g.Expect(obeyed.FindString(s.output)).To(BeEmpty(), tail(s.output, 2000))
	g.Expect(traces.FindString(s.output)).To(BeEmpty(), tail(s.output, 4000))
	read := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join(s.reports().Path, name))
		g.Expect(err).NotTo(HaveOccurred())
		return text
	}
	checkXML(g, read("TEST-"+s.api.API+".xml"))
	results := read(s.api.API + ".json")
	g.Expect(json.Valid(results)).To(BeTrue())
	g.Expect(obeyed.Find(results)).To(BeNil(), s.api.API+".json")
	summary := read("summary.md")
	g.Expect(obeyed.Find(summary)).To(BeNil(), "summary.md")
	g.Expect(string(summary)).NotTo(Or(ContainSubstring("<script"), ContainSubstring("<img")))
	checkHTML(g, read("index.html"))
	for _, target := range s.results.Targets {
		har := read("evidence/" + target.Name + ".har")
		g.Expect(json.Valid(har)).To(BeTrue(), target.Name)
		ev, err := evidence.Read(har)
		g.Expect(err).NotTo(HaveOccurred(), target.Name)
		g.Expect(ev.Target.Name).To(Equal(target.Name))
		g.Expect(obeyed.Find(har)).To(BeNil(), target.Name)
	}
}

// checkXML checks that JUnit is whole, and that its counts are those of its cases.
func checkXML(g *WithT, text []byte) {
	g.Expect(obeyed.Find(text)).To(BeNil(), "JUnit")
	decoder := xml.NewDecoder(bytes.NewReader(text))
	cases, said := 0, ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		g.Expect(err).NotTo(HaveOccurred())
		element, is := token.(xml.StartElement)
		switch {
		case is && element.Name.Local == "testcase":
			cases++
		case is && element.Name.Local == "testsuites":
			for _, a := range element.Attr {
				if a.Name.Local == "tests" {
					said = a.Value
				}
			}
		case is:
			g.Expect([]string{"testsuite", "properties", "property", "failure", "skipped", "system-out"}).
				To(ContainElement(element.Name.Local))
		}
	}
	g.Expect(json.Number(said).String()).To(Equal(jsonNumber(cases)))
}

func jsonNumber(n int) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// checkHTML checks that nothing in the page runs but its own script.
func checkHTML(g *WithT, page []byte) {
	g.Expect(obeyed.Find(page)).To(BeNil(), "index.html")
	root, err := html.Parse(bytes.NewReader(page))
	g.Expect(err).NotTo(HaveOccurred())
	scripts := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" {
			scripts++
		}
		g.Expect([]string{"img", "iframe", "object", "embed", "svg", "link", "base"}).NotTo(ContainElement(n.Data))
		for _, a := range n.Attr {
			g.Expect(strings.HasPrefix(a.Key, "on")).To(BeFalse(), "%s %s", n.Data, a.Key)
			if a.Key == "href" {
				g.Expect(a.Val).To(MatchRegexp(`^(#|(\.\./)?(evidence/[A-Za-z0-9.-]+\.har$|index\.html$|` +
					`(targets|clauses)/[A-Za-z0-9.-]+\.html(#[a-z0-9-]+)?$))`))
			}
		}
	}
	g.Expect(scripts).To(Equal(1))
}
