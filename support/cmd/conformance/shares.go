package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"session-conformance/support/fleet"
	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// share is which part of a run this one is, and how it ends.
type share struct {
	offered bool   // the command is one that takes a part
	part    string // K/N; empty: what the engine that started it says
	exit    string // results: 0 where results were written
	targets string // a file or folder of targets, or - for lines of JSON from standard input
	wait    time.Duration
	cut     bool // the run was interrupted
}

const exitByResults = "results"

func (s *share) flags(flags *pflag.FlagSet) {
	s.offered = true
	flags.StringVar(&s.targets, "targets", "", "judge the targets in this `FILE` or folder; - reads lines of JSON from "+
		"standard input")
	flags.DurationVar(&s.wait, "wait", 0, "wait so `LONG` at most until every target answers, such as 60s")
	flags.StringVar(&s.part, "shard", "", "judge part `K/N` of the targets only; an array of Slurm, GitLab's parallel "+
		"and an Indexed Job say it themselves")
	flags.StringVar(&s.exit, "shard-exit", "", "with `results` a part exits 0 where it wrote its results: conformance "+
		"merge decides")
}

// begin sets what the suites go by, and gives what removes it again.
func (s *share) begin() (end func(), err error) {
	end = func() {}
	if s.exit != "" && s.exit != exitByResults {
		return end, fmt.Errorf("--shard-exit takes %s, not %q", exitByResults, s.exit)
	}
	if s.wait < 0 {
		return end, fmt.Errorf("--wait %s: no time is below zero; give one such as 60s", s.wait)
	}
	if s.targets != "" {
		if given := os.Getenv("TARGETS_FILE"); given != "" {
			return end, fmt.Errorf("--targets names %s, and TARGETS_FILE %s: give one of the two", s.targets, given)
		}
		if end, err = s.takeTargets(); err != nil {
			return end, err
		}
	}
	if !s.offered {
		return end, nil
	}
	part, from, err := fleet.FromEngine(os.Getenv)
	if s.part != "" {
		from = ""
		part, err = target.ParseShard(s.part)
	}
	if err != nil || part.N == 0 {
		return end, err
	}
	// A job of parallel: matrix, which is for one product, has the numbers of its place, too.
	if from == fleet.GitLab && len(target.Selection()) > 0 {
		return end, fmt.Errorf("TARGET names targets, and %s says that this is part %s: name the part with --shard, 1/1 for "+
			"all that TARGET names", from, part)
	}
	if from != "" {
		fmt.Println(lang.T("This is part %s, says %s.", part, from))
	}
	return end, os.Setenv(target.ShardVariable, part.String())
}

// takeTargets points TARGETS_FILE to what --targets names.
func (s *share) takeTargets() (end func(), err error) {
	end = func() {}
	path, err := filepath.Abs(s.targets)
	if s.targets == "-" {
		path, end, err = temporary(target.StandardInput, os.Stdin)
	}
	if err != nil {
		return end, fmt.Errorf("--targets: %w", err)
	}
	return end, os.Setenv("TARGETS_FILE", path)
}

// finish marks the folder as a whole part's, and gives the exit. One that was interrupted is not whole: it is to be run
// again.
func (s *share) finish(folder report.Dir, began time.Time, ended error) error {
	text := os.Getenv(target.ShardVariable)
	if text == "" {
		return ended
	}
	part, err := target.ParseShard(text)
	if err != nil {
		return err
	}
	var code exit
	decided := ended == nil || errors.As(ended, &code) &&
		(code == report.ExitNonConformant || code == report.ExitStaleWaiver || code == report.ExitInconclusive)
	if !decided || s.cut {
		return ended
	}
	if err := fleet.Mark(folder.Path, part, began); err != nil {
		return err
	}
	if s.exit == exitByResults {
		return nil
	}
	return ended
}

// mergeCommand joins the reports of a run's parts, and decides the gate.
func mergeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge DIR...",
		Short: "Join the reports of a run's parts, and pass the gate or not",
		Long: `merge joins the reports that lie in the folders, or in the folders within them, into reports/ or REPORTS_DIR: results, JUnit,
evidence and pages. A part that is missing is named, and the whole is never green then: exit 3, or 1 where a target is non-conformant.`,
		Args: words("the folders with the reports of the parts", 1, 10_000),
		RunE: func(_ *cobra.Command, args []string) error { return merge(args) },
	}
}

func merge(folders []string) error {
	into, err := report.Folder()
	if err != nil {
		return err
	}
	release, err := hold(into)
	if err != nil {
		return err
	}
	defer release()
	merged, err := fleet.Merge(folders, into)
	if err != nil {
		return err
	}
	fmt.Print(report.Terminal(merged.Runs))
	appendStepSummary(into)
	for _, folder := range merged.Cut {
		fmt.Println(lang.T("%s was cut short, and does not count.", sink.Line(folder)))
	}
	for _, m := range merged.Missing {
		fmt.Println(lang.T("Shard %s is missing: run it again, and merge again.", m))
	}
	fmt.Println(lang.T("Reports: %s", sink.Line(into.Path)))
	return withExit(report.Exit(merged.Runs))
}
