package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// reportCommand writes anew what shows the results that lie in the folder of reports.
func reportCommand() *cobra.Command {
	allure := ""
	cmd := onResults("report [--allure FOLDER]",
		"Write summary.md and the pages anew from the results that lie there", "",
		func(folder report.Dir, runs []*report.Results) error {
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
			fmt.Println(lang.T("Reports: %s", sink.Line(folder.Path)))
			return nil
		})
	cmd.Flags().StringVar(&allure, "allure", "", "write a result of each spec for Allure into this `FOLDER`, too")
	return cmd
}
