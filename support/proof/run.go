package proof

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"session-conformance/support/clause"
	"session-conformance/support/reference/wire"
	"session-conformance/support/report"
)

// Run judges every peculiar server of every API by the suites as they are, and gives the matrix of what came. root is the
// module's folder; only, where not empty, names the one API that is wanted.
func Run(root, only string) (*Matrix, error) {
	m := &Matrix{}
	for _, a := range apis() {
		if only != "" && a.name != only {
			continue
		}
		results, err := a.judge(root)
		if err != nil {
			return nil, err
		}
		text, err := os.ReadFile(filepath.Join(root, "suites", a.name, "clauses.yaml"))
		if err != nil {
			return nil, err
		}
		catalogue, err := clause.Read(a.name, text)
		if err != nil {
			return nil, err
		}
		m.add(a.cases(), results, catalogue)
	}
	return m, nil
}

// judge starts all servers of the API, lets the suite judge them in one run, and reads its results.
func (a api) judge(root string) (*report.Results, error) {
	folder, err := os.MkdirTemp("", "proof-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	var targets []map[string]any
	var servers []*wire.Running
	defer func() {
		for _, s := range servers {
			_ = s.Close()
		}
	}()
	certificate := func(pem []byte) (string, error) {
		path := filepath.Join(folder, fmt.Sprintf("ca-%d.pem", len(targets)))
		return path, os.WriteFile(path, pem, 0o600)
	}
	for _, c := range a.cases() {
		server, settings, err := a.serve(c, certificate)
		if err != nil {
			return nil, err
		}
		servers, targets = append(servers, server), append(targets, settings)
	}
	text, err := json.Marshal(map[string]any{"targets": targets})
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "targets.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	// The exit tells only that there are failures, which is what the proof is for; the results tell whether it ran.
	cmd := exec.Command("go", "tool", "ginkgo", "--succinct", "--silence-skips", "--no-color", "./suites/"+a.name)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "TARGETS_FILE="+file, "TARGET=", "EVIDENCE=", "PROGRESS=off", "REPORTS_DIR="+filepath.Join(folder, "reports"))
	output, failed := cmd.CombinedOutput()
	results, err := report.Dir{Path: filepath.Join(folder, "reports")}.Read(a.name)
	if err != nil {
		return nil, fmt.Errorf("the suite %s left no results (%v, %v):\n%s", a.name, err, failed, tail(string(output), 4000))
	}
	if len(results.Problems) > 0 {
		return nil, fmt.Errorf("the suite %s judged nothing:\n%s", a.name, strings.Join(results.Problems, "\n"))
	}
	return results, nil
}

func tail(text string, most int) string {
	if len(text) > most {
		return "…" + text[len(text)-most:]
	}
	return text
}
