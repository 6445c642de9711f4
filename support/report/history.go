package report

import (
	"cmp"
	"fmt"
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
}

// table sets results side by side: those of one target in several runs, or those of all targets of an API.
type table struct {
	Title   string
	Columns []*column
	Clauses []tableRow
}

// column is one target in one run; Target is nil where the run has none.
type column struct {
	Name, Link string
	Run        *Results
	Target     *Target
	Verdicts   map[string]Verdict // by clause, the weightiest of its specs
}

// tableRow is a clause; Verdicts are empty where a column does not judge it.
type tableRow struct {
	Clause, Says string
	Verdicts     []Verdict
	Differs      bool // they are not the same in all columns
}

// historyOf is a table for each target, with a column for each run, the earliest first.
func historyOf(pasts []Past) []table {
	slices.SortStableFunc(pasts, func(a, b Past) int { return a.began().Compare(b.began()) })
	var tables []table
	for _, key := range targetsOf(pasts) {
		t := table{Title: key}
		for _, p := range pasts {
			t.add(p, key, "")
		}
		tables = append(tables, t.rows())
	}
	return tables
}

// add adds the column of a run.
func (t *table) add(p Past, key, link string) {
	c := &column{Name: p.Name, Link: link, Verdicts: map[string]Verdict{}}
	if c.Run, c.Target = p.target(key); c.Target != nil {
		for _, r := range c.Target.Results {
			c.Verdicts[r.Clause] = weightier(c.Verdicts[r.Clause], r.Verdict)
		}
	}
	t.Columns = append(t.Columns, c)
}

// rows is the table with a row for each clause, those that differ first.
func (t table) rows() table {
	seen := map[string]bool{}
	for _, c := range t.Columns {
		if c.Target == nil {
			continue
		}
		for _, r := range c.Target.Results {
			if seen[r.Clause] {
				continue
			}
			seen[r.Clause] = true
			row := tableRow{Clause: r.Clause, Says: r.Says}
			for _, of := range t.Columns {
				row.Verdicts = append(row.Verdicts, of.Verdicts[r.Clause])
			}
			row.Differs = len(slices.Compact(slices.Clone(row.Verdicts))) > 1
			t.Clauses = append(t.Clauses, row)
		}
	}
	foremost(t.Clauses, func(row tableRow) bool { return row.Differs })
	return t
}

// Trend draws how many specs were judged how in each column that has results, the earliest above.
func (t table) Trend() drawing {
	var rows []drawnSpecs
	for _, c := range t.Columns {
		if c.Target != nil {
			rows = append(rows, drawnSpecs{c.Name, c.Target.Results})
		}
	}
	return draw(rows, 160)
}

// History is a table in Markdown for each target of several runs, the earliest first: how much passed in each, and the
// verdict of each clause that is not the same in all. "·" stands where the run did not judge it.
func History(pasts []Past) string {
	var b strings.Builder
	b.WriteString("# " + lang.T("History") + "\n")
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
			if !of.Differs {
				continue
			}
			row := []string{of.Clause}
			for _, v := range of.Verdicts {
				row = append(row, cmp.Or(word(v), "·"))
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

// target finds a target's results by its API and name; nil: the run has none.
func (p Past) target(key string) (*Results, *Target) {
	for r, t := range Each(p.Runs) {
		if r.API+" "+t.Name == key {
			return r, t
		}
	}
	return nil, nil
}

// targetsOf are the targets of all runs, by API and name, each once.
func targetsOf(pasts []Past) []string {
	var keys []string
	for _, p := range pasts {
		for r, t := range Each(p.Runs) {
			keys = append(keys, r.API+" "+t.Name)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// weightier is the weightier of two verdicts of a clause's specs, as the matrix weighs them.
func weightier(before, now Verdict) Verdict {
	if before == "" || slices.Index(cellVerdicts, now) < slices.Index(cellVerdicts, before) {
		return now
	}
	return before
}
