package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/spf13/cobra"

	"session-conformance/support/evidence"
	"session-conformance/support/fleet"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// runOptions are what a run was asked for.
type runOptions struct {
	quiet     bool
	embedded  bool
	told      bool             // the target, by flags
	full      bool             // partial is not enough
	against   string           // the file of the accepted state; empty: the verdicts decide the exit
	accepted  *report.Accepted // what that file holds
	evidence  string           // a folder of evidence to judge in place of targets; empty: targets are asked
	share     share
	ginkgo    ginkgoFlags
	complaint lastLine // of the suite that ran last
}

func runCommand() *cobra.Command {
	asked := &runOptions{}
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Judge the targets of targets.yaml, and pass the gate or not",
		Long: `run asks the targets of the nearest targets.yaml upwards, judges them, and writes reports/.

TARGET names targets, separated by commas; TARGETS_FILE another file; REPORTS_DIR another folder. It takes ginkgo's flags of a suite too.`,
		Args: noWords("; TARGET names targets, --focus chooses specs"),
		RunE: func(*cobra.Command, []string) error { return asked.run() },
	}
	cmd.Flags().BoolVar(&asked.embedded, "embedded", false, "judge the embedded reference servers, without a targets.yaml")
	asked.share.flags(cmd.Flags())
	asked.flags(cmd)
	return cmd
}

// flags are those that run and judge share.
func (asked *runOptions) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVarP(&asked.quiet, "quiet", "q", false, "print verdicts and failures only")
	flags.BoolVar(&asked.full, "full", false, "partial is not enough: what is unconfigured or waived fails the run")
	flags.StringVar(&asked.against, "against", "", "compare with the accepted state in this `FILE`: exit 1 only where "+
		"something became worse")
	asked.ginkgo.add(flags)
}

// noWords refuses words that stand beside the flags of a command.
func noWords(remedy string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return fmt.Errorf("%s takes no words beside its flags: %q%s\nSee: %[1]s --help", cmd.CommandPath(), args[0], remedy)
		}
		return nil
	}
}

// run judges the selected targets: it clears the reports, runs the suite of each API, and decides the gate.
func (asked *runOptions) run() error {
	if asked.embedded {
		if given := os.Getenv("TARGETS_FILE"); given != "" && given != target.Embedded {
			return fmt.Errorf("--embedded judges no file, and TARGETS_FILE names %s: give one of the two", given)
		}
		_ = os.Setenv("TARGETS_FILE", target.Embedded)
	}
	if given := os.Getenv("EVIDENCE"); given != "" && (asked.embedded || asked.told) {
		return fmt.Errorf("EVIDENCE names %s, which would be judged in place of what the flags name: unset one of the two",
			given)
	}
	if asked.full {
		_ = os.Setenv("FULL", "1")
	}
	if asked.evidence != "" {
		_ = os.Setenv("EVIDENCE", asked.evidence)
	}
	end, err := asked.share.begin()
	defer end()
	if err != nil {
		return err
	}
	if err := asked.ginkgo.vet(); err != nil {
		return err
	}
	if part := os.Getenv(target.ShardVariable); asked.against != "" && part != "" {
		return fmt.Errorf("part %s lacks most of the accepted targets: merge the parts, and compare that: conformance "+
			"diff %s", part, sink.Shell(asked.against))
	}
	if asked.against != "" { // before anything is sent
		if asked.accepted, err = report.ReadAccepted(asked.against); err != nil {
			return fmt.Errorf("--against: %w", err)
		}
	}
	settings, _ := ginkgo.GinkgoConfiguration()
	judges := os.Getenv("EVIDENCE") != ""
	folder, err := report.FolderOf(judges, suite.Filtered(settings))
	if err == nil {
		err = os.Setenv("REPORTS_DIR", folder.Path) // for the suites
	}
	if err != nil {
		return err
	}
	if asked.ginkgo.dry() {
		apis, err := asked.apis()
		if err != nil {
			return err
		}
		return asked.judge(folder, apis)
	}
	release, err := hold(folder)
	if err != nil {
		return err
	}
	defer release()
	apis, wrong := asked.apis()
	if !judges {
		if err := fleet.Unmark(folder.Path); err != nil { // a run that is killed must not pass for a part that finished
			return err
		}
	}
	clear := folder.Clear
	if judges && folder.Holds(os.Getenv("EVIDENCE")) {
		clear = folder.ClearJudged
	}
	var kept error // one that cannot be removed keeps none of the others
	for _, api := range target.APIs() {
		kept = errors.Join(kept, clear(api))
	}
	if kept != nil {
		return kept
	}
	if wrong != nil {
		return refuse(folder, fmt.Errorf("nothing was sent, because:\n%w", wrong))
	}
	began := time.Now()
	return asked.share.finish(folder, began, asked.judge(folder, apis))
}

// hold takes all of the folder.
func hold(folder report.Dir) (release func(), err error) {
	var held []func()
	release = func() {
		for _, letGo := range held {
			letGo()
		}
	}
	for _, api := range target.APIs() {
		letGo, err := folder.Hold(api, 3*time.Second)
		if err != nil {
			release()
			return nil, err
		}
		held = append(held, letGo)
	}
	return release, nil
}

// apis are those of the selected targets.
func (asked *runOptions) apis() ([]string, error) {
	if os.Getenv("EVIDENCE") != "" {
		return target.APIs(), nil // the suites say what is wrong with it
	}
	_, targets, err := selected()
	if err != nil {
		return nil, err
	}
	if asked.share.wait > 0 && !asked.ginkgo.dry() {
		waitFor(targets, asked.share.wait)
	}
	return slices.DeleteFunc(target.APIs(), func(api string) bool {
		return !slices.ContainsFunc(targets, func(t target.Target) bool { return t.API == api })
	}), nil
}

// failing are results that say why there are none.
func failing(api, why string) *report.Results {
	return &report.Results{Format: report.Format, API: api, SuiteVersion: evidence.Version(), Started: time.Now().UTC(),
		Problems: []string{why}, Targets: []report.Target{}}
}

// refuse leaves a failing case in each API's JUnit and gives the error back.
func refuse(folder report.Dir, err error) error {
	for _, api := range target.APIs() {
		if err := folder.Write(failing(api, err.Error())); err != nil {
			return err
		}
	}
	appendStepSummary(folder)
	return err
}
