package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"session-conformance/support/report"
)

// historyCommand tells what became of each clause over several runs.
func historyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "history DIR…",
		Short: "Show as Markdown what became of each clause over the results of several runs",
		Long: `history takes the folders of reports of several runs, or releases, and prints a table for each target: how much passed in each run, and the
verdict of every clause that is not the same in all, the earliest run first.`,
		Args: words("the folders of reports of several runs", 1, 1000),
		RunE: func(_ *cobra.Command, args []string) error {
			var pasts []report.Past
			for _, arg := range args {
				path, err := filepath.Abs(arg)
				if err != nil {
					return err
				}
				runs, err := report.Dir{Path: path}.Load()
				if err != nil {
					return err
				}
				pasts = append(pasts, report.Past{Name: filepath.Base(path), Runs: runs})
			}
			fmt.Print(report.History(pasts))
			return nil
		},
	}
}

// badgeCommand draws the weightiest verdict.
func badgeCommand() *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:   "badge [-o FILE] [REPORTS_DIR]",
		Short: "Draw the weightiest verdict, and how much was judged, as an SVG",
		Args:  words("at most the folder of reports", 0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			folder, err := reportsAt(args)
			if err != nil {
				return err
			}
			runs, err := folder.Load()
			if err != nil {
				return err
			}
			if out == "" {
				fmt.Printf("%s", report.Badge(runs))
				return nil
			}
			return os.WriteFile(out, report.Badge(runs), 0o644)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "write it to this `FILE` in place of the standard output")
	return cmd
}
