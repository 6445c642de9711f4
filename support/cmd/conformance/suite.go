package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"session-conformance/suites"
	"session-conformance/support/proof"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// suiteCommand judges by the suite of one API. Ginkgo has one tree of specs in a process, so the program starts itself
// for each API.
func suiteCommand() *cobra.Command {
	return &cobra.Command{
		Use:                "suite API [clauses | GINKGO-FLAGS]",
		Short:              "Judge by the suite of one API, in a process of its own",
		Hidden:             true,
		DisableFlagParsing: true,
		Args:               cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s := suites.Of(args[0])
			if s == nil {
				return fmt.Errorf("there is no suite %q", args[0])
			}
			if len(args) == 2 && args[1] == "clauses" {
				return s.WriteClauses(os.Stdout)
			}
			starter := os.Getppid()
			passed, err := s.Judge(args[1:], os.Stdin)
			if os.Getppid() != starter { // it was killed, and cannot
				removeOrphaned()
			}
			if err == nil && !passed {
				err = exit(report.ExitNonConformant)
			}
			return err
		},
	}
}

// suiteProcess is this program again, ready to judge by the suite of an API. What is written to orders interrupts it,
// and so does the end of this program.
func suiteProcess(api string, environment []string, args ...string) (cmd *exec.Cmd, orders io.WriteCloser, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, fmt.Errorf("this program cannot start itself: %w", err)
	}
	cmd = exec.Command(self, append([]string{"suite", api}, args...)...)
	cmd.Env = append(os.Environ(), environment...)
	orders, err = cmd.StdinPipe()
	return cmd, orders, err
}

// apart is this program again, which writes its reports there: nothing that this one was asked for, or that CI told it,
// is meant for it.
func apart(reports string, args ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("this program cannot start itself: %w", err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), "REPORTS_DIR="+reports, "TARGETS_FILE=", "TARGET=", "SHARD=", "WAIVERS=", "EVIDENCE=",
		"EVIDENCE_ALTERED=", "FULL=", suite.AgainVariable+"=", "GITHUB_STEP_SUMMARY=", "GITHUB_OUTPUT=",
		"GITHUB_ACTIONS=", "TF_BUILD=", "GITLAB_CI=", "PROGRESS=off")
	return cmd, nil
}

// judge is suiteProcess for the proof, which runs each to its end.
var _ proof.Program = provenBy

func provenBy(api string, args ...string) (*exec.Cmd, error) {
	cmd, _, err := suiteProcess(api, nil, args...)
	return cmd, err
}
