package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"session-conformance/support/lang"
)

// tables is a page of tables.
type tables struct {
	Title, Headline string
	Overview        []*column // of all tables, the worst first; empty: none is shown
	Tables          []table
	Trend           bool     // columns are runs of one target
	Heads           []string // what stands at the heads of the runs' reports
}

// HistoryPage is what became of each clause over several runs, as a page.
func HistoryPage(pasts []Past) ([]byte, error) {
	var b bytes.Buffer
	v := tables{Title: lang.T("Session conformance, history"), Tables: historyOf(pasts), Trend: true,
		Heads: headsOf(pasts, lang.English)}
	v.Headline = lang.T("%s in %s", lang.N(len(v.Tables), "%d target", "%d targets"), runsOf(pasts))
	err := writePage(&b, "tables.html", v)
	return b.Bytes(), err
}

// Site writes a static site into the folder: the reports of each run in a folder of its own, and a page that sets all
// of their targets side by side, clause by clause.
func (d Dir) Site(pasts []Past) error {
	v := tables{Title: lang.T("Session conformance of products"), Heads: headsOf(pasts, lang.English)}
	columns, used := map[string][]*column{}, map[string]bool{}
	for _, p := range pasts {
		folder := folderOf(p.Name, used)
		for _, r := range p.Runs {
			if err := (Dir{filepath.Join(d.Path, folder)}).Write(r); err != nil {
				return err
			}
			title := titleOf(r.API)
			columns[title] = append(columns[title], nil...) // there is a table even where it is empty
			for _, t := range r.Targets {
				link := ""
				if safeName.MatchString(t.Name) {
					link = folder + "/targets/" + t.Name + ".html"
					err := Dir{filepath.Join(d.Path, folder)}.CopyEvidence(t.Name, p.Dir.Evidence(t.Name)) // to which that leads
					if err != nil && !errors.Is(err, fs.ErrNotExist) {
						return err
					}
				}
				name := t.Name + " (" + folder + ")"
				if product := strings.TrimSpace(t.Product.Name + " " + t.Product.Version); product != "" {
					name = product + " (" + folder + ", " + t.Name + ")"
				}
				columns[title] = append(columns[title], &column{name, link, r, &t, t.byClause()})
			}
		}
	}
	for _, title := range slices.Sorted(maps.Keys(columns)) {
		v.Tables = append(v.Tables, table{Title: title, Columns: columns[title]}.rows())
		v.Overview = append(v.Overview, columns[title]...)
	}
	sortBy(v.Overview, func(c *column) int { return weight(c.Target.Verdict) })
	v.Headline = lang.T("%s of %s", lang.N(len(v.Overview), "%d target", "%d targets"), runsOf(pasts))
	return write(d.page(), func(to io.Writer) error { return writePage(to, "tables.html", v) })
}

func runsOf(pasts []Past) string { return lang.N(len(pasts), "%d run", "%d runs") }

// folderOf is a folder's name that no other run has.
func folderOf(name string, used map[string]bool) string {
	if !safeName.MatchString(name) {
		name = "run"
	}
	free := name
	for n := 2; used[free]; n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	used[free] = true
	return free
}

// Failed counts the clauses that fail.
func (c *column) Failed() (n int) {
	for _, v := range c.Verdicts {
		if v == Fail {
			n++
		}
	}
	return n
}

// Facts are what stands above a column.
func (c *column) Facts() []string {
	if c.Target == nil {
		return nil
	}
	return []string{when(c.Run.Started), lang.T("%s judged", c.Target.JudgedOf(lang.Reader()))}
}

// Cell is the column's in the row of a clause.
func (c *column) Cell(clause string) cell { return cell{Verdict: c.Verdicts[clause]} }
