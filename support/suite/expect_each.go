package suite

import (
	"fmt"
	"strings"

	"github.com/onsi/gomega"

	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/report"
)

// eachShown is how many exchanges a failure of ExpectEach shows.
const eachShown = 5

// ExpectEach is ExpectEachBy whose sentence is all that a script needs to know: "a status 4xx", "the status 401".
func ExpectEach(expected string, all []*exchange.Exchange, met func(*exchange.Exchange) bool,
	got ...func(*exchange.Exchange) string) {
	ExpectEachBy(statusInShell(expected), expected, all, met, got...)
}

// ExpectEachBy expects each exchange to meet the check, and shows those that do not, by got or else in outline. Where
// there is none the spec is not applicable. The check says the same of one exchange in a script, see match.InShell.
func ExpectEachBy(check, expected string, all []*exchange.Exchange, met func(*exchange.Exchange) bool,
	got ...func(*exchange.Exchange) string) {
	if len(all) == 0 {
		Skip(report.NotApplicable, "there was nothing of which this could be judged")
	}
	show := match.Outline
	if len(got) > 0 {
		show = got[0]
	}
	judged, wrong := all[0], []string{}
	for _, e := range all {
		if met(e) {
			continue
		}
		if len(wrong) == 0 {
			judged = e
		}
		wrong = append(wrong, fmt.Sprintf("%q, %q: %s", e.Scenario, e.Step, show(e)))
	}
	if len(wrong) > eachShown {
		wrong = append(wrong[:eachShown], fmt.Sprintf("and %d more", len(wrong)-eachShown))
	}
	gomega.Expect(judged).To(match.InShell(check,
		match.Meet(expected, func(*exchange.Exchange) bool { return len(wrong) == 0 },
			func(*exchange.Exchange) string { return strings.Join(wrong, "\n            ") })))
}

// statusInShell is what a sentence on a status says in a script; empty for others.
func statusInShell(expected string) string {
	if class, ok := strings.CutPrefix(expected, "a status "); ok && len(class) == 3 && strings.HasSuffix(class, "xx") {
		return "like " + class[:1]
	}
	codes, ok := strings.CutPrefix(expected, "the status ")
	codes = strings.ReplaceAll(codes, " or ", " ")
	if !ok || strings.Trim(codes, "0123456789 ") != "" {
		return ""
	}
	return "status " + codes
}
