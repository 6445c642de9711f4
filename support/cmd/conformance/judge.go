package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// judgeCommand judges the evidence that lies in a folder, as run judges targets. Nothing is sent.
func judgeCommand() *cobra.Command {
	asked, altered, waivers := &runOptions{}, false, ""
	cmd := &cobra.Command{
		Use:   "judge DIR",
		Short: "Judge the evidence in a folder as run does, sending nothing",
		Long: "judge judges the HAR files in DIR, or in its folder evidence, as run judges targets: with the same flags, " +
			"reports and exits.",
		Args: words("the folder with the evidence", 1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			path, err := filepath.Abs(args[0])
			if err != nil {
				return err
			}
			if info, err := os.Stat(path); err != nil || !info.IsDir() {
				return fmt.Errorf("conformance judge: %s is no folder", args[0])
			}
			if waivers != "" {
				if waivers, err = filepath.Abs(waivers); err == nil {
					_, err = os.Stat(waivers)
				}
				if err != nil {
					return fmt.Errorf("--waivers: %w", err)
				}
				_ = os.Setenv("WAIVERS", waivers)
			}
			if altered {
				_ = os.Setenv("EVIDENCE_ALTERED", "1")
			}
			asked.evidence = path
			return asked.run()
		},
	}
	cmd.Flags().BoolVar(&altered, "altered", false, "judge evidence too that was altered since it was written")
	cmd.Flags().StringVar(&waivers, "waivers", "", "apply the waivers in this `FILE`: a list waivers, or a "+
		"targets.yaml; those in the evidence are not applied")
	asked.flags(cmd)
	return cmd
}

// words wants so many words beside the flags of a command.
func words(what string, least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return fmt.Errorf("%s takes %s: conformance %s\nSee: %[1]s --help", cmd.CommandPath(), what, cmd.Use)
		}
		return nil
	}
}
