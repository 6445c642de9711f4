package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// Past is one of the runs of a history: what lies in a folder of reports.
type Past struct {
	Name string // the folder
	Runs []*Results
	Dir  Dir // where the evidence lies
}

// table sets results side by side: those of one target in several runs, or those of all targets of an API.
type table struct {
	Title   string
	Columns []*column
	Clauses []*Result // a row each: the first result of a clause, those first whose verdicts differ
}

// column is one target in one run; Target is nil where the run has none.
type column struct {
	Name, Link string
	Run        *Results
	Target     *Target
	Verdicts   map[string]Verdict // by clause; empty where the column does not judge it
}

// historyOf is a table for each target, by API and name, with a column for each run, the earliest first.
func historyOf(pasts []Past) (tables []table) {
	slices.SortStableFunc(pasts, func(a, b Past) int { return a.began().Compare(b.began()) })
	columns := map[string][]*column{}
	for i, p := range pasts {
		for run, t := range Each(p.Runs) {
			key := run.API + " " + t.Name
			if columns[key] == nil {
				for _, p := range pasts {
					columns[key] = append(columns[key], &column{Name: p.Name})
				}
			}
			columns[key][i] = &column{p.Name, "", run, t, t.byClause()}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(columns)) {
		tables = append(tables, table{Title: key, Columns: columns[key]}.rows())
	}
	return tables
}

// rows is the table with a row for each clause, those that differ first.
func (t table) rows() table {
	var targets []*Target
	for _, c := range t.Columns {
		if c.Target != nil {
			targets = append(targets, c.Target)
		}
	}
	t.Clauses = clauses(targets, "")
	foremost(t.Clauses, t.Differs)
	return t
}

// Differs says whether the verdicts of a row are not the same in all columns.
func (t table) Differs(row *Result) bool {
	return slices.ContainsFunc(t.Columns, func(c *column) bool {
		return c.Verdicts[row.Clause] != t.Columns[0].Verdicts[row.Clause]
	})
}

// Trend draws how many specs were judged how in each column that has results, the earliest above.
func (t table) Trend() drawing {
	var rows []Target
	for _, c := range t.Columns {
		if c.Target != nil {
			rows = append(rows, Target{Name: c.Name, Results: c.Target.Results})
		}
	}
	return draw(rows, 160)
}

// History is a table in Markdown for each target of several runs, the earliest first: how much passed in each, and the
// verdict of each clause that is not the same in all. "·" stands where the run did not judge it.
func History(pasts []Past) string {
	var b strings.Builder
	b.WriteString("# " + lang.T("History") + "\n")
	for _, head := range headsOf(pasts, lang.Reader()) {
		b.WriteString("\n> " + sink.Markdown(head) + "\n")
	}
	for _, t := range historyOf(pasts) {
		fmt.Fprintf(&b, "\n## %s\n\n| |", sink.Markdown(t.Title))
		for _, c := range t.Columns {
			fmt.Fprintf(&b, " %s |", sink.Markdown(c.Name))
		}
		b.WriteString("\n|---|" + strings.Repeat("---|", len(t.Columns)) + "\n")
		rows := [][]string{{lang.T("judged on")}, {lang.T("product")}, {lang.T("verdict")}, {lang.T("judged")}, {word(Fail)},
			{word(Pass)}}
		for _, c := range t.Columns {
			for k, cell := range c.facts() {
				rows[k] = append(rows[k], cell)
			}
		}
		for _, of := range t.Clauses {
			if !t.Differs(of) {
				break
			}
			row := []string{of.Clause}
			for _, c := range t.Columns {
				row = append(row, cmp.Or(word(c.Verdicts[of.Clause]), "·"))
			}
			rows = append(rows, row)
		}
		for _, row := range rows {
			for i := range row {
				row[i] = sink.Markdown(row[i])
			}
			b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		}
	}
	return b.String()
}

// headsOf are the sentences that stand at the heads of the runs' reports, with the names of the runs.
func headsOf(pasts []Past, in lang.Language) (all []string) {
	for _, p := range pasts {
		for _, r := range p.Runs {
			for _, head := range r.heads(in) {
				all = append(all, fmt.Sprintf("%s (%s): %s", p.Name, r.API, head))
			}
		}
	}
	return all
}

// facts are when the column was judged, the product, the verdict, how much was judged, what failed and what passes.
func (c *column) facts() []string {
	if c.Target == nil {
		return slices.Repeat([]string{"·"}, 6)
	}
	n := c.Target.Count()
	return []string{when(c.Run.Started), strings.TrimSpace(c.Target.Product.Name + " " + c.Target.Product.Version),
		word(c.Target.Verdict), c.Target.JudgedOf(lang.Reader()), fmt.Sprint(n[Fail]), fmt.Sprint(n[Pass])}
}

// began is when the first of a folder's runs began.
func (p Past) began() (first time.Time) {
	for _, r := range p.Runs {
		if first.IsZero() || r.Started.Before(first) {
			first = r.Started
		}
	}
	return first
}
