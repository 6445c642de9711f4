package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// stableRuns is how often stability judges the embedded servers: in random order, by turns serially and in processes.
const stableRuns = 10

// stabilityCommand judges the embedded reference servers again and again: not one verdict may differ.
func stabilityCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stability",
		Short: "Judge the embedded servers ten times in random order: no verdict may differ",
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
		verdicts, err := stableRun(sources, filepath.Join(temporary, fmt.Sprint(i)), i%2 == 1)
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
	environment := []string{"TARGETS_FILE=" + target.Embedded, "TARGET=", "EVIDENCE=", "REPORTS_DIR=" + reports,
		"PROGRESS=off"}
	if processes {
		cmd := exec.Command("go", "tool", "ginkgo", "-r", "-p", "--keep-going", "--randomize-all", "--succinct",
			"--silence-skips", "suites")
		cmd.Dir, cmd.Env = sources, append(os.Environ(), environment...)
		if output, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s%w", output, err)
		}
	}
	verdicts := map[string]report.Verdict{}
	for _, api := range target.APIs() {
		if !processes {
			cmd, _, err := suiteProcess(api, environment, "--ginkgo.randomize-all", "--ginkgo.succinct",
				"--ginkgo.silence-skips")
			if err != nil {
				return nil, err
			}
			if output, err := cmd.CombinedOutput(); err != nil {
				return nil, fmt.Errorf("%s%w", output, err)
			}
		}
		results, err := report.Dir{Path: reports}.Read(api)
		if err != nil {
			return nil, err
		}
		for _, t := range results.Targets {
			for _, r := range t.Results {
				verdicts[api+": "+r.Spec] = r.Verdict
			}
		}
	}
	return verdicts, nil
}

// differences lists the specs whose verdicts differ, or that only one of the runs judged.
func differences(a, b map[string]report.Verdict) []string {
	var wrong []string
	for spec, verdict := range a {
		if b[spec] != verdict {
			wrong = append(wrong, fmt.Sprintf("%s: %q, then %q", spec, verdict, b[spec]))
		}
	}
	for spec := range b {
		if _, known := a[spec]; !known {
			wrong = append(wrong, spec+": not judged in the first run")
		}
	}
	sort.Strings(wrong)
	return wrong
}
