package report

import (
	"fmt"
	"strings"

	"session-conformance/support/lang"
)

// screenWidth bounds a line of what came, in runes.
const screenWidth = 160

// difference are the lines of a failure that say what was expected and what came.
func difference(r *Result) string {
	var b strings.Builder
	for line := range strings.Lines(r.Message) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "expected ") || strings.HasPrefix(line, "got ") {
			if letters := []rune(line); len(letters) > screenWidth {
				line = string(letters[:screenWidth]) + "…"
			}
			if side, rest, found := strings.Cut(line, " "); found {
				line = fmt.Sprintf("%-10s%s", lang.T(side), lang.Side(strings.TrimLeft(rest, " ")))
			}
			fmt.Fprintf(&b, "        %s\n", line)
		}
	}
	return b.String()
}

// wholeText is a failure's text without the line that names the clause.
func wholeText(r *Result) string {
	var b strings.Builder
	for line := range strings.Lines(r.Message) {
		if strings.HasPrefix(line, r.Clause+" (") {
			continue
		}
		line = strings.TrimRight(line, "\n")
		if m := side.FindStringSubmatch(line); m != nil && (m[1] == "expected" || m[1] == "got") {
			line = fmt.Sprintf("  %-10s%s", lang.T(m[1]), lang.Side(m[2]))
		}
		fmt.Fprintf(&b, "    %s\n", line)
	}
	return b.String()
}
