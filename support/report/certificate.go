package report

// Document is one of the texts that an API's clauses are taken from.
type Document struct {
	File   string `json:"file"`
	Title  string `json:"title,omitempty"`
	SHA256 string `json:"sha256,omitempty"` // of the file, in hexadecimal digits
}

// certificate is what the page shows that a vendor signs: one page on paper, with what was judged, by what, with which
// verdict, and a place to sign.
type certificate struct {
	*page
	Digest string // the SHA-256 of the evidence, in hexadecimal digits; empty where it is not there
}

func (r *Results) certificate(t *Target, digest string) certificate {
	return certificate{pageOf(&apiView{Results: r}, t, true), digest}
}

// Counts counts the specs with a verdict: in all, and of each tier; nil where there are none.
func (c certificate) Counts(v Verdict) (list []int) {
	if len(c.As(v)) == 0 {
		return nil
	}
	for _, tier := range c.Tiers() {
		of := c.of(tier)
		list = append(list, len(of.As(v)))
	}
	return list
}
