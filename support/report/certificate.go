package report

import (
	"slices"

	"session-conformance/support/lang"
)

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

// counted is a table of specs by verdict and tier.
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
	c := certificate{page: p, Documents: r.Documents, Digest: digest, Refused: t.refusedLogins(),
		Counted: countTiers(p.Results)}
	return c
}

// countTiers counts the results by verdict, a row each, and tier: as many columns as fit on paper in every language.
func countTiers(results []Result) counted {
	var c counted
	of := func(tier string, v Verdict) (n int) {
		for _, r := range results {
			if (tier == "" || r.Tier == tier) && (v == "" || r.Verdict == v) {
				n++
			}
		}
		return n
	}
	tiers := slices.DeleteFunc([]string{"stated", "shown", "extra"}, func(tier string) bool { return of(tier, "") == 0 })
	for _, tier := range tiers {
		c.Heads = append(c.Heads, lang.T(tier))
	}
	for _, v := range drawnVerdicts {
		if of("", v) == 0 {
			continue
		}
		row := countedRow{Name: word(v)}
		for _, tier := range tiers {
			row.Numbers = append(row.Numbers, of(tier, v))
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}
