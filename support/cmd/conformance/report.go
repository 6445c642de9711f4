package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"session-conformance/support/lang"
	"session-conformance/support/report"
)

// reportCommand writes anew what shows the results that lie in the folder of reports.
func reportCommand() *cobra.Command {
	allure := ""
	cmd := &cobra.Command{
		Use:   "report [--allure FOLDER] [REPORTS_DIR]",
		Short: "Write summary.md and the pages anew from the results that lie there",
		Args:  words("at most the folder of reports", 0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			folder, runs, err := resultsAt(args)
			if err != nil {
				return err
			}
			release, err := hold(folder)
			if err != nil {
				return err
			}
			defer release()
			if err := appendices(runs); err != nil {
				return err
			}
			if err := folder.WritePages(runs); err != nil {
				return err
			}
			if allure != "" {
				if err := report.WriteAllure(runs, allure); err != nil {
					return err
				}
			}
			fmt.Print(report.Terminal(runs))
			fmt.Println(lang.T("Reports: %s", folder.Path))
			return nil
		},
	}
	cmd.Flags().StringVar(&allure, "allure", "", "write a result of each spec for Allure into this `FOLDER`, too")
	return cmd
}
