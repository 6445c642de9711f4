package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// stableRuns is how often stability judges the embedded servers: in random order, by turns serially and in processes.
const stableRuns = 10

// stability judges the embedded reference servers again and again: not one verdict may differ.
func stability([]string) int {
	dir, err := root()
	if err != nil {
		return complain(err)
	}
	temporary, err := os.MkdirTemp("", "stability-")
	if err != nil {
		return complain(err)
	}
	defer os.RemoveAll(temporary)
	var first map[string]report.Verdict
	for i := range stableRuns {
		verdicts, err := stableRun(dir, filepath.Join(temporary, fmt.Sprint(i)), i%2 == 1)
		if err != nil {
			return complain(err)
		}
		if first == nil {
			first = verdicts
		}
		if wrong := differences(first, verdicts); len(wrong) > 0 {
			fmt.Printf("run %d differs from run 1:\n  %s\n", i+1, strings.Join(wrong, "\n  "))
			return report.ExitNonConformant
		}
		fmt.Printf("run %d of %d: %d verdicts, none differs\n", i+1, stableRuns, len(verdicts))
	}
	return 0
}

// stableRun judges the embedded servers once, in random order, and gives the verdict of each spec.
func stableRun(dir, reports string, processes bool) (map[string]report.Verdict, error) {
	args := []string{"--randomize-all", "--succinct", "--silence-skips"}
	if processes {
		args = append(args, "-p")
	}
	if err := os.MkdirAll(reports, 0o700); err != nil {
		return nil, err
	}
	file, err := embeddedTargets(reports)
	if err != nil {
		return nil, err
	}
	cmd := ginkgo(dir, target.APIs(), []string{"TARGETS_FILE=" + file, "TARGET=", "EVIDENCE=", "REPORTS_DIR=" + reports, "PROGRESS=off"}, args...)
	if output, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s%w", output, err)
	}
	verdicts := map[string]report.Verdict{}
	for _, api := range target.APIs() {
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

// embeddedTargets writes a targets.yaml with one embedded target of each API.
func embeddedTargets(folder string) (string, error) {
	text := "targets:\n"
	for _, api := range target.APIs() {
		text += fmt.Sprintf("  - {name: %s, api: %s, url: embedded}\n", api, api)
	}
	file := filepath.Join(folder, "targets.yaml")
	return file, os.WriteFile(file, []byte(text), 0o600)
}
