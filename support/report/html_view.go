package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// manyTargets is up to how many targets the page shows every spec of each, and a column of the matrix. A page of more leaves out what
// passes, so that a browser still opens it.
const manyTargets = 100

// view is what page.html shows.
type view struct {
	Headline string
	Targets  []*page // of all APIs, the worst first
	APIs     []*apiView
	Verdicts []choice
	Tiers    []choice
}

// choice is one box of the filter, with the number of specs that it would show.
type choice struct {
	Name  string
	Badge badge
	Count int
}

// apiView is one API's part.
type apiView struct {
	*Results
	ID, Title string
	Matrix    matrix
	Pages     []*page
}

// page is one target's part.
type page struct {
	*Target
	ID        string
	API       *apiView
	Badge     badge
	Counts    map[Verdict]int
	Other     int // specs that neither passed nor failed nor ask for attention
	Refused   int // logins with a wrong password, over all accounts
	Evidence  string
	Brief     bool        // what passes is left out
	Calls     []*callView // the one with the most clauses first
	Attention []*specView // what did not pass and should be seen first, the weightiest first
	Waiting   []string    // in a sentence each: what waits for another clause, which is among those
	specs     []*specView
	byClause  map[string][]*specView
}

// callView is a documented call with its clauses.
type callView struct {
	Call    string
	Clauses []*clauseView
}

type clauseView struct {
	ID, Tier, Says, Source string
	Specs                  []*specView
}

type specView struct {
	Result
	ID       string
	Badge    badge
	Open     bool   // its details are worth reading at once
	Numbers  string // of its exchanges
	Evidence string // the file with these, empty where its name is no safe address
	verdict  Verdict
	shown    bool // it stands on its target's page
}

// Heads are the sentences that stand above all else.
func (a *apiView) Heads() []string { return a.heads() }

// viewOf arranges the results for reading.
func viewOf(runs []*Results) *view {
	v := &view{}
	verdicts, tiers := map[string]int{}, map[string]int{}
	ids := map[string]bool{}
	targets := 0
	for _, run := range runs {
		targets += len(run.Targets)
	}
	for i, run := range runs {
		api := &apiView{Results: run, ID: fmt.Sprintf("api-%d", i+1), Title: titleOf(run.API)}
		for j := range run.Targets {
			p := pageOf(api, &run.Targets[j], len(v.Targets)+1, ids, targets > manyTargets)
			for _, s := range p.specs {
				if s.shown {
					verdicts[string(s.verdict)]++
					tiers[s.Tier]++
				}
			}
			api.Pages = append(api.Pages, p)
			v.Targets = append(v.Targets, p)
		}
		columns := api.Pages
		if targets > manyTargets {
			columns = worst(api.Pages)
		}
		api.Matrix = matrixOf(columns)
		v.APIs = append(v.APIs, api)
	}
	for _, verdict := range Verdicts() {
		if n := verdicts[string(verdict)]; n > 0 {
			v.Verdicts = append(v.Verdicts, choice{string(verdict), badgeOf(verdict), n})
		}
	}
	for _, tier := range []string{"stated", "shown", "extra"} {
		if n := tiers[tier]; n > 0 {
			v.Tiers = append(v.Tiers, choice{Name: tier, Count: n})
		}
	}
	v.Headline = headline(v.Targets)
	slices.SortStableFunc(v.Targets, func(a, b *page) int { return cmp.Compare(weight(a.Verdict), weight(b.Verdict)) })
	return v
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

// headline counts the targets: "3 targets: 1 non-conformant, 2 conformant".
func headline(pages []*page) string {
	var parts []string
	for _, verdict := range targetVerdicts {
		n := 0
		for _, p := range pages {
			if p.Verdict == verdict {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, verdict))
		}
	}
	if len(parts) == 0 {
		return "no target was judged"
	}
	return plural(len(pages), "target") + ": " + strings.Join(parts, ", ")
}
