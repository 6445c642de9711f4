package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	"golang.org/x/term"

	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// judge runs the suites of the APIs one after another and gives the exit.
func (asked *runOptions) judge(folder report.Dir, apis []string) error {
	interrupts := watchInterrupts()
	var runs []*report.Results
	var failed, unwritten error
	for _, api := range apis {
		if interrupts.interrupted() && len(runs) == 0 {
			break // else each further suite says that it asked nothing: what is not judged is not green
		}
		results, err := asked.suite(interrupts, folder, api, len(apis) > 1)
		if results == nil && len(runs) > 0 && interrupts.interrupted() && broke(err) {
			// a signal to the whole group ended it before it listened to any
			results, err = asked.suite(interrupts, folder, api, len(apis) > 1)
		}
		if err != nil {
			failed = err
		}
		if results == nil && !asked.ginkgo.dry() && !interrupts.interrupted() && broke(err) {
			why := fmt.Sprintf("the suite of %s ended without results, with %v: %s", api, err,
				cmp.Or(asked.complaint.String(), "what it printed says why"))
			results = failing(api, why)
			unwritten = errors.Join(unwritten, folder.Write(results), errors.New(why))
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
		fmt.Fprintln(os.Stderr, lang.T("Interrupted before anything was gathered."))
		return exit(suite.ExitInterrupted)
	}
	asked.share.cut = interrupts.interrupted()
	if len(apis) == 0 && os.Getenv(target.ShardVariable) != "" {
		fmt.Println(lang.T("This part has no targets."))
		return nil
	}
	judged, briefly := report.Exit(runs), interrupts.interrupted()
	switch { // who ends a run does not want to read much
	case briefly && judged != report.ExitWrongUse:
		if asked.accepted == nil {
			fmt.Println(report.Brief(runs))
		}
	case asked.onScreen():
		fmt.Print(report.Screen(runs))
	case asked.quiet && !asked.ginkgo.verbosity():
		fmt.Print(report.Failures(runs))
	default:
		fmt.Print(report.Terminal(runs))
	}
	var ofAll error                     // what shows all of them could not be written
	if len(runs) > 0 && len(apis) > 1 { // a suite that chose no spec cleared it
		ofAll = folder.Refresh()
	}
	code := judged
	if asked.accepted != nil && len(runs) > 0 && judged != report.ExitWrongUse && judged != report.ExitNothing {
		code = asked.since(folder, runs, briefly)
	}
	if len(runs) > 0 {
		appendStepSummary(folder)
		appendStepOutput(runs)
		ofAll = errors.Join(ofAll, annotate(folder, runs, briefly))
	}
	if ofAll != nil { // nothing green stays
		unwritten = errors.Join(unwritten, ofAll)
		for _, r := range runs {
			_, _ = folder.Withhold(r, strings.Split(ofAll.Error(), "\n"))
		}
	}
	if failed != nil && (judged == 0 || judged == report.ExitNothing) {
		return fmt.Errorf("a suite ended with %w, which no verdict explains: see above", failed)
	}
	if judged == report.ExitNothing {
		fmt.Println(lang.T("Nothing was judged: no spec passes the filters for the selected targets, or none that does " +
			"applies to them."))
		if c, _ := ginkgo.GinkgoConfiguration(); len(c.FocusStrings)+len(c.SkipStrings) > 0 {
			fmt.Println(lang.T("Of more than %d targets --focus and --skip do not see the names: choose them with TARGET.",
				suite.MostApart))
		}
		return exit(code)
	}
	if asked.onScreen() && !briefly {
		tellNext(folder, runs)
	} else {
		fmt.Println(lang.T("Reports: %s", sink.Line(folder.Path)))
	}
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

// suite judges by the suite of one API and gives its results; nil where there are none: no spec was chosen, or the
// error says how it ended.
func (asked *runOptions) suite(interrupts *interrupts, folder report.Dir, api string, oneOfMany bool) (*report.Results,
	error) {
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
	if asked.accepted != nil {
		flags = append(flags, "--"+suite.Compared)
	}
	cmd, orders, err := suiteProcess(api, environment, append(flags, asked.ginkgo.of(api)...)...)
	if err != nil {
		return nil, err
	}
	said := asked.listen()
	asked.complaint = lastLine{to: said.to(os.Stderr)}
	cmd.Stdout, cmd.Stderr = said.to(os.Stdout), &asked.complaint
	began := time.Now().Truncate(time.Second)
	failed := interrupts.toItsEnd(cmd, orders)
	if asked.ginkgo.dry() {
		return nil, failed
	}
	results, err := folder.Read(api)
	if err != nil || results.Started.Before(began) {
		results = nil
	}
	said.close(results, failed)
	return results, failed
}

// since prints what changed since the accepted state and gives the exit. A report that a suite removed stays a failure,
// whatever was accepted.
func (asked *runOptions) since(folder report.Dir, runs []*report.Results, briefly bool) int {
	for _, r := range runs {
		if missing := folder.Missing(r.API); len(missing) > 0 {
			return complain(fmt.Errorf("reports of %s are missing: %s: see above", r.API, missing))
		}
	}
	code := since(asked.against, asked.accepted, runs, briefly)
	for _, r := range runs { // once more, with what changed
		if err := folder.Write(r); err != nil {
			return complain(err)
		}
	}
	return code
}

// annotate tells the systems of CI what became worse, or failed: the agents of GitHub and Azure in the log, unless it
// is to be short, GitLab by a file.
func annotate(folder report.Dir, runs []*report.Results, short bool) error {
	if !short {
		fmt.Print(report.Annotations(runs, os.Getenv))
	}
	if os.Getenv("GITLAB_CI") == "" {
		return nil
	}
	return folder.WriteCodeQuality(runs, filepath.Base(cmp.Or(os.Getenv("TARGETS_FILE"), "targets.yaml")))
}
