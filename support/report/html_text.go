package report

import (
	"cmp"
	"regexp"
	"time"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// took is a duration for reading. s is in seconds.
func took(s float64) string {
	if s < 1 {
		return lang.T("%.1f ms", s*1000)
	}
	return lang.T("%.1f s", s)
}

func when(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// word is a verdict in the reader's language.
func word(v Verdict) string { return lang.T(string(v)) }

// countOf is how many have a verdict, in the reader's language: "3 fail".
func countOf(n int, v Verdict) string { return lang.T("%d %s", n, word(v)) }

// counts are how many have each of the verdicts, as far as some have.
func counts(count map[Verdict]int, of []Verdict) (list []string) {
	for _, v := range of {
		if count[v] > 0 {
			list = append(list, countOf(count[v], v))
		}
	}
	return list
}

// safeName is a target's name as targets.yaml allows it: such a one may stand in an address.
var safeName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*$`)

// badge is how a verdict shows: a class for its colour, a sign, and always its word.
type badge struct{ Class, Sign, Word string }

var signs = map[Verdict]string{Pass: "✓", Fail: "✗", Inconclusive: "?", Waived: "w", Warn: "!", Unconfigured: "○",
	Unsupported: "−", NotApplicable: "·", Conformant: "✓", Partial: "◐", NonConformant: "✗"}

func badgeOf(v Verdict) badge {
	sign, known := signs[v]
	if !known { // a file of another version
		return badge{"unknown", "?", sink.Visible(string(v))}
	}
	return badge{string(v), sign, word(v)}
}

// titleOf is the product that an API belongs to.
func titleOf(api string) string { return cmp.Or(target.Of(api).Product, sink.Visible(api)) }
