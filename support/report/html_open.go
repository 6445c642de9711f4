package report

import (
	"strings"

	"session-conformance/support/lang"
)

// opening is a reason for which specs were not judged.
type opening struct {
	Verdict Verdict
	Says    string
	Specs   []*Result
	Page    *page
}

// Link leads to all of them from the page of all targets.
func (o *opening) Link() string { return o.Page.link("open") }

// openings gather the specs that were not judged by their reason: those first that somebody can do something about.
func (p *page) openings() (list []*opening) {
	for _, verdict := range []Verdict{Inconclusive, Unconfigured, Unsupported, NotApplicable} {
		for _, specs := range grouped(p.As(verdict), reason) {
			o := &opening{Verdict: verdict, Says: reason(specs[0]), Specs: specs, Page: p}
			if n := len(specs); verdict == Unconfigured {
				o.Says = lang.N(n, "%[2]s would have %[1]d more spec judged",
					"%[2]s would have %[1]d more specs judged", o.Says)
			} else {
				o.Says += ": " + lang.N(n, "%d spec", "%d specs")
			}
			list = append(list, o)
		}
	}
	return list
}

// reason is why a spec was not judged, the same for all that one cause kept from it: the setting that it lacks, the
// clause that it waits for.
func reason(r *Result) string {
	if id, waits := waitsFor(r); waits {
		return lang.T("waiting for %s, which is not met", id)
	}
	if setting := lacks(r); setting != "" {
		return setting
	}
	return lang.Sentence(firstLine(r.Message))
}

// lacks is the setting without which a spec was not judged; empty where it is none.
func lacks(r *Result) string {
	setting, _, lacks := strings.Cut(firstLine(r.Message), " is not set")
	if !lacks || r.Verdict != Unconfigured {
		return ""
	}
	return setting
}
