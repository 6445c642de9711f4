package report

import (
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
	First    [][]*finding // of each clause that failed, the targets that it failed at
	Openings []*opening
	Gone     []string // targets of the accepted state without results
	Changed  []*page  // since an accepted state, the worst first
}

// apiView is one API's part.
type apiView struct {
	*Results
	ID     string
	Matrix matrix
	Pages  []*page
}

const (
	firstShown    = 60 // clauses that failed, on the page of all targets
	atShown       = 20 // targets of each
	openingsShown = 40
	openingsOfOne = 3
)

// Heads are the sentences that stand above all else.
func (a *apiView) Heads() []string { return a.said() }

// Title is the product that the API belongs to.
func (a *apiView) Title() string { return titleOf(a.API) }

// viewOf arranges the results for reading.
func viewOf(runs []*Results) *view {
	v := &view{Headline: countTargets(runs)}
	targets := 0
	for range Each(runs) {
		targets++
	}
	for i, run := range runs {
		api := &apiView{Results: run, ID: fmt.Sprintf("api-%d", i+1)}
		for j := range run.Targets {
			api.Pages = append(api.Pages, pageOf(api, &run.Targets[j], targets > manyTargets))
		}
		columns := api.Pages
		if targets > manyTargets {
			columns = worst(api.Pages)
		}
		api.Matrix = matrixOf(columns)
		v.Targets = append(v.Targets, api.Pages...)
		v.Gone = append(v.Gone, run.Gone...)
		v.APIs = append(v.APIs, api)
	}
	sortBy(v.Targets, func(p *page) int { return weight(p.Verdict) })
	var failed []*finding
	for _, p := range v.Targets {
		if len(p.Changes) > 0 {
			v.Changed = append(v.Changed, p)
		}
		failed = append(failed, p.Failed...)
		for _, o := range p.Open[:min(len(p.Open), openingsOfOne)] {
			if len(v.Openings) < openingsShown && (o.Verdict == Inconclusive || o.Verdict == Unconfigured) {
				v.Openings = append(v.Openings, o)
			}
		}
	}
	v.First = grouped(failed, func(f *finding) [2]string { return [2]string{f.Page.API.API, f.Clause} })
	v.First = v.First[:min(len(v.First), firstShown)]
	for i, at := range v.First {
		v.First[i] = at[:min(len(at), atShown)]
	}
	return v
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
	sortBy(list, func(p *page) int { return weight(p.Verdict) })
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
	parts := counts(count, targetVerdicts)
	if len(parts) == 0 {
		return lang.T("no target was judged")
	}
	return lang.N(all, "%d target: %s", "%d targets: %s", strings.Join(parts, ", "))
}
