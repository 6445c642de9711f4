//go:build unit

package report

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/support/lang"
)

// inRussian has what is written until the end of the test be for a reader of Russian.
func inRussian(t *testing.T) {
	t.Helper()
	NewWithT(t).Expect(lang.Use("ru")).To(Succeed())
	t.Cleanup(func() { _ = lang.Use("en") })
}

// changed is whole, compared with an accepted state.
func changed() *Results {
	r := whole()
	r.Since, r.Gone = "accepted.json", []string{"saymon lost"}
	r.Targets[0].Full = true
	r.Targets[0].Changes = []Change{{Kind: Came, Subject: "the target", Now: "fail"},
		{Kind: NewlyFailing, Subject: "c: s", Clause: "c", Spec: "s", Before: "pass", Now: "fail", Worse: true},
		{Kind: ChangedObservation, Subject: "login status", Before: "pass", Now: "fail"}}
	r.Targets[1].Verdict, r.Targets[1].Full = Partial, true
	return r
}

// Words that are said by way of a variable, which the test of the catalogue cannot see.
func TestEachVerdictTierAndKindIsTranslated(t *testing.T) {
	words := append(slices.Concat(kinds(), []string{"stated", "shown", "extra", "the target", "expected", "got"}),
		string(Conformant), string(Partial), string(NonConformant))
	for _, v := range Verdicts() {
		words = append(words, string(v))
	}
	for _, word := range words {
		NewWithT(t).Expect(lang.Russian.T(word)).To(MatchRegexp(`^[\p{Cyrillic} ]+$`), word)
	}
}

// What programs read does not depend on the reader's language.
func TestFormatsForProgramsStayEnglish(t *testing.T) {
	g := NewWithT(t)
	written := func() []string {
		var results, lines bytes.Buffer
		r := changed()
		g.Expect(r.encode(&results)).To(Succeed())
		g.Expect(writeCSV(&lines, []*Results{r})).To(Succeed())
		annotations := Annotations([]*Results{r}, func(string) string { return "true" })
		r.Since = ""
		return []string{results.String(), lines.String(), annotations, string(r.JUnit("")), string(changed().JUnit("")),
			string(CodeQuality([]*Results{r}, "targets.yaml")), string(Badge([]*Results{r}))}
	}
	english := written()
	inRussian(t)
	g.Expect(written()).To(Equal(english))
}

// englishWords are words of three letters and more that nobody but us can have put there.
var englishWords = regexp.MustCompile(`\b[a-z]{3,}\b`)

// theirs are English words of the fixture: names, what the target says, what programs are called.
var theirs = []string{"lab", "open", "saymon", "c-[a-z-]+", "user.password", "three requests got no answer", "cookies",
	"--focus", "accepted.json", "login status", "pass", "fail", "It is so.",
	"lost", "because", "full", "spec c", "sdm", "user", "response", "The sample differs from the prose.",
	"Nobody can tell.", "No document says."}

func TestTerminalAndSummaryAreRussian(t *testing.T) {
	g := NewWithT(t)
	inRussian(t)
	runs := []*Results{changed(), {API: "sdm", Started: now, Problems: []string{"--"}}}
	comparison := &Comparison{Targets: []TargetChanges{{API: "saymon", Name: "lab",
		Changes: changed().Targets[0].Changes}}}
	names := regexp.MustCompile(strings.Join(theirs, "|"))
	for _, text := range []string{Terminal(runs), Screen(runs), Brief(runs), Summary(runs),
		comparison.Text("accepted.json"), History([]Past{{Name: "lab", Runs: runs}})} {
		left := englishWords.FindAllString(names.ReplaceAllString(text, ""), -1)
		g.Expect(left).To(BeEmpty(), text)
	}
	g.Expect(Terminal(runs)).To(ContainSubstring("lab (saymon): НЕ СООТВЕТСТВУЕТ, оценено по живым ответам\n"))
	g.Expect(Summary(runs)).To(ContainSubstring("- нарушено **c-fail-stated** (указано): It is so."))
}

// The pages of a run, in Russian, say nothing in English but what stands there as English: specs, messages, names.
func TestPagesAreRussian(t *testing.T) {
	g := NewWithT(t)
	inRussian(t)
	r := changed()
	r.Documents = []Document{{"000_a.txt", "--", strings.Repeat("0", 64)}}
	var pages []string
	page := func(name string, view any) {
		var text strings.Builder
		g.Expect(writePage(&text, name, view)).To(Succeed())
		pages = append(pages, text.String())
	}
	page("index.html", viewOf([]*Results{r, {API: "sdm", Started: now, Problems: []string{"--"}}}))
	page("tables.html", tables{Title: "--", Tables: historyOf([]Past{{Name: "lab", Runs: []*Results{r}}}), Trend: true})
	for i := range r.Targets {
		api := &apiView{Results: r}
		page("target.html", pageOf(api, &r.Targets[i], false))
		page("target.html", pageOf(api, &r.Targets[i], true))
		page("certificate.html", r.certificate(&r.Targets[i], "0"))
	}
	names := regexp.MustCompile(`saymon\.json|000_a\.txt|evidence/[a-z]+\.har|curl|python|` + strings.Join(theirs, "|"))
	for _, text := range pages {
		root, err := html.Parse(strings.NewReader(text))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(attribute(elements(root, "html")[0], "lang")).To(Equal("ru"))
		for _, said := range saidIn(root) {
			g.Expect(englishWords.FindAllString(names.ReplaceAllString(said, ""), -1)).To(BeEmpty(), said)
		}
	}
	g.Expect(pages[0]).To(ContainSubstring("2 стенда: не соответствует — 1, соответствует частично — 1"))
}

// saidIn are the texts and labels of a page for a reader of its language.
func saidIn(root *html.Node) (list []string) {
	for n := range root.ChildNodes() {
		if n.Type == html.TextNode {
			list = append(list, n.Data)
		}
		if slices.Contains([]string{"code", "pre", "style", "script", "time", "meta"}, n.Data) ||
			attribute(n, "lang") == "en" {
			continue
		}
		list = append(append(list, attribute(n, "aria-label"), attribute(n, "title")), saidIn(n)...)
	}
	return list
}
