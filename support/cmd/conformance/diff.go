package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// diffCommand shows what changed between an accepted state and the results that lie in the folder of reports.
func diffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff FILE [REPORTS_DIR]",
		Short: "Show what changed since an accepted state; exit 1 where something is worse",
		Args:  words("the file of the accepted state, and at most the folder of reports", 1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			accepted, err := report.ReadAccepted(args[0])
			if err != nil {
				return err
			}
			folder, err := reportsAt(args[1:])
			if err != nil {
				return err
			}
			runs, err := folder.Load()
			if err != nil {
				return err
			}
			return withExit(since(args[0], accepted, runs, false))
		},
	}
}

// since prints what changed since the accepted state, or briefly whether something did, and gives the exit: 1 where
// something became worse.
func since(file string, accepted *report.Accepted, runs []*report.Results, briefly bool) int {
	comparison, err := report.Compare(accepted, runs, target.Selection())
	if err != nil {
		return complain(err)
	}
	comparison.Note(file, runs)
	if briefly {
		fmt.Println(report.Brief(runs) + ". " + comparison.Outcome())
	} else {
		fmt.Print(comparison.Text(file))
	}
	if comparison.Worse() {
		return report.ExitNonConformant
	}
	return 0
}
