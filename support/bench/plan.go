package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"

	"session-conformance/suites"
	"session-conformance/support/target"
)

// plan prints what depends on what in a run against the embedded reference server of an API.
func plan(args []string) error {
	flags := flag.NewFlagSet("plan", flag.ContinueOnError)
	file := flags.String("file", "", "a targets.yaml; its first target is asked")
	if err := flags.Parse(args); err != nil {
		return err
	}
	targets, err := target.Load(*file, nil, func(string) []string { return nil })
	if err != nil {
		return err
	}
	if len(targets) == 0 {
		return errors.New(*file + " has no target")
	}
	planned, err := suites.Of(targets[0].API).Plan(context.Background(), targets[0])
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(planned)
}
