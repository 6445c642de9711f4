package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/lang"
)

// manyTargets is up to how many targets reports show every spec of each, and a column of the matrix. Reports of more
// leave out what passes, so that a browser still opens them.
const manyTargets = 100

// view is what index.html shows.
type view struct {
	Headline string
	Targets  []*page // of all APIs, the worst first
	APIs     []*apiView
	First    []*first
	Openings []pointer
	Gone     []string // targets of the accepted state without results
	Changed  []*page  // since an accepted state, the worst first
}

// apiView is one API's part.
type apiView struct {
	*Results
	ID, Title string
	Matrix    matrix
	Pages     []*page
}

// first is a clause that failed, of whatever targets.
type first struct {
	*finding
	At []pointer
}

// pointer leads to a part of a target's page.
type pointer struct {
	Name, Link, Says string
	Ways             int // more than one, or 0
	Badge            badge
}

const (
	firstShown    = 60 // clauses that failed, on the page of all targets
	atShown       = 20 // targets of each
	openingsShown = 40
	openingsOfOne = 3
)

// Heads are the sentences that stand above all else.
func (a *apiView) Heads() []string { return a.said() }

// viewOf arranges the results for reading.
func viewOf(runs []*Results) *view {
	v := &view{}
	targets := 0
	for _, run := range runs {
		targets += len(run.Targets)
	}
	for i, run := range runs {
		api := &apiView{Results: run, ID: fmt.Sprintf("api-%d", i+1), Title: titleOf(run.API)}
		for j := range run.Targets {
			p := pageOf(api, &run.Targets[j], targets > manyTargets)
			api.Pages = append(api.Pages, p)
			v.Targets = append(v.Targets, p)
		}
		columns := api.Pages
		if targets > manyTargets {
			columns = worst(api.Pages)
		}
		api.Matrix = matrixOf(columns)
		v.Gone = append(v.Gone, run.Gone...)
		v.APIs = append(v.APIs, api)
	}
	v.Headline = countTargets(runs)
	slices.SortStableFunc(v.Targets, func(a, b *page) int { return cmp.Compare(weight(a.Verdict), weight(b.Verdict)) })
	for _, p := range v.Targets {
		if len(p.Changes) > 0 {
			v.Changed = append(v.Changed, p)
		}
		v.point(p)
	}
	return v
}

// point adds what failed at a target, and what is open, to what the page of all targets shows.
func (v *view) point(p *page) {
	for _, f := range p.Failed {
		at := pointer{Name: p.Name, Link: p.link(f.ID)}
		if len(f.Specs) > 1 {
			at.Ways = len(f.Specs)
		}
		known := slices.IndexFunc(v.First, func(o *first) bool { return o.Clause == f.Clause && o.api == f.api })
		switch {
		case known >= 0 && len(v.First[known].At) < atShown:
			v.First[known].At = append(v.First[known].At, at)
		case known < 0 && len(v.First) < firstShown:
			v.First = append(v.First, &first{f, []pointer{at}})
		}
	}
	for i, o := range p.Open {
		if i < openingsOfOne && len(v.Openings) < openingsShown && (o.verdict == Inconclusive || o.verdict == Unconfigured) {
			v.Openings = append(v.Openings, pointer{Name: p.Name, Link: p.link("open"), Says: o.Says, Badge: o.Badge})
		}
	}
}

// link leads from the page of all targets to a part of this target's; nowhere where its name is no safe address.
func (p *page) link(id string) string {
	if p.File == "" {
		return ""
	}
	return p.File + "#" + id
}

// worst are the targets that are not conformant, the worst first, as many as the matrix has room for.
func worst(pages []*page) []*page {
	list := slices.DeleteFunc(slices.Clone(pages), func(p *page) bool { return p.Verdict == Conformant })
	slices.SortStableFunc(list, func(a, b *page) int { return cmp.Compare(weight(a.Verdict), weight(b.Verdict)) })
	return list[:min(len(list), manyTargets)]
}

// targetVerdicts are those of a target, the weightiest first.
var targetVerdicts = []Verdict{NonConformant, Inconclusive, Partial, Conformant}

func weight(v Verdict) int { return slices.Index(targetVerdicts, v) }

// countTargets counts them by their verdicts: "3 targets: 1 non-conformant, 2 conformant".
func countTargets(runs []*Results) string {
	count, all := map[Verdict]int{}, 0
	for _, t := range Each(runs) {
		count[t.Verdict]++
		all++
	}
	var parts []string
	for _, v := range targetVerdicts {
		if count[v] > 0 {
			parts = append(parts, countOf(count[v], v))
		}
	}
	if len(parts) == 0 {
		return lang.T("no target was judged")
	}
	return lang.N(all, "%d target: %s", "%d targets: %s", strings.Join(parts, ", "))
}
