package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/support/report"
)

// runFlags are the flags of run: its own, and those that are handed on to ginkgo.
type runFlags struct {
	quiet    bool
	against  string           // the file of the accepted state
	accepted *report.Accepted // nil: the verdicts decide the exit
	flags    []string         // ginkgo's
}

// readRunFlags takes run's own flags out, and reads the accepted state before anything is sent.
func readRunFlags(args []string) (*runFlags, error) {
	asked := &runFlags{}
	for i := 0; i < len(args); i++ {
		name, value, given := strings.Cut(args[i], "=")
		switch {
		case args[i] == "-q", args[i] == "--quiet":
			asked.quiet = true
		case args[i] == "--":
		case name == "--against" || name == "-against":
			if !given && i+1 < len(args) {
				i++
				value = args[i]
			}
			if value == "" || asked.against != "" {
				return nil, errors.New("--against takes one file, which conformance accept wrote")
			}
			asked.against = value
		default:
			asked.flags = append(asked.flags, args[i])
		}
	}
	if err := takenByGinkgo(asked.flags); err != nil {
		return nil, err
	}
	if asked.against == "" {
		return asked, nil
	}
	var err error
	asked.accepted, err = report.ReadAccepted(asked.against)
	if err != nil {
		return nil, fmt.Errorf("--against: %w", err)
	}
	return asked, nil
}

// takenByGinkgo says what ginkgo would refuse, before an earlier run's reports are cleared.
func takenByGinkgo(flags []string) error {
	known, err := types.BuildRunCommandFlagSet(&types.SuiteConfig{}, &types.ReporterConfig{}, &types.CLIConfig{}, &types.GoFlagsConfig{})
	if err != nil {
		return fmt.Errorf("ginkgo's flags: %w", err)
	}
	words, err := known.Parse(flags)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return errors.New("run takes -q, --against FILE and the flags of ginkgo: go tool ginkgo help run")
	case err != nil:
		return fmt.Errorf("%w: run takes -q, --against FILE and the flags of ginkgo: go tool ginkgo help run", err)
	case len(words) > 0:
		return fmt.Errorf("run takes no words beside its flags: %s; TARGET names targets, --focus chooses specs", strings.Join(words, " "))
	}
	return nil
}

// since prints what changed since the accepted state and gives the exit. A report that a suite removed stays a failure,
// whatever was accepted.
func (asked *runFlags) since(folder report.Dir, runs []*report.Results) int {
	for _, r := range runs {
		if missing := folder.Missing(r.API); len(missing) > 0 {
			return complain(fmt.Errorf("reports of %s are missing: %s: see above", r.API, strings.Join(missing, ", ")))
		}
	}
	return since(asked.against, asked.accepted, runs)
}
