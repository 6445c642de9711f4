//go:build unit

package report

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestHistoryShowsWhatDiffersOverTheRuns(t *testing.T) {
	g := NewWithT(t)
	older := &Results{API: "saymon", Started: now.Add(-time.Hour),
		Targets: []Target{*judged(Result{Clause: "c-a", Verdict: Pass}, Result{Clause: "c-b", Verdict: Fail},
			Result{Clause: "c-b", Verdict: Pass})}}
	newer := &Results{API: "saymon", Started: now,
		Targets: []Target{*judged(Result{Clause: "c-a", Verdict: Pass}, Result{Clause: "c-b", Verdict: Pass},
			Result{Clause: "c-new", Verdict: Warn})}}
	newer.Targets[0].Product.Version = "3.22 | x"
	text := History([]Past{{"b", []*Results{newer}, Dir{}}, {"a", []*Results{older}, Dir{}}})
	g.Expect(text).To(Equal(`# History

## saymon lab

| | a | b |
|---|---|---|
| judged on | 2026-11-22 11&#58;00 UTC | 2026-11-22 12&#58;00 UTC |
| product |  | 3.22 &#124; x |
| verdict | non-conformant | conformant |
| judged | 3 of 3 | 3 of 3 |
| fail | 1 | 0 |
| pass | 2 | 2 |
| c-b | fail | pass |
| c-new | · | warn |
`))
}

// released are two runs of a target, the later one first.
func released() []Past {
	older := &Results{API: "saymon", Started: now.Add(-time.Hour), Targets: []Target{*judged(
		Result{Clause: "c-a", Verdict: Pass, Documented: Documented{Says: "It is <a>."}},
		Result{Clause: "c-b", Verdict: Fail, Documented: Documented{Says: "It is b."}})}}
	newer := &Results{API: "saymon", Started: now, Targets: []Target{*judged(
		Result{Clause: "c-a", Verdict: Pass, Documented: Documented{Says: "It is <a>."}},
		Result{Clause: "c-b", Verdict: Pass, Documented: Documented{Says: "It is b."}})}}
	return []Past{{"2.0", []*Results{newer}, Dir{}}, {"1.0 <b>", []*Results{older}, Dir{}}}
}

func TestAHistoryIsAPageWithATrend(t *testing.T) {
	g := NewWithT(t)
	page, err := HistoryPage(released())
	g.Expect(err).NotTo(HaveOccurred())
	text := string(page)
	g.Expect(text).To(And(ContainSubstring("1 target in 2 runs"), ContainSubstring("1.0 &lt;b&gt;"),
		ContainSubstring("2 of 2 judged"), ContainSubstring("It is &lt;a&gt;.")))
	g.Expect(strings.Index(text, "c-b")).To(BeNumerically("<", strings.Index(text, "c-a")), "what differs stands first")
	g.Expect(text).To(MatchRegexp(`(?s)data-clause="c-b".*v-fail.*v-pass`))
}

func TestWhatStandsAtTheHeadOfReportsStandsWhereRunsAreShownTogether(t *testing.T) {
	g := NewWithT(t)
	pasts := released()
	altered := pasts[0].Runs
	altered[0].Notices = []string{"its evidence is <altered>"}
	pasts[1].Runs[0].Filter = "--focus x"
	page, err := HistoryPage(pasts)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(page)).To(And(ContainSubstring("its evidence is &lt;altered&gt;"), ContainSubstring("--focus x")))
	g.Expect(History(pasts)).To(And(ContainSubstring("altered"), ContainSubstring("some specs only")))
	site := Dir{Path: t.TempDir()}
	g.Expect(site.Site(pasts)).To(Succeed())
	g.Expect(os.ReadFile(site.page())).To(ContainSubstring("its evidence is &lt;altered&gt;"))
	g.Expect(string(Badge(altered))).To(ContainSubstring("with notices"))
}

func TestASiteSetsProductsSideBySide(t *testing.T) {
	g := NewWithT(t)
	d := Dir{Path: t.TempDir()}
	g.Expect(d.Site(released())).To(Succeed())
	text, err := os.ReadFile(d.page())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(text)).To(And(ContainSubstring("2 targets of 2 runs"),
		ContainSubstring(`href="2.0/targets/lab.html"`), ContainSubstring(`href="run/targets/lab.html"`)))
	for _, page := range []string{"2.0/targets/lab.html", "run/targets/lab.html", "run/index.html"} {
		g.Expect(filepath.Join(d.Path, page)).To(BeAnExistingFile())
	}
}

func TestABadgeIsAPictureOfTheWeightiestVerdict(t *testing.T) {
	g := NewWithT(t)
	hostile := whole()
	hostile.Targets = append(hostile.Targets, Target{Verdict: `"><script>`})
	for says, runs := range map[string][]*Results{"non-conformant, ": {whole()}, "not judged": nil,
		"conformant, 1 of 1": {{Targets: []Target{*judged(result(Pass, "stated"))}}}, "&lt;script&gt;": {hostile}} {
		text := string(Badge(runs))
		g.Expect(text).To(ContainSubstring(says))
		g.Expect(text).NotTo(ContainSubstring("<script"))
		decoder := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else {
				g.Expect(err).NotTo(HaveOccurred())
			}
		}
	}
}
