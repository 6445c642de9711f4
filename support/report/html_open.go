package report

import (
	"strings"

	"session-conformance/support/lang"
)

// opening is a reason for which specs were not judged.
type opening struct {
	Badge   badge
	Says    string
	Specs   []*specView
	verdict Verdict
}

// openings gather the specs that were not judged by their reason: those first that somebody can do something about.
func (p *page) openings(specs []*specView) []*opening {
	var list []*opening
	for _, verdict := range []Verdict{Inconclusive, Unconfigured, Unsupported, NotApplicable} {
		by := map[string]*opening{}
		for _, s := range specs {
			if s.verdict != verdict {
				continue
			}
			why := reason(s.Result)
			o := by[why]
			if o == nil {
				o = &opening{Badge: s.Badge, verdict: verdict, Says: why}
				by[why] = o
				list = append(list, o)
			}
			s.ID = p.anchor(s.Clause)
			o.Specs = append(o.Specs, s)
		}
	}
	for _, o := range list {
		n := len(o.Specs)
		if o.verdict == Unconfigured {
			o.Says = lang.N(n, "%[2]s would have %[1]d more spec judged", "%[2]s would have %[1]d more specs judged", o.Says)
			continue
		}
		o.Says += ": " + lang.N(n, "%d spec", "%d specs")
	}
	return list
}

// reason is why a spec was not judged, the same for all that one cause kept from it: the setting that it lacks, the
// clause that it waits for.
func reason(r Result) string {
	if id, waits := waitsFor(r); waits {
		return lang.T("waiting for %s, which is not met", id)
	}
	why := firstLine(r.Message)
	if setting, _, lacks := strings.Cut(why, " is not set"); lacks && r.Verdict == Unconfigured {
		return setting
	}
	return lang.Sentence(why)
}
