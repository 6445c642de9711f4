package main

import (
	"errors"
	"flag"
	"fmt"

	"session-conformance/support/report"
)

// refresh writes anew what shows the results that lie in the folder of reports.
func refresh(args []string) int {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return report.ExitWrongUse
	}
	if flags.NArg() > 1 {
		return complain(errors.New("usage: conformance report [REPORTS_DIR]"))
	}
	folder, err := reportsAt(flags.Args())
	if err != nil {
		return complain(err)
	}
	runs, err := folder.Load()
	if err != nil {
		return complain(err)
	}
	if err := folder.Refresh(); err != nil {
		return complain(err)
	}
	fmt.Print(report.Terminal(runs))
	fmt.Printf("Reports: %s\n", folder.Path)
	return 0
}
