package report

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"session-conformance/support/sink"
)

// badgeColours are those of the verdicts on a badge; white text can be read on each.
var badgeColours = map[Verdict]string{Conformant: "#2a7a43", Partial: "#6a4aa8", Inconclusive: "#96580a",
	NonConformant: "#a8121b"}

// Weightiest is the weightiest verdict of the targets; empty where there are none.
func Weightiest(runs []*Results) (worst Verdict) {
	for _, t := range Each(runs) {
		if worst == "" || weight(t.Verdict) < weight(worst) {
			worst = t.Verdict
		}
	}
	return worst
}

// Badge is an SVG with the weightiest verdict of the targets, and how much of them was judged. That the reports have
// notices at their heads, such as that evidence was altered, it says too.
func Badge(runs []*Results) []byte {
	worst, judged, all := Weightiest(runs), 0, 0
	for _, t := range Each(runs) {
		judged, all = judged+t.judged(), all+len(t.Results)
	}
	label, says, colour := "session conformance", "not judged", "#555"
	if worst != "" {
		says = fmt.Sprintf("%s, %d of %d", worst, judged, all)
		if slices.ContainsFunc(runs, func(r *Results) bool { return len(r.said()) > 0 }) {
			says += ", with notices"
		}
		if c := badgeColours[worst]; c != "" {
			colour = c
		}
	}
	const perLetter = 7
	left, right := 10+perLetter*utf8.RuneCountInString(label), 10+perLetter*utf8.RuneCountInString(says)
	text := sink.HTML(says)
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="20" role="img" aria-label="%[2]s: %[3]s"><title>%[2]s: %[3]s</title>
<rect width="%[4]d" height="20" fill="#444"/><rect x="%[4]d" width="%[5]d" height="20" fill="%[6]s"/>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="%[7]d" y="14">%[2]s</text><text x="%[8]d" y="14">%[3]s</text></g></svg>
`, left+right, label, text, left, right, colour, left/2, left+right/2)
}
