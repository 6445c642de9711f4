//go:build unit

package report

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	_ "session-conformance/suites/apis" // whose targets the tests are about
	"session-conformance/support/target"
)

// shown parses the report as a browser would.
func shown(t *testing.T, runs ...*Results) (*html.Node, string) {
	t.Helper()
	g := NewWithT(t)
	var text strings.Builder
	g.Expect(writePage(&text, "index.html", viewOf(runs))).To(Succeed())
	root, err := html.Parse(strings.NewReader(text.String()))
	g.Expect(err).NotTo(HaveOccurred())
	return root, text.String()
}

// elements are all elements of that name, in the document's order.
func elements(root *html.Node, name string) []*html.Node {
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			list = append(list, n)
		}
	}
	return list
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func wordsOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(" " + d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// whole is a run with all that a report shows.
func whole() *Results {
	r := sample()
	r.Filter = `--focus "cookies"`
	r.Contradictions = []Contradiction{{Clause: "c-x", Source: "001, response",
		Text: "The sample differs from the prose."}}
	t := &r.Targets[0]
	t.Product = target.Product{Name: "SAYMON", Version: "3.21", Vendor: "ACME"}
	t.Requests, t.Stopped, t.TooCommon = 41, "three requests got no answer", []string{"user.password"}
	t.Waivers = []Waiver{{Waiver: target.Waiver{Clause: "c-waived-shown", Reason: "ACME-1234", Until: "2027-01-31"}}}
	t.Observations = []Observation{{"login status", "200 OK"}}
	r.Targets[1].Results = append(r.Targets[1].Results, Result{Clause: "c-w", Tier: "extra", Verdict: Inconclusive,
		Spec: "spec c", Message: "waits for c-y: got 500"})
	t.Results[1].Message = "c-fail-stated (stated; 001): It is so.\n  expected  200\n  got       500\n  try       curl"
	t.Exchanges = []Shown{{Number: 3, Scenario: "log in", Step: "log in", Asked: Message{Line: "POST http://h/"},
		Answer: Message{Line: "500 Internal Server Error",
			Headers: [][2]string{{"Content-Type", "text/plain"}}, Body: "Something went wrong."}}}
	t.Timeline = []Moment{{0, 0.1, 200}, {0.1, 0.2, 0}}
	r.Unjudged = []Unjudged{{"c-u", "Nobody can tell.", "No document says."}}
	t.Scripts = []Script{{"c-fail-stated", []string{"USER_PASSWORD"}, "ask 1 POST /session", "#!/bin/sh\n"}}
	r.Appendix = []byte("<!doctype html>")
	r.Documents = []Document{{File: "001_a.txt", Title: "Create a session"}}
	t.Results[1].Source = "001, response"
	t.Results[1].Call, t.Results[1].Exchanges, t.Results[1].Curl = "POST /session", []int{3, 4}, "curl -sS -i http://h/"
	return r
}

// shownTarget parses the page of the run's target at that place.
func shownTarget(t *testing.T, r *Results, i int) (*html.Node, string) {
	t.Helper()
	g := NewWithT(t)
	var text strings.Builder
	g.Expect(writePage(&text, "target.html", pageOf(&apiView{Results: r}, &r.Targets[i], false))).
		To(Succeed())
	root, err := html.Parse(strings.NewReader(text.String()))
	g.Expect(err).NotTo(HaveOccurred())
	return root, text.String()
}
