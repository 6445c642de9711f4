package report

import "slices"

// matrix is clause by target: the clauses in the order in which specs judge them, by documented call.
type matrix struct {
	Columns []*page
	Calls   []matrixCall
}

type matrixCall struct {
	Call string
	Rows []matrixRow
}

type matrixRow struct {
	Clause, Tier string
	Cells        []cellOf
}

// cellOf is the weightiest verdict of a clause's specs; a pass outweighs what was not judged for want of credentials or of the feature, so that a
// clause which holds for all ways in that there are does not look like one that the product lacks. Link is empty where there is nothing to look at.
type cellOf struct {
	badge
	Link string
}

// cellVerdicts are the verdicts of a spec, the weightiest in a cell first.
var cellVerdicts = []Verdict{Fail, Inconclusive, Waived, Warn, Pass, Unconfigured, Unsupported, NotApplicable}

// matrixOf lays pages of one API side by side, with the clauses that they show.
func matrixOf(pages []*page) matrix {
	m := matrix{Columns: pages}
	at := map[string]int{}
	seen := map[string]bool{}
	for _, p := range pages {
		for _, call := range p.Calls {
			if _, known := at[call.Call]; !known {
				at[call.Call] = len(m.Calls)
				m.Calls = append(m.Calls, matrixCall{Call: call.Call})
			}
			for _, k := range call.Clauses {
				if !seen[k.ID] {
					seen[k.ID] = true
					rows := &m.Calls[at[call.Call]].Rows
					*rows = append(*rows, matrixRow{k.ID, k.Tier, cells(pages, k.ID)})
				}
			}
		}
	}
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
				list[i].Link = s.ID
			}
		}
	}
	return list
}
