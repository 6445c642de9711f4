//go:build unit

package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/support/target"
)

// shown parses the report as a browser would.
func shown(t *testing.T, runs ...*Results) (*html.Node, string) {
	t.Helper()
	g := NewWithT(t)
	text, err := HTML(runs)
	g.Expect(err).NotTo(HaveOccurred())
	root, err := html.Parse(strings.NewReader(string(text)))
	g.Expect(err).NotTo(HaveOccurred())
	return root, string(text)
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
	r.Contradictions = []Contradiction{{Clause: "c-x", Source: "001, response", Text: "The sample differs from the prose."}}
	t := &r.Targets[0]
	t.Product = target.Product{Name: "SAYMON", Version: "3.21", Vendor: "ACME"}
	t.Requests, t.Stopped, t.TooCommon = 41, "three requests got no answer", []string{"user.password"}
	t.Waivers = []Waiver{{Waiver: target.Waiver{Clause: "c-waived-shown", Reason: "ACME-1234", Until: "2027-01-31"}}}
	t.Observations = []Observation{{"login status", "200 OK"}}
	r.Targets[1].Results = append(r.Targets[1].Results, Result{Clause: "c-w", Tier: "extra", Verdict: Inconclusive, Spec: "spec c", Message: "waits for c-y: got 500"})
	t.Results[1].Call, t.Results[1].Exchanges, t.Results[1].Curl = "POST /session", []int{3, 4}, "curl -sS -i http://h/"
	return r
}

func TestHTMLShowsWhatTheResultsHold(t *testing.T) {
	g := NewWithT(t)
	root, _ := shown(t, whole(), &Results{API: "sdm", Started: now, Problems: []string{"line 3: no such key"}})
	g.Expect(wordsOf(elements(root, "title")[0])).To(Equal("Session conformance, 2 targets: 1 non-conformant, 1 inconclusive"))
	text := wordsOf(elements(root, "main")[0])
	for _, want := range []string{"SAYMON 3.21, ACME", "Requests sent 41", "Refused logins user: 5", "Stopped: three requests got no answer",
		"c-waived-shown ACME-1234 2027-01-31 holds", "login status 200 OK", "c-x 001, response The sample differs from the prose.",
		"Judged 2026-11-22 12:00 UTC in 1.5 s, API saymon, suite v0.1.0", `Some specs only: --focus "cookies"`, "curl -sS -i http://h/",
		"Evidence: exchanges 3, 4 in evidence/lab.har", "stale: its clause passes now", "user.password", "POST /session",
		"1 inconclusive spec: waiting for c-y, which is not met",
		"Oracle Session Delivery Manager: nothing was judged.", "line 3: no such key"} {
		g.Expect(text).To(ContainSubstring(want))
	}
	specs := 0
	for _, li := range elements(root, "li") {
		if attribute(li, "class") == "spec" {
			specs++
		}
	}
	g.Expect(specs).To(Equal(7))
}

func TestHTMLOfNothing(t *testing.T) {
	root, _ := shown(t)
	NewWithT(t).Expect(wordsOf(elements(root, "header")[0])).To(ContainSubstring("no target was judged"))
}

func TestTheMatrixHasACellForEachTarget(t *testing.T) {
	g := NewWithT(t)
	r := whole()
	for i := range manyTargets - len(r.Targets) {
		more := judged(result(Pass, "stated"), result(Waived, "shown"))
		more.Name = fmt.Sprintf("site-%d", i)
		r.Targets = append(r.Targets, *more)
	}
	root, _ := shown(t, r)
	rows := 0
	for _, tr := range elements(root, "tr") {
		if attribute(tr, "data-clause") != "" {
			rows++
			g.Expect(elements(tr, "td")).To(HaveLen(manyTargets))
			g.Expect(attribute(elements(tr, "th")[0], "scope")).To(Equal("row"))
		}
	}
	g.Expect(rows).To(Equal(7))
}

// Of very many targets the page leaves out what passes, and says so; every target and all that does not pass stay.
func TestVeryManyTargets(t *testing.T) {
	g := NewWithT(t)
	r := &Results{API: "saymon"}
	for i := range 1000 {
		one := judged(result(Pass, "stated"), result(Pass, "shown"), result(Pass, "extra"))
		if one.Name = fmt.Sprintf("site-%d", i); i%5 == 0 {
			one = judged(result(Pass, "stated"), result(Fail, "shown"))
			one.Name = fmt.Sprintf("site-%d", i)
		}
		r.Targets = append(r.Targets, *one)
	}
	root, text := shown(t, r)
	g.Expect(len(text)).To(BeNumerically("<", 4<<20), "bytes")
	specs, pages := 0, 0
	for _, e := range append(elements(root, "li"), elements(root, "article")...) {
		switch attribute(e, "class") {
		case "spec":
			specs++
			g.Expect(attribute(e, "data-verdict")).To(Equal("fail"))
		case "page":
			pages++
		}
	}
	g.Expect(specs).To(Equal(200), "each that does not pass")
	g.Expect(pages).To(Equal(1000))
	for _, tr := range elements(root, "tr") {
		if attribute(tr, "data-clause") != "" {
			g.Expect(elements(tr, "td")).To(HaveLen(manyTargets))
		}
	}
	g.Expect(wordsOf(root)).To(And(ContainSubstring("100 of 1000 targets: the worst of those that are not conformant"),
		ContainSubstring("3 specs pass. Of more than 100 targets they are left out here and stand in saymon.json.")))
}

func TestACellShowsTheWeightiestVerdict(t *testing.T) {
	g := NewWithT(t)
	r := &Results{API: "saymon", Targets: []Target{{Name: "a", Results: []Result{{Clause: "c", Verdict: Pass}, {Clause: "c", Verdict: Fail}, {Clause: "c", Verdict: Warn}}},
		{Name: "b", Results: []Result{{Clause: "d", Verdict: Pass}}}}}
	m := viewOf([]*Results{r}).APIs[0].Matrix
	g.Expect(m.Calls).To(HaveLen(1))
	g.Expect(m.Calls[0].Rows[0].Cells).To(Equal([]cellOf{{badgeOf(Fail), "spec-1-2"}, {}}))
	g.Expect(m.Calls[0].Rows[1].Cells).To(Equal([]cellOf{{}, {badge: badgeOf(Pass)}}))
	for _, v := range Verdicts() {
		g.Expect(cellVerdicts).To(ContainElement(v))
	}
}

// A login with a password sets the cookie, and there is no login with Keycloak: the clause about the cookie is met, and not unsupported.
func TestWhatWasNotJudgedDoesNotHideAPass(t *testing.T) {
	g := NewWithT(t)
	for shown, verdicts := range map[Verdict][]Verdict{Pass: {Unsupported, Pass, Unconfigured, NotApplicable}, Inconclusive: {Pass, Inconclusive, Unsupported},
		Unconfigured: {Unsupported, Unconfigured}} {
		var results []Result
		for _, v := range verdicts {
			results = append(results, Result{Clause: "c", Verdict: v})
		}
		m := viewOf([]*Results{{API: "saymon", Targets: []Target{{Name: "a", Results: results}}}}).APIs[0].Matrix
		g.Expect(m.Calls[0].Rows[0].Cells[0].badge).To(Equal(badgeOf(shown)))
	}
}

func TestWriteRefreshesThePage(t *testing.T) {
	g := NewWithT(t)
	d := Dir{t.TempDir()}
	g.Expect(d.Write(sample())).To(Succeed())
	second := whole()
	second.API = "sdm"
	g.Expect(d.Write(second)).To(Succeed())
	text, err := os.ReadFile(filepath.Join(d.Path, "index.html"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(And(ContainSubstring("SAYMON / Central Pult"), ContainSubstring("Oracle Session Delivery Manager"), ContainSubstring("4 targets")))
}

func TestSmallWords(t *testing.T) {
	g := NewWithT(t)
	g.Expect([]string{took(0.0002), took(2.04)}).To(Equal([]string{"0.2 ms", "2.0 s"}))
	g.Expect([]string{plural(1, "spec"), plural(0, "spec")}).To(Equal([]string{"1 spec", "0 specs"}))
	g.Expect(numbers([]int{1, 2, 3, 4, 5, 6, 7, 8, 9})).To(Equal("…, 2, 3, 4, 5, 6, 7, 8, 9"))
	g.Expect(numbers(nil)).To(BeEmpty())
}
