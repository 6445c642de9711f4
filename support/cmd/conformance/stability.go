package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/support/proof"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// stableRuns is how often stability judges the embedded servers: in random order, by turns serially and in processes.
const stableRuns = 10

// bounding are the variants of the proof that bound what an account or a client may do: how many requests in a time,
// how many refused logins, how many sessions. What they hold back depends on the order in which requests come.
var bounding = regexp.MustCompile(`^(account-locks|busy|ends-the-eldest|limits|locks|refuses-more)`)

// stabilityCommand judges the embedded reference servers, and those that bound, again and again: not one verdict may
// differ.
func stabilityCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stability",
		Short: "Judge embedded servers, and some with limits, ten times: no verdict may differ",
		Args:  noWords(""),
		RunE:  func(*cobra.Command, []string) error { return stability() },
	}
}

func stability() error {
	temporary, err := os.MkdirTemp("", "stability-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	sources, _ := target.Sources()
	var first map[string]report.Verdict
	for i := range stableRuns {
		if sources == "" && i%2 == 1 {
			continue // processes are ginkgo's, which compiles the suites
		}
		folder := filepath.Join(temporary, fmt.Sprint(i))
		verdicts, err := stableRun(sources, folder, i%2 == 1)
		if err == nil {
			err = boundedRun(verdicts, filepath.Join(folder, "bounded"))
		}
		if err != nil {
			return err
		}
		if first == nil {
			first = verdicts
		}
		if wrong := differences(first, verdicts); len(wrong) > 0 {
			fmt.Printf("run %d differs from run 1:\n  %s\n", i+1, strings.Join(wrong, "\n  "))
			return exit(report.ExitNonConformant)
		}
		fmt.Printf("run %d of %d: %d verdicts, none differs\n", i+1, stableRuns, len(verdicts))
	}
	return nil
}

// stableRun judges the embedded servers once, in random order, by this program or by ginkgo's processes, and gives the
// verdict of each spec.
func stableRun(sources, reports string, processes bool) (map[string]report.Verdict, error) {
	cmd, err := apart(reports, "run", "--embedded", "--randomize-all", "-q")
	if err != nil {
		return nil, err
	}
	if processes {
		ginkgo := exec.Command("go", "tool", "ginkgo", "-r", "-p", "--keep-going", "--randomize-all", "--succinct",
			"--silence-skips", "suites")
		ginkgo.Dir, ginkgo.Env = sources, append(cmd.Env, "TARGETS_FILE="+target.Embedded)
		cmd = ginkgo
	}
	if output, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s%w", output, err)
	}
	verdicts := map[string]report.Verdict{}
	return verdicts, note(verdicts, reports)
}

// boundedRun judges the servers that bound once, and adds the verdict of each spec.
func boundedRun(verdicts map[string]report.Verdict, kept string) error {
	matrix, err := proof.Run(provenBy, proof.Wanted{Cases: bounding, Keep: kept})
	if err != nil {
		return err
	}
	if len(matrix.Wanting) > 0 {
		return fmt.Errorf("%s", strings.Join(matrix.Wanting, "\n"))
	}
	return note(verdicts, kept)
}

// note adds the verdict of each spec of each target in a folder of reports.
func note(verdicts map[string]report.Verdict, folder string) error {
	runs, err := report.Dir{Path: folder}.Load()
	for _, t := range report.Each(runs) {
		for _, r := range t.Results {
			verdicts[t.Name+", "+r.Spec] = r.Verdict
		}
	}
	return err
}

// differences lists the specs whose verdicts differ, or that only one of the runs judged.
func differences(a, b map[string]report.Verdict) (wrong []string) {
	both := maps.Clone(a)
	maps.Copy(both, b)
	for _, spec := range slices.Sorted(maps.Keys(both)) {
		if _, known := a[spec]; !known {
			wrong = append(wrong, spec+": not judged in the first run")
		} else if a[spec] != b[spec] {
			wrong = append(wrong, fmt.Sprintf("%s: %q, then %q", spec, a[spec], b[spec]))
		}
	}
	return wrong
}
