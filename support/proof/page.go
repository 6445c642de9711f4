package proof

import (
	"bytes"
	_ "embed"
	"html/template"
	"sort"
	"strings"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("proof").
	Funcs(template.FuncMap{"join": func(list []string) string { return strings.Join(list, "; ") }}).Parse(pageText))

// row is a clause with the faults that break it.
type row struct {
	API, Clause string
	Faults      []Outcome
}

// Page is the matrix as one HTML file: clause by clause, which specs caught each fault and which other clauses fell
// with it.
func (m *Matrix) Page() ([]byte, error) {
	rows := map[string]*row{}
	var others []Outcome
	for _, o := range m.Cases {
		if o.Kind != Fault {
			others = append(others, o)
			continue
		}
		key := o.API + " " + o.Clause
		if rows[key] == nil {
			rows[key] = &row{API: o.API, Clause: o.Clause}
		}
		rows[key].Faults = append(rows[key].Faults, o)
	}
	keys := make([]string, 0, len(rows))
	for key := range rows {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	sorted := make([]*row, 0, len(keys))
	for _, key := range keys {
		sorted = append(sorted, rows[key])
	}
	var b bytes.Buffer
	err := page.Execute(&b, map[string]any{"Matrix": m, "Rows": sorted, "Others": others})
	return b.Bytes(), err
}
