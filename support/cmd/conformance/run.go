package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"session-conformance/support/evidence"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// run judges the selected targets: it clears the reports, lets ginkgo run the suites, and decides the gate.
func run(args []string) int {
	asked, err := readRunFlags(args)
	if err != nil {
		return complain(err)
	}
	dir, err := root()
	if err != nil {
		return complain(err)
	}
	folder, err := report.Folder()
	if err != nil {
		return complain(err)
	}
	dry := slices.ContainsFunc(asked.flags, func(a string) bool { return strings.TrimLeft(a, "-") == "dry-run" })
	replay := os.Getenv("EVIDENCE") != ""
	if !dry && !replay {
		for _, api := range target.APIs() {
			if err := folder.Clear(api); err != nil {
				return complain(err)
			}
		}
	}
	apis := target.APIs()
	if !replay {
		_, targets, err := selected(dir)
		if err != nil {
			return refuse(folder, dry, fmt.Errorf("nothing was sent, because:\n%w", err))
		}
		apis = slices.DeleteFunc(apis, func(api string) bool {
			return !slices.ContainsFunc(targets, func(t target.Target) bool { return t.API == api })
		})
	}
	environment := []string{}
	flags := []string{"--silence-skips"}
	if asked.quiet {
		environment, flags = append(environment, "PROGRESS=off"), append(flags, "--succinct")
	}
	began := time.Now().Truncate(time.Second)
	cmd := ginkgo(dir, apis, environment, append(flags, asked.flags...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	interrupts := watchInterrupts()
	err = interrupts.toItsEnd(cmd)
	interrupted := interrupts.interrupted()
	if dry {
		if err != nil {
			return report.ExitWrongUse
		}
		return 0
	}
	// An interrupt leaves the suites that had not begun without reports.
	if err != nil && !interrupted && !replay && !filtered(asked.flags) {
		if err := reportMissing(folder, apis, began); err != nil {
			return complain(err)
		}
	}
	runs := writtenSince(folder, began)
	if interrupted && len(runs) == 0 {
		fmt.Fprintln(os.Stderr, "Interrupted before anything was gathered.")
		return exitInterrupted
	}
	if interrupted && !replay {
		fmt.Println("\nInterrupted: what was gathered until now is judged. Ctrl-C once more ends it at once.")
		err = interrupts.judgeGathered(dir, folder, runs, append(flags, asked.flags...))
		runs = writtenSince(folder, began)
	}
	fmt.Print(report.Terminal(runs))
	if len(runs) > 0 {
		appendStepSummary(folder)
	}
	exit := report.Exit(runs)
	if err != nil && (exit == 0 || exit == report.ExitNothing) {
		return complain(fmt.Errorf("ginkgo ended with %w, which no verdict explains: see above", err))
	}
	if exit == report.ExitNothing {
		fmt.Println("Nothing was judged: no spec passes the filters for the selected targets, or none that does applies to them.")
		return exit
	}
	if asked.accepted != nil && exit != report.ExitWrongUse {
		exit = asked.since(folder, runs)
	}
	fmt.Printf("Reports: %s\n", folder.Path)
	return exit
}

// writtenSince are the results that were written from a moment on.
func writtenSince(folder report.Dir, began time.Time) []*report.Results {
	var runs []*report.Results
	for _, r := range folder.All() {
		if !r.Started.Before(began) {
			runs = append(runs, r)
		}
	}
	return runs
}

// refuse leaves a failing case in each API's JUnit, prints the error and gives the exit.
func refuse(folder report.Dir, dry bool, err error) int {
	for _, api := range target.APIs() {
		if dry {
			break
		}
		failed := &report.Results{Format: report.Format, API: api, SuiteVersion: evidence.Version(), Started: time.Now().UTC(),
			Problems: []string{err.Error()}, Targets: []report.Target{}}
		if err := folder.Write(failed); err != nil {
			return complain(err)
		}
	}
	if !dry {
		appendStepSummary(folder)
	}
	return complain(err)
}
