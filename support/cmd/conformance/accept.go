package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// acceptCommand keeps the results that lie in the folder of reports as the accepted state.
func acceptCommand() *cobra.Command {
	out := ""
	cmd := onResults("accept -o FILE", "Keep the results of a run as the accepted state",
		"accept keeps the results that lie in reports/, or in REPORTS_DIR, as the state that run --against "+
			"compares with.",
		func(_ report.Dir, runs []*report.Results) error { return accept(out, runs) })
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if out == "" {
			return errors.New("accept needs the file to write: conformance accept -o FILE [REPORTS_DIR]")
		}
		return nil
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "write the accepted state to this `FILE`, and commit it")
	return cmd
}

func accept(out string, runs []*report.Results) error {
	names := target.Selection()
	runs, err := selectedResults(runs, names)
	if err != nil {
		return err
	}
	accepted, err := report.Accept(runs)
	if err != nil {
		return err
	}
	earlier, err := report.ReadAccepted(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		earlier = &report.Accepted{}
	case err != nil:
		return fmt.Errorf("%w\nIt is not overwritten: remove it, or name another file", err)
	}
	if len(names) > 0 {
		accepted.Keep(earlier, names)
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	if err := replace(out, accepted.JSON()); err != nil {
		return err
	}
	for _, run := range runs {
		for _, notice := range run.Notices {
			fmt.Println(sink.Text(notice))
		}
	}
	fmt.Print(told(accepted, earlier))
	fmt.Printf("%s is written: commit it, and compare with it: conformance run --against %s\n", sink.Line(out),
		sink.Shell(out))
	return nil
}

// replace writes a file whole or leaves it as it was, also on a full disk: the accepted state may be nowhere else.
// Where no other file can take its place, as in a container that has this one alone mounted, it is written where it
// lies.
func replace(path string, text []byte) error {
	if linked, err := filepath.EvalSymlinks(path); err == nil {
		path = linked
	}
	written := path + ".new"
	err := os.WriteFile(written, text, 0o644)
	if err == nil && os.Rename(written, path) == nil {
		return nil
	}
	_ = os.Remove(written)
	if err == nil || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return os.WriteFile(path, text, 0o644)
	}
	return err
}

// selectedResults are the results of the targets of these names; none: all. A name without results is an error.
func selectedResults(runs []*report.Results, names []string) ([]*report.Results, error) {
	if len(names) == 0 {
		return runs, nil
	}
	var chosen []*report.Results
	var found []string
	for _, run := range runs {
		part := *run
		part.Targets = slices.DeleteFunc(slices.Clone(run.Targets),
			func(t report.Target) bool { return !slices.Contains(names, t.Name) })
		for _, t := range part.Targets {
			found = append(found, t.Name)
		}
		if len(part.Targets) > 0 || len(part.Problems) > 0 {
			chosen = append(chosen, &part)
		}
	}
	for _, name := range names {
		if !slices.Contains(found, name) {
			return nil, fmt.Errorf("TARGET names %s, of which there are no results", name)
		}
	}
	return chosen, nil
}

// told says what is accepted with each target, and which targets are not in the state any more.
func told(accepted, earlier *report.Accepted) string {
	text := ""
	for _, t := range accepted.Targets {
		count := map[report.Verdict]int{}
		for _, s := range t.Specs {
			count[s.Verdict]++
		}
		text += fmt.Sprintf("%s (%s): %d specs", t.Name, t.API, len(t.Specs))
		for _, v := range report.Verdicts() {
			if count[v] > 0 {
				text += fmt.Sprintf(", %d %s", count[v], v)
			}
		}
		text += "\n"
	}
	for _, t := range earlier.Targets {
		if !slices.ContainsFunc(accepted.Targets, func(a report.AcceptedTarget) bool {
			return a.API == t.API && a.Name == t.Name
		}) {
			text += fmt.Sprintf("%s (%s): no longer accepted, it has no results\n", t.Name, t.API)
		}
	}
	return text
}

// onReports is a command on the folder of reports that its word names, or on that of a run.
func onReports(use, short, long string, do func(report.Dir) error) *cobra.Command {
	return &cobra.Command{Use: use + " [REPORTS_DIR]", Short: short, Long: long,
		Args: words("at most the folder of reports", 0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			folder, err := reportsAt(args)
			if err != nil {
				return err
			}
			return do(folder)
		}}
}

// onResults is a command on the results that lie there.
func onResults(use, short, long string, do func(report.Dir, []*report.Results) error) *cobra.Command {
	return onReports(use, short, long, func(folder report.Dir) error {
		runs, err := folder.Load()
		if err != nil {
			return err
		}
		return do(folder, runs)
	})
}

func reportsAt(args []string) (report.Dir, error) {
	if len(args) == 0 {
		return report.Folder()
	}
	path, err := filepath.Abs(args[0])
	return report.Dir{Path: path}, err
}
