package report

import (
	"cmp"
	"slices"
)

// matrix is clause by target: the clauses in the order in which specs judge them, by documented call.
type matrix struct {
	Columns []*page
	Calls   []matrixCall
	Count   int  // of clauses
	Narrow  bool // it may be open at once
}

type matrixCall struct {
	Call string
	Rows []matrixRow
}

type matrixRow struct {
	Clause, Tier, Says string
	Cells              []cellOf
}

// cellOf is the weightiest verdict of a clause's specs; a pass outweighs what was not judged for want of credentials
// or of the feature, so that a clause which holds for all ways in that there are does not look like one that the
// product lacks. Link is empty where there is nothing to look at.
type cellOf struct {
	badge
	Link string
}

// cellVerdicts are the verdicts of a spec, the weightiest in a cell first.
var cellVerdicts = []Verdict{Fail, Inconclusive, Waived, Warn, Pass, Unconfigured, Unsupported, NotApplicable}

// matrixOf lays pages of one API side by side. Of brief pages it shows the clauses that do not pass everywhere.
func matrixOf(pages []*page) matrix {
	m := matrix{Columns: pages, Narrow: len(pages) <= 12}
	at, seen := map[string]int{}, map[string]bool{}
	for _, p := range pages {
		for _, r := range p.Results {
			if seen[r.Clause] || p.Brief && r.Verdict == Pass {
				continue
			}
			seen[r.Clause] = true
			if _, known := at[r.Call]; !known {
				at[r.Call] = len(m.Calls)
				m.Calls = append(m.Calls, matrixCall{Call: r.Call})
			}
			says := r.Says
			if says == "" {
				says = r.Clause
			}
			rows := &m.Calls[at[r.Call]].Rows
			*rows = append(*rows, matrixRow{r.Clause, r.Tier, says, cells(pages, r.Clause)})
			m.Count++
		}
	}
	slices.SortStableFunc(m.Calls, func(a, b matrixCall) int { return cmp.Compare(len(b.Rows), len(a.Rows)) })
	return m
}

// cells are the verdicts of one clause, a target each.
func cells(pages []*page, clause string) []cellOf {
	list := make([]cellOf, len(pages))
	for i, p := range pages {
		weightiest := -1
		for _, s := range p.byClause[clause] {
			weight := slices.Index(cellVerdicts, s.verdict)
			if weightiest >= 0 && weight >= weightiest {
				continue
			}
			weightiest = weight
			list[i] = cellOf{badge: s.Badge}
			if s.verdict != Pass && s.verdict != NotApplicable {
				list[i].Link = p.link(clause)
			}
		}
	}
	return list
}
