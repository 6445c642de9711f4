package main

import (
	"errors"
	"fmt"
	"strings"

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
