package report

import "slices"

// Document is one of the texts that an API's clauses are taken from.
type Document struct {
	File   string `json:"file"`
	Title  string `json:"title,omitempty"`
	SHA256 string `json:"sha256,omitempty"` // of the file, in hexadecimal digits
}

// certificate is what the page shows that a vendor signs.
type certificate struct {
	*page
	Documents []Document
	Digest    string // of the evidence, in hexadecimal digits; empty where it is not there
	Refused   int
	Counted   counted
}

// counted is a table of specs by tier and verdict.
type counted struct {
	Heads []string
	Rows  []countedRow
}

type countedRow struct {
	Name    string
	Numbers []int
}

// certificate is one page on paper: what was judged, by what, with which verdict, and a place to sign. digest is the
// SHA-256 of the target's evidence.
func (r *Results) certificate(t *Target, digest string) certificate {
	p := pageOf(&apiView{Results: r, Title: titleOf(r.API)}, t, true)
	c := certificate{page: p, Documents: r.Documents, Digest: digest, Counted: countTiers(p.Results)}
	for _, n := range p.RefusedLogins {
		c.Refused += n
	}
	return c
}

func countTiers(results []Result) counted {
	var c counted
	var verdicts []Verdict
	for _, v := range drawnVerdicts {
		if slices.ContainsFunc(results, func(r Result) bool { return r.Verdict == v }) {
			verdicts, c.Heads = append(verdicts, v), append(c.Heads, string(v))
		}
	}
	for _, tier := range []string{"stated", "shown", "extra"} {
		row, some := countedRow{Name: tier}, false
		for _, v := range verdicts {
			n := 0
			for _, r := range results {
				if r.Tier == tier && r.Verdict == v {
					n++
				}
			}
			some = some || n > 0
			row.Numbers = append(row.Numbers, n)
		}
		if some {
			c.Rows = append(c.Rows, row)
		}
	}
	return c
}
