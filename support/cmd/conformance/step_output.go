package main

import (
	"fmt"
	"os"
	"strings"

	"session-conformance/support/report"
)

// appendStepOutput tells a later step of GitHub's job, by the file that $GITHUB_OUTPUT names, where it is set: the
// weightiest verdict, how many targets there are, and how many specs have each verdict. What goes wrong is said and
// decides nothing.
func appendStepOutput(runs []*report.Results) {
	path := os.Getenv("GITHUB_OUTPUT")
	if path == "" {
		return
	}
	targets, count := 0, map[report.Verdict]int{}
	for _, t := range report.Each(runs) {
		targets++
		for verdict, n := range t.Count() {
			count[verdict] += n
		}
	}
	var text strings.Builder
	fmt.Fprintf(&text, "verdict=%s\ntargets=%d\n", report.Weightiest(runs), targets)
	for _, verdict := range report.Verdicts() {
		fmt.Fprintf(&text, "%s=%d\n", verdict, count[verdict])
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = file.WriteString(text.String())
		_ = file.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "GITHUB_OUTPUT:", err)
	}
}
