package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"session-conformance/suites"
	"session-conformance/support/target"
)

// checkCommand reads targets.yaml as a run would, and says what it selects.
func checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check targets.yaml without sending anything",
		Args:  noWords("; TARGETS_FILE names another file"),
		RunE: func(*cobra.Command, []string) error {
			path, targets, err := selected()
			if err != nil {
				return err
			}
			for _, t := range targets {
				fmt.Printf("%s: %s at %s\n", t.Name, t.API, t.URL)
			}
			fmt.Printf("%s is right; %d targets are selected.\n", path, len(targets))
			return nil
		},
	}
}

// selected reads targets.yaml and gives its path and the targets that TARGET names.
func selected() (string, []target.Target, error) {
	path, err := target.Find()
	if errors.Is(err, target.ErrNoFile) {
		return "", nil, fmt.Errorf("%w\n%s", err, withoutFile())
	}
	if err != nil {
		return "", nil, err
	}
	targets, err := target.Load(path, target.Selection(), func(api string) []string {
		catalogue, err := suites.Of(api).Catalogue()
		if err != nil {
			return nil // its suite says so
		}
		return catalogue.IDs()
	})
	return path, targets, err
}

// withoutFile says what can be done without a targets.yaml.
func withoutFile() string {
	text := "Without one:\n  conformance run --embedded   judges the embedded reference servers"
	for _, c := range commands().Commands() {
		if c.Name() == "try" || c.Name() == "init" {
			text += fmt.Sprintf("\n  conformance %-16s %s", c.Name(), c.Short)
		}
	}
	return text
}
