package report

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/lang"
)

// page is one target's page.
type page struct {
	*Target
	API      *apiView
	File     string     // where it lies in the folder of reports; empty where the target's name is no safe address
	Failed   []*finding // the weightiest tier first
	Excused  []*finding // waived, and warnings
	Open     []*opening
	Passed   [][][]*Result // by call, the one with the most clauses first, and by clause
	Brief    bool          // what passes is left out
	shown    map[int]*Shown
	anchors  map[string]bool
	verdicts map[string]Verdict // see Cell
}

// pageOf arranges one target. brief leaves out what passes.
func pageOf(api *apiView, t *Target, brief bool) *page {
	p := &page{Target: t, API: api, Brief: brief, shown: map[int]*Shown{}, anchors: map[string]bool{}}
	for id := range strings.FieldsSeq("failed excused open passed facts main changed text count filter waivers " +
		"observed unjudged contradictions appendix") {
		p.anchors[id] = true
	}
	if safeName.MatchString(t.Name) {
		p.File = "targets/" + t.Name + ".html"
	}
	for i := range t.Exchanges {
		p.shown[t.Exchanges[i].Number] = &t.Exchanges[i]
	}
	p.Failed, p.Excused, p.Open = p.findings(Fail), p.findings(Waived, Warn), p.openings()
	if len(p.Failed) > 0 && len(p.Failed[0].Exchanges) > 0 {
		p.Failed[0].Exchanges[len(p.Failed[0].Exchanges)-1].Open = true
	}
	if !brief {
		for _, call := range grouped(p.As(Pass), callOf) {
			p.Passed = append(p.Passed, grouped(call, clauseOf))
		}
		sortBy(p.Passed, func(clauses [][]*Result) int { return -len(clauses) })
	}
	return p
}

// Evidence is where that of the target lies; empty where its name is no safe address.
func (p *page) Evidence() string {
	if p.File == "" {
		return ""
	}
	return "evidence/" + p.Name + ".har"
}

// PassedClauses counts the clauses that pass.
func (p *page) PassedClauses() (n int) {
	for _, call := range p.Passed {
		n += len(call)
	}
	return n
}

// Seen is the value in the reader's language, as far as it is one of our words: most are what the target said.
func (o Observation) Seen() string {
	if slices.Contains([]string{"yes", "no", "none", "empty"}, o.Value) {
		return lang.T(o.Value)
	}
	if strings.Contains(o.Value, " ") {
		return lang.Sentence(o.Value)
	}
	return o.Value
}

// JudgedOf says how much was judged: "42 of 107".
func (t *Target) JudgedOf(in lang.Language) string {
	return in.T("%d of %d", t.judged(), len(t.Results))
}

// judged is how many specs were.
func (t *Target) judged() (n int) {
	for _, r := range t.Results {
		if decided(r.Verdict) {
			n++
		}
	}
	return n
}

// Headline is the target in a line.
func (p *page) Headline() string {
	parts := []string{lang.T("%s specs judged", p.JudgedOf(lang.Reader()))}
	if len(p.Failed) > 0 {
		parts = append(parts, lang.N(len(p.Failed), "%d clause failed", "%d clauses failed"))
	}
	parts = append(parts, counts(p.Count(), []Verdict{Inconclusive, Waived, Warn, Unconfigured})...)
	return strings.Join(parts, " · ")
}

// Anchor is the ID of a part of the page: the clause's, which stays the same from version to version, where it is free.
func (p *page) Anchor(clause string) string {
	id := clause
	for n := 2; p.anchors[id]; n++ {
		id = fmt.Sprintf("%s--%d", clause, n)
	}
	p.anchors[id] = true
	return id
}
