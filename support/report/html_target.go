package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/lang"
)

// page is one target's page.
type page struct {
	*Target
	API      *apiView
	Title    string
	File     string // where it lies in the folder of reports; empty where the target's name is no safe address
	Badge    badge
	Counts   map[Verdict]int
	Headline string
	Parts    []part
	Failed   []*finding // the weightiest tier first
	Excused  []*finding // waived, and warnings
	Open     []*opening
	Passed   []*callView // the call with the most clauses first
	Tiers    drawing
	Drawn    *drawing
	Evidence string
	Brief    bool // what passes is left out
	byClause map[string][]*specView
	anchors  map[string]bool
}

// part is an entry of the page's own contents.
type part struct {
	ID, Name string
	Count    int
}

// callView is a documented call with its clauses that pass.
type callView struct {
	Call    string
	Clauses []*clauseView
}

type clauseView struct {
	ID, Anchor, Tier, Says, Source string
	Specs                          []*specView
}

type specView struct {
	Result
	ID      string
	Badge   badge
	verdict Verdict
}

// pageOf arranges one target. brief leaves out what passes.
func pageOf(api *apiView, t *Target, brief bool) *page {
	p := &page{Target: t, API: api, Title: api.Title, Brief: brief, Badge: badgeOf(t.Verdict), Counts: t.Count(),
		byClause: map[string][]*specView{},
		anchors: map[string]bool{"failed": true, "excused": true, "open": true, "passed": true, "facts": true, "main": true,
			"changed": true, "text": true, "count": true, "filter": true, "waivers": true, "observed": true, "unjudged": true,
			"contradictions": true, "appendix": true}}
	if safeName.MatchString(t.Name) {
		p.File, p.Evidence = "targets/"+t.Name+".html", "evidence/"+t.Name+".har"
	}
	var specs []*specView
	for _, r := range t.Results {
		s := &specView{Result: r, Badge: badgeOf(r.Verdict), verdict: r.Verdict}
		specs = append(specs, s)
		p.byClause[r.Clause] = append(p.byClause[r.Clause], s)
	}
	shown := map[int]*Shown{}
	for i := range t.Exchanges {
		shown[t.Exchanges[i].Number] = &t.Exchanges[i]
	}
	p.Failed = p.findings(specs, shown, Fail)
	p.Excused = p.findings(specs, shown, Waived, Warn)
	if len(p.Failed) > 0 && len(p.Failed[0].Exchanges) > 0 {
		last := &p.Failed[0].Exchanges[len(p.Failed[0].Exchanges)-1]
		last.Open = true
	}
	p.Open = p.openings(specs)
	if !brief {
		p.pass(specs)
	}
	p.Tiers, p.Drawn = drawTiers(t.Results), drawTimeline(t.Timeline)
	p.Headline = p.headline()
	p.Parts = p.contents()
	return p
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

func (p *page) headline() string {
	c := p.Counts
	parts := []string{lang.T("%s specs judged", p.JudgedOf(lang.Reader()))}
	if len(p.Failed) > 0 {
		parts = append(parts, lang.N(len(p.Failed), "%d clause failed", "%d clauses failed"))
	}
	for _, v := range []Verdict{Inconclusive, Waived, Warn, Unconfigured} {
		if c[v] > 0 {
			parts = append(parts, countOf(c[v], v))
		}
	}
	return strings.Join(parts, " · ")
}

func (p *page) contents() []part {
	passed := 0
	for _, c := range p.Passed {
		passed += len(c.Clauses)
	}
	var list []part
	for _, one := range []part{{"failed", lang.T("What failed"), len(p.Failed)},
		{"excused", lang.T("Waived, and warnings"), len(p.Excused)}, {"open", lang.T("What is open"), len(p.Open)},
		{"passed", lang.T("What passes"), passed}} {
		if one.Count > 0 {
			list = append(list, one)
		}
	}
	return list
}

// anchor is the ID of a part of the page: the clause's, which stays the same from version to version, where it is free.
func (p *page) anchor(clause string) string {
	id := clause
	for n := 2; p.anchors[id]; n++ {
		id = fmt.Sprintf("%s--%d", clause, n)
	}
	p.anchors[id] = true
	return id
}

// pass arranges what passes by call and clause.
func (p *page) pass(specs []*specView) {
	for _, s := range specs {
		if s.verdict != Pass {
			continue
		}
		i := slices.IndexFunc(p.Passed, func(c *callView) bool { return c.Call == s.Call })
		if i < 0 {
			i = len(p.Passed)
			p.Passed = append(p.Passed, &callView{Call: s.Call})
		}
		call := p.Passed[i]
		k := slices.IndexFunc(call.Clauses, func(k *clauseView) bool { return k.ID == s.Clause })
		if k < 0 {
			k = len(call.Clauses)
			call.Clauses = append(call.Clauses, &clauseView{ID: s.Clause, Anchor: p.anchor(s.Clause), Tier: s.Tier, Says: s.Says,
				Source: s.Source})
		}
		call.Clauses[k].Specs = append(call.Clauses[k].Specs, s)
	}
	slices.SortStableFunc(p.Passed, func(a, b *callView) int { return cmp.Compare(len(b.Clauses), len(a.Clauses)) })
}
