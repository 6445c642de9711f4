package main

import (
	"errors"
	"flag"
	"fmt"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// diff shows what changed between an accepted state and the results that lie in the folder of reports.
func diff(args []string) int {
	flags := flag.NewFlagSet("diff", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return report.ExitWrongUse
	}
	if flags.NArg() < 1 || flags.NArg() > 2 {
		return complain(errors.New("usage: conformance diff FILE [REPORTS_DIR]"))
	}
	accepted, err := report.ReadAccepted(flags.Arg(0))
	if err != nil {
		return complain(err)
	}
	folder, err := reportsAt(flags.Args()[1:])
	if err != nil {
		return complain(err)
	}
	runs, err := folder.Load()
	if err != nil {
		return complain(err)
	}
	return since(flags.Arg(0), accepted, runs)
}

// since prints what changed since the accepted state, and gives the exit: 1 where something became worse.
func since(file string, accepted *report.Accepted, runs []*report.Results) int {
	comparison, err := report.Compare(accepted, runs, target.Selection())
	if err != nil {
		return complain(err)
	}
	fmt.Print(comparison.Text(file))
	if comparison.Worse() {
		return report.ExitNonConformant
	}
	return 0
}
