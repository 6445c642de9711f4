package report

import "slices"

// matrix is clause by target: the clauses in the order in which specs judge them, by documented call.
type matrix struct {
	Columns []*page
	Calls   [][]*Result // a row each: the first result of a clause
	Count   int         // of clauses
	Narrow  bool        // it may be open at once
}

// cell is the weightiest verdict of a clause's specs; a pass outweighs what was not judged for want of credentials
// or of the feature, so that a clause which holds for all ways in that there are does not look like one that the
// product lacks. The verdict is empty where there is none, and Link where there is nothing to look at.
type cell struct {
	Verdict Verdict
	Link    string
}

// cellVerdicts are the verdicts of a spec, the weightiest in a cell first.
var cellVerdicts = []Verdict{Fail, Inconclusive, Waived, Warn, Pass, Unconfigured, Unsupported, NotApplicable}

// byClause are the weightiest verdicts of the clauses' specs.
func (t *Target) byClause() map[string]Verdict {
	all := map[string]Verdict{}
	for _, r := range t.Results {
		before, known := all[r.Clause]
		if !known || slices.Index(cellVerdicts, r.Verdict) < slices.Index(cellVerdicts, before) {
			all[r.Clause] = r.Verdict
		}
	}
	return all
}

// matrixOf lays pages of one API side by side. Of brief pages it shows the clauses that do not pass everywhere.
func matrixOf(pages []*page) matrix {
	m := matrix{Columns: pages, Narrow: len(pages) <= 12}
	var targets []*Target
	without := Verdict("")
	for _, p := range pages {
		targets = append(targets, p.Target)
		if p.Brief {
			without = Pass
		}
	}
	rows := clauses(targets, without)
	m.Calls, m.Count = grouped(rows, callOf), len(rows)
	sortBy(m.Calls, func(rows []*Result) int { return -len(rows) })
	return m
}

// clauses are the first result of each clause that targets have, but for those with a verdict; empty: of all.
func clauses(targets []*Target, without Verdict) (rows []*Result) {
	seen := map[string]bool{}
	for _, t := range targets {
		for i := range t.Results {
			if r := &t.Results[i]; !seen[r.Clause] && (without == "" || r.Verdict != without) {
				seen[r.Clause] = true
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// Cell is the target's in the row of a clause.
func (p *page) Cell(clause string) cell {
	if p.verdicts == nil {
		p.verdicts = p.byClause()
	}
	c := cell{Verdict: p.verdicts[clause]}
	if c.Verdict != "" && c.Verdict != Pass && c.Verdict != NotApplicable {
		c.Link = p.link(clause)
	}
	return c
}
