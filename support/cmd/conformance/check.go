package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"session-conformance/suites"
	"session-conformance/support/lang"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// checkCommand reads targets.yaml as a run would, and says what it selects; where asked it tries the logins too.
func checkCommand() *cobra.Command {
	online := false
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check targets.yaml; with --online try the logins too",
		Long: `check reads targets.yaml as a run would, and sends nothing.

With --online it does what a run begins with, and nothing else: it logs in to each target by password, uses the
sessions and ends them. A refused login is tried once more, in one other documented form or way of the same user;
refused too, it says what was sent, what came and the likely causes.

Exits: 0 all right · 2 the file is wrong, and nothing was sent · 3 nobody is let in by some target · 1 a target refuses
the login by password and takes another way of the same user: a run would fail it.`,
		Args: noWords("; TARGETS_FILE names another file, TARGET the targets"),
		RunE: func(*cobra.Command, []string) error {
			path, targets, err := selected()
			if err != nil {
				return err
			}
			for _, t := range targets {
				fmt.Println(lang.T("%s: %s at %s", t.Name, t.API, t.URL))
			}
			fmt.Println(lang.T("%s is right; %d targets are selected.", sink.Line(path), len(targets)))
			if !online {
				return nil
			}
			return logIn(targets)
		},
	}
	cmd.Flags().BoolVar(&online, "online", false, "log in to each target once, as a run begins, and say what came")
	return cmd
}

// selected reads targets.yaml and gives its path and the targets that TARGET names.
func selected() (string, []target.Target, error) {
	path, err := target.Find()
	if errors.Is(err, target.ErrNoFile) {
		return "", nil, fmt.Errorf("%w\n%s", err, withoutFile)
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
const withoutFile = `Without one:
  conformance run --embedded   judges the embedded reference servers
  conformance try              Judge one product by flags, without a file
  conformance init             Write a targets.yaml: five questions, or flags`
