package main

import (
	"os"

	"github.com/spf13/cobra"

	"session-conformance/support/target"
)

// clausesCommand prints the ledger of all suites.
func clausesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "clauses",
		Short: "Print the clauses of all suites, each with the specs that judge it",
		Args:  noWords(""),
		RunE: func(*cobra.Command, []string) error {
			for _, api := range target.APIs() {
				cmd, _, err := suiteProcess(api, []string{"TARGETS_FILE=" + target.Embedded, "TARGET=", "EVIDENCE="}, "clauses")
				if err != nil {
					return err
				}
				cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
				if err := cmd.Run(); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
