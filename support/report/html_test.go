//go:build unit

package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/support/target"
)

func TestHTMLShowsWhatTheResultsHold(t *testing.T) {
	g := NewWithT(t)
	root, _ := shown(t, whole(), &Results{API: "sdm", Started: now, Problems: []string{"line 3: no such key"}})
	g.Expect(wordsOf(elements(root, "title")[0])).To(Equal("Session conformance, 2 targets: 1 non-conformant, 1 " +
		"inconclusive"))
	text := wordsOf(elements(root, "main")[0])
	for _, want := range []string{"SAYMON 3.21", "4 of 4", "judged live 2026-11-22 12:00 UTC",
		`some specs only: --focus "cookies"`, "expected 200 got 500", "waiting for c-y, which is not met: 1 spec",
		"Oracle Session Delivery Manager: nothing was judged.", "line 3: no such key", "It is so."} {
		g.Expect(text).To(ContainSubstring(want))
	}
}

func TestThePageOfATargetShowsWhatTheResultsHold(t *testing.T) {
	g := NewWithT(t)
	root, _ := shownTarget(t, whole(), 0)
	text := wordsOf(elements(root, "body")[0])
	for _, want := range []string{"SAYMON 3.21, ACME", "Requests sent 41", "Refused logins user: 5",
		"Stopped: three requests got no answer",
		"c-waived-shown ACME-1234 2027-01-31 holds", "login status 200 OK",
		"c-x 001, response The sample differs from the prose.", "expected 200 got 500",
		"judged live 2026-11-22 12:00 UTC , suite v0.1.0", `some specs only: --focus "cookies"`, "curl -sS -i http://h/",
		"user.password", "POST /session",
		"3 log in: log in → 500 Internal Server Error", "Content-Type: text/plain", "Something went wrong.",
		"c-u Nobody can tell. No document says.", "stated · 001, response (Create a session)", "stated: 2 of 2 judged",
		"sh repro/lab/c-fail-stated.sh", "ask 1 POST /session", "with USER_PASSWORD , curl and python3", "All clauses"} {
		g.Expect(text).To(ContainSubstring(want))
	}
	for _, id := range []string{"c-fail-stated", "c-warn-extra", "c-waived-shown", "c-pass-stated"} {
		g.Expect(slices.ContainsFunc(slices.Collect(root.Descendants()),
			func(n *html.Node) bool { return attribute(n, "id") == id })).To(BeTrue(), "a link by the clause's ID: %s", id)
	}
	gathered := whole()
	gathered.Targets[0].Gathered = &Gathered{When: now, By: "v0.0.9",
		Waivers: []target.Waiver{{Clause: "c-z", Reason: "because", Until: "2027-01-01"}}}
	root, _ = shownTarget(t, gathered, 0)
	g.Expect(wordsOf(elements(root, "header")[0])).To(ContainSubstring("judged from evidence gathered 2026-11-22 12:00 " +
		"UTC by suite v0.0.9"))
	g.Expect(wordsOf(elements(root, "main")[0])).To(ContainSubstring("Waivers in the evidence, not applied c-z " +
		"because, until 2027-01-01"))
}

// A clause that fails in several ways in is one finding, and what several specs lack is said once.
func TestOneCauseIsOneFinding(t *testing.T) {
	g := NewWithT(t)
	var results []Result
	for _, way := range []string{"the login", "the email", "a token"} {
		results = append(results, Result{Clause: "c-quoted", Tier: "stated", Documented: Documented{Says: "It is quoted."},
			Spec:    "with " + way,
			Verdict: Fail, Message: "c\n  expected  a\n  got       b"},
			Result{Clause: "c-" + way[:3], Tier: "extra", Spec: way, Verdict: Unconfigured,
				Message: "user.id is not set for lab: fill it in in targets.yaml to have this judged"})
	}
	p := pageOf(&apiView{Results: &Results{API: "saymon"}}, judged(results...), false)
	g.Expect(p.Failed).To(HaveLen(1))
	g.Expect(p.Failed[0].Specs).To(HaveLen(3))
	g.Expect(p.Open).To(HaveLen(1))
	g.Expect(p.Open[0].Says).To(Equal("user.id would have 3 more specs judged"))
	g.Expect(p.Headline()).To(Equal("3 of 6 specs judged · 1 clause failed · 3 unconfigured"))
}

func TestWhatDiffersIsMarked(t *testing.T) {
	g := NewWithT(t)
	differing := func(m *marked) (list []string) {
		for _, p := range *m {
			if p.Differs {
				list = append(list, p.Text)
			}
		}
		return list
	}
	for _, test := range []struct{ expected, got, wanted, came string }{
		{"Set-Cookie: sid=<session ID>; Path=/", "Set-Cookie: sid=5f0c; Path=/node", "Path=/", "Path=/node"},
		{"Set-Cookie: sid=<session ID>; HttpOnly", "Set-Cookie: sid=5f0c; path=/", "HttpOnly", "path=/"},
		{"a status 2xx", "500 Internal Server Error", "", ""},
		{"the status 200", "the status 204", "the status 200", "the status 204"},
	} {
		a, b := differ(test.expected, test.got)
		g.Expect([]string{strings.Join(differing(a), ""), strings.Join(differing(b), "")}).
			To(Equal([]string{test.wanted, test.came}), test.expected)
	}
	g.Expect(sidesOf("c (stated): x\n  expected  a\n            b\n  got       c: d\n  try       curl\n  again     x")).
		To(Equal(map[string]string{"expected": "a\nb", "got": "c: d", "try": "curl", "again": "x"}))
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
	rows := 0
	for _, tr := range elements(root, "tr") {
		if strings.HasPrefix(attribute(tr, "id"), "target-") {
			rows++
		}
	}
	g.Expect(rows).To(Equal(1000), "each target's verdict")
	for _, tr := range elements(root, "tr") {
		if attribute(tr, "data-clause") != "" {
			g.Expect(elements(tr, "td")).To(HaveLen(manyTargets))
		}
	}
	g.Expect(wordsOf(root)).To(ContainSubstring("100 of 1000 targets: the worst of those that are not conformant"))
	g.Expect(wordsOf(root)).To(ContainSubstring("It is so. c-fail-shown"))
}

func TestACellShowsTheWeightiestVerdict(t *testing.T) {
	g := NewWithT(t)
	r := &Results{API: "saymon", Targets: []Target{{Name: "a", Results: []Result{{Clause: "c", Verdict: Pass}, {Clause: "c", Verdict: Fail}, {Clause: "c", Verdict: Warn}}},
		{Name: "b", Results: []Result{{Clause: "d", Verdict: Pass}}}}}
	m := viewOf([]*Results{r}).APIs[0].Matrix
	g.Expect(m.Calls).To(HaveLen(1))
	g.Expect(m.Calls[0]).To(HaveLen(2))
	a, b := m.Columns[0], m.Columns[1]
	g.Expect([]cell{a.Cell("c"), b.Cell("c")}).To(Equal([]cell{{Fail, "targets/a.html#c"}, {}}))
	g.Expect([]cell{a.Cell("d"), b.Cell("d")}).To(Equal([]cell{{}, {Verdict: Pass}}))
	for _, v := range Verdicts() {
		g.Expect(cellVerdicts).To(ContainElement(v))
	}
}

// A login with a password sets the cookie, and there is no login with Keycloak: the clause about the cookie is met, and
// not unsupported.
func TestWhatWasNotJudgedDoesNotHideAPass(t *testing.T) {
	g := NewWithT(t)
	for shown, verdicts := range map[Verdict][]Verdict{Pass: {Unsupported, Pass, Unconfigured, NotApplicable},
		Inconclusive: {Pass, Inconclusive, Unsupported},
		Unconfigured: {Unsupported, Unconfigured}} {
		var results []Result
		for _, v := range verdicts {
			results = append(results, Result{Clause: "c", Verdict: v})
		}
		m := viewOf([]*Results{{API: "saymon", Targets: []Target{{Name: "a", Results: results}}}}).APIs[0].Matrix
		g.Expect(m.Columns[0].Cell("c").Verdict).To(Equal(shown))
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
	g.Expect(string(text)).To(And(ContainSubstring("SAYMON / Central Pult"),
		ContainSubstring("Oracle Session Delivery Manager"), ContainSubstring("4 targets")))
}

func TestSmallWords(t *testing.T) {
	g := NewWithT(t)
	g.Expect([]string{took(0.0002), took(2.04)}).To(Equal([]string{"0.2 ms", "2.0 s"}))
}

func TestTheCertificateSaysThatTheTargetWasStopped(t *testing.T) {
	g := NewWithT(t)
	r, paper := whole(), strings.Builder{}
	r.Targets[0].Stopped = "the run was interrupted"
	g.Expect(writePage(&paper, "certificate.html", r.certificate(&r.Targets[0], ""))).To(Succeed())
	g.Expect(paper.String()).To(ContainSubstring("the run was interrupted"))
}
