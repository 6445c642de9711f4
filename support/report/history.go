package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"session-conformance/support/sink"
)

// Past is one of the runs of a history: what lies in a folder of reports.
type Past struct {
	Name string // the folder
	Runs []*Results
}

// History is a table in Markdown for each target of several runs, the earliest first: how much passed in each, and the
// verdict of each clause
// that is not the same in all. A clause's verdict is its weightiest; "·" stands where the run did not judge it.
func History(pasts []Past) string {
	slices.SortStableFunc(pasts, func(a, b Past) int { return a.began().Compare(b.began()) })
	var b strings.Builder
	b.WriteString("# History\n")
	for _, key := range targetsOf(pasts) {
		fmt.Fprintf(&b, "\n## %s\n\n| |", sink.Markdown(key))
		for _, p := range pasts {
			fmt.Fprintf(&b, " %s |", sink.Markdown(p.Name))
		}
		b.WriteString("\n|---|" + strings.Repeat("---|", len(pasts)) + "\n")
		rows := [][]string{{"judged on"}, {"product"}, {"verdict"}, {"judged"}, {"fail"}, {"pass"}}
		clauses, verdicts := []string{}, map[string][]string{}
		for i, p := range pasts {
			run, t := p.target(key)
			cells := []string{"·", "·", "·", "·", "·", "·"}
			if t != nil {
				c := t.Count()
				cells = []string{when(run.Started), strings.TrimSpace(t.Product.Name + " " + t.Product.Version), string(t.Verdict),
					t.JudgedOf(), fmt.Sprint(c[Fail]), fmt.Sprint(c[Pass])}
				for _, r := range t.Results {
					if verdicts[r.Clause] == nil {
						clauses, verdicts[r.Clause] = append(clauses, r.Clause), slices.Repeat([]string{"·"}, len(pasts))
					}
					verdicts[r.Clause][i] = weightier(verdicts[r.Clause][i], r.Verdict)
				}
			}
			for k := range rows {
				rows[k] = append(rows[k], cells[k])
			}
		}
		for _, clause := range clauses {
			if len(slices.Compact(slices.Clone(verdicts[clause]))) > 1 {
				rows = append(rows, append([]string{clause}, verdicts[clause]...))
			}
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
	for _, r := range p.Runs {
		for i := range r.Targets {
			if r.API+" "+r.Targets[i].Name == key {
				return r, &r.Targets[i]
			}
		}
	}
	return nil, nil
}

// targetsOf are the targets of all runs, by API and name, each once.
func targetsOf(pasts []Past) []string {
	var keys []string
	for _, p := range pasts {
		for _, r := range p.Runs {
			for _, t := range r.Targets {
				keys = append(keys, r.API+" "+t.Name)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// weightier is the weightier of two verdicts of a clause's specs, as the matrix weighs them.
func weightier(before string, now Verdict) string {
	if before == "·" || slices.Index(cellVerdicts, now) < slices.Index(cellVerdicts, Verdict(before)) {
		return string(now)
	}
	return before
}
