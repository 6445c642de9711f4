// Command conformance runs the suites, serves the reference servers, and checks what a run is told.
package main

import (
	"fmt"
	"os"

	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// command is one of the things that the program does.
type command struct {
	name, says string
	do         func(args []string) int // gives the exit
}

func commands() []command {
	return []command{
		{"run", "judge the selected targets and pass the gate or not; --against FILE compares with an accepted state; ginkgo's flags are handed on", run},
		{"judge", "judge the evidence in a folder as run does, sending nothing: judge DIR [ginkgo's flags]", judge},
		{"accept", "keep the results of a run as the accepted state: accept -o FILE [REPORTS_DIR]", accept},
		{"diff", "show what changed since an accepted state; exit 1 where something is worse: diff FILE [REPORTS_DIR]", diff},
		{"report", "write summary.md and index.html anew from the results that lie there: report [REPORTS_DIR]", refresh},
		{"serve", "serve the conforming reference servers on fixed loopback ports", serve},
		{"check", "check targets.yaml without sending anything", check},
		{"prove", "show that every spec can fail: faults, variants, null targets", prove},
		{"stability", "judge the embedded servers ten times in random order: no verdict may differ", stability},
		{"clauses", "print the clauses of all suites, each with the specs that judge it", clauses},
	}
}

func main() {
	if len(os.Args) > 1 {
		for _, c := range commands() {
			if c.name == os.Args[1] {
				os.Exit(c.do(os.Args[2:]))
			}
		}
	}
	usage()
	if len(os.Args) > 1 && (os.Args[1] == "help" || os.Args[1] == "-h" || os.Args[1] == "--help") {
		return
	}
	os.Exit(report.ExitWrongUse)
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go tool conformance COMMAND [flags]")
	for _, c := range commands() {
		fmt.Fprintf(os.Stderr, "  %-10s %s\n", c.name, c.says)
	}
	fmt.Fprintln(os.Stderr, "exits: 0 conformant or partial · 1 non-conformant · 2 wrong configuration or usage · 3 inconclusive · 4 nothing was judged · 5 a waiver is stale or over")
	fmt.Fprintln(os.Stderr, "run --against FILE and diff: 1 only where something became worse")
}

// complain prints an error for a person and gives the exit of wrong use.
func complain(err error) int {
	fmt.Fprintln(os.Stderr, sink.Text(err.Error()))
	return report.ExitWrongUse
}
