package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"session-conformance/support/evidence"
	"session-conformance/support/report"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// runOptions are what a run was asked for.
type runOptions struct {
	quiet    bool
	embedded bool
	against  string           // the file of the accepted state; empty: the verdicts decide the exit
	accepted *report.Accepted // what that file holds
	evidence string           // a folder of evidence to judge in place of targets; empty: targets are asked
	share    share
	ginkgo   ginkgoFlags
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
	flags.StringVar(&asked.against, "against", "", "compare with the accepted state in this `FILE`: exit 1 only where something became worse")
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
	if asked.against != "" { // before anything is sent
		if asked.accepted, err = report.ReadAccepted(asked.against); err != nil {
			return fmt.Errorf("--against: %w", err)
		}
	}
	settings, _ := ginkgo.GinkgoConfiguration()
	folder, err := report.FolderOf(os.Getenv("EVIDENCE") != "", suite.Filtered(settings))
	if err == nil {
		err = os.Setenv("REPORTS_DIR", folder.Path) // for the suites
	}
	if err != nil {
		return err
	}
	if !asked.ginkgo.dry() {
		release, err := hold(folder)
		if err != nil {
			return err
		}
		defer release()
	}
	apis, err := asked.apis()
	if !asked.ginkgo.dry() && os.Getenv("EVIDENCE") == "" {
		if err := asked.share.unmark(folder); err != nil {
			return err
		}
		for _, api := range target.APIs() {
			if err := folder.Clear(api); err != nil {
				return err
			}
		}
	}
	if err != nil {
		return asked.refuse(folder, fmt.Errorf("nothing was sent, because:\n%w", err))
	}
	began := time.Now()
	err = asked.judge(folder, apis)
	if asked.ginkgo.dry() {
		return err
	}
	return asked.share.finish(folder, began, err)
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

// judge runs the suites of the APIs one after another and gives the exit.
func (asked *runOptions) judge(folder report.Dir, apis []string) error {
	interrupts := watchInterrupts()
	var runs []*report.Results
	var failed, unwritten error
	for _, api := range apis {
		if interrupts.interrupted() {
			break
		}
		results, err := asked.suite(interrupts, folder, api, len(apis) > 1)
		if err != nil {
			failed = err
		}
		if results == nil && !asked.ginkgo.dry() && !interrupts.interrupted() && broke(err) {
			results = failing(api, "the suite ended without results, with "+err.Error()+": what it printed says why")
			unwritten = errors.Join(unwritten, folder.Write(results))
		}
		if results != nil {
			runs = append(runs, results)
		}
	}
	if err := asked.ginkgo.merge(apis); err != nil {
		return err
	}
	switch {
	case asked.ginkgo.dry():
		return failed
	case interrupts.interrupted() && len(runs) == 0:
		fmt.Fprintln(os.Stderr, "Interrupted before anything was gathered.")
		return exit(suite.ExitInterrupted)
	}
	asked.share.cut = interrupts.interrupted()
	if len(apis) == 0 && os.Getenv(target.ShardVariable) != "" {
		fmt.Println("This part has no targets.")
		return nil
	}
	fmt.Print(report.Terminal(runs))
	if len(runs) > 0 && len(apis) > 1 { // a suite that chose no spec cleared what shows all of them
		unwritten = errors.Join(unwritten, folder.Refresh())
	}
	judged := report.Exit(runs)
	code := judged
	if asked.accepted != nil && len(runs) > 0 && judged != report.ExitWrongUse && judged != report.ExitNothing {
		code = asked.since(folder, runs)
	}
	if len(runs) > 0 {
		appendStepSummary(folder)
		unwritten = errors.Join(unwritten, annotate(folder, runs))
	}
	if failed != nil && (judged == 0 || judged == report.ExitNothing) {
		return fmt.Errorf("a suite ended with %w, which no verdict explains: see above", failed)
	}
	if judged == report.ExitNothing {
		fmt.Println("Nothing was judged: no spec passes the filters for the selected targets, or none that does applies to them.")
		return exit(code)
	}
	fmt.Printf("Reports: %s\n", folder.Path)
	for _, r := range runs {
		for _, lost := range r.Lost {
			unwritten = errors.Join(unwritten, errors.New(lost))
		}
	}
	if unwritten != nil {
		return unwritten // the last line says which file and why
	}
	return withExit(code)
}

// broke says that a suite broke: it neither judged, nor said why it did not.
func broke(err error) bool {
	var exited *exec.ExitError
	return errors.As(err, &exited) && exited.ExitCode() != report.ExitWrongUse
}

// suite judges by the suite of one API and gives its results; nil where there are none: no spec was chosen, or the error says how it ended.
func (asked *runOptions) suite(interrupts *interrupts, folder report.Dir, api string, oneOfMany bool) (*report.Results, error) {
	flags := []string{"--ginkgo.silence-skips"}
	if asked.quiet || oneOfMany && !asked.ginkgo.verbosity() {
		flags = append(flags, "--ginkgo.succinct")
	}
	if !term.IsTerminal(int(os.Stdout.Fd())) {
		flags = append(flags, "--ginkgo.no-color")
	}
	var environment []string
	if asked.quiet {
		environment = append(environment, "PROGRESS=off")
	}
	cmd, orders, err := suiteProcess(api, environment, append(flags, asked.ginkgo.of(api)...)...)
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	began := time.Now().Truncate(time.Second)
	failed := interrupts.toItsEnd(cmd, orders)
	if asked.ginkgo.dry() {
		return nil, failed
	}
	results, err := folder.Read(api)
	if err == nil && !results.Started.Before(began) {
		return results, failed
	}
	return nil, failed
}

// since prints what changed since the accepted state and gives the exit. A report that a suite removed stays a failure, whatever was
// accepted.
func (asked *runOptions) since(folder report.Dir, runs []*report.Results) int {
	for _, r := range runs {
		if missing := folder.Missing(r.API); len(missing) > 0 {
			return complain(fmt.Errorf("reports of %s are missing: %s: see above", r.API, missing))
		}
	}
	code := since(asked.against, asked.accepted, runs)
	for _, r := range runs { // once more, with what changed
		if err := folder.Write(r); err != nil {
			return complain(err)
		}
	}
	return code
}

// annotate tells the systems of CI what became worse, or failed: the agents of GitHub and Azure in the log, GitLab by a file.
func annotate(folder report.Dir, runs []*report.Results) error {
	fmt.Print(report.Annotations(runs, os.Getenv))
	if os.Getenv("GITLAB_CI") == "" {
		return nil
	}
	return folder.WriteCodeQuality(runs, filepath.Base(cmp.Or(os.Getenv("TARGETS_FILE"), "targets.yaml")))
}

// failing are results that say why there are none.
func failing(api, why string) *report.Results {
	return &report.Results{Format: report.Format, API: api, SuiteVersion: evidence.Version(), Started: time.Now().UTC(),
		Problems: []string{why}, Targets: []report.Target{}}
}

// refuse leaves a failing case in each API's JUnit and gives the error back.
func (asked *runOptions) refuse(folder report.Dir, err error) error {
	if asked.ginkgo.dry() {
		return err
	}
	for _, api := range target.APIs() {
		if err := folder.Write(failing(api, err.Error())); err != nil {
			return err
		}
	}
	appendStepSummary(folder)
	return err
}
