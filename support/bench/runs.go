package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/report"
)

// ran is what a run cost, its results, and the evidence of its first target.
type ran struct {
	Cost
	results  *report.Results
	evidence *evidence.Evidence
}

// judge runs the built suite against new servers and writes all reports. A run in which not every target is conformant
// is none to measure.
func (p *programs) judge(s serving, flags ...string) (ran, error) {
	targets, err := p.serve(s)
	if err != nil {
		return ran{}, err
	}
	run, err := p.suiteRun(s.api, []string{"TARGETS_FILE=" + targets.file, targets.variable()}, flags...)
	if ended := targets.close(); err == nil && ended != nil {
		err = fmt.Errorf("the reference servers of %s: %w", s.api, ended)
	}
	return run, err
}

// suiteRun runs the built suite of the API once.
func (p *programs) suiteRun(api string, environment []string, flags ...string) (ran, error) {
	reports := p.path("reports")
	defer os.RemoveAll(reports)
	cmd := exec.Command(p.suite(api), append([]string{"--ginkgo.succinct", "--ginkgo.silence-skips", "--ginkgo.no-color"},
		flags...)...)
	cmd.Dir = filepath.Join(p.root, "suites", api)
	cmd.Env = append(append(os.Environ(), "TARGET=", "EVIDENCE=", "PROGRESS=off", "REPORTS_DIR="+reports), environment...)
	c, output, err := measure(cmd)
	if err != nil {
		return ran{}, fmt.Errorf("the suite %s: %w\n%s", api, err, output)
	}
	results, err := report.Dir{Path: reports}.Read(api)
	if err != nil {
		return ran{}, err
	}
	for _, t := range results.Targets {
		if t.Verdict != report.Conformant {
			return ran{}, fmt.Errorf("%s is %s: such a run is not measured", t.Name, t.Verdict)
		}
	}
	text, err := os.ReadFile(filepath.Join(reports, "evidence", results.Targets[0].Name+".har"))
	if err != nil {
		return ran{}, err
	}
	ev, err := evidence.Read(text)
	return ran{c, results, ev}, err
}

// recorded runs the suite once and gives the path of the requests that it sent.
func (p *programs) recorded(api string) (string, error) {
	s := serving{api: api, targets: 1, concurrency: 8, record: p.path("requests.json")}
	_, err := p.judge(s)
	return s.record, err
}

// replay sends recorded requests to each of new servers, atOnce side by side, and gives its cost and the share of
// requests that were answered with the status of the run.
func (p *programs) replay(s serving, requests string, atOnce int) (Cost, float64, error) {
	targets, err := p.serve(s)
	if err != nil {
		return Cost{}, 0, err
	}
	defer targets.close()
	c, output, err := measure(exec.Command(p.worker(), "replay", "-file", targets.file, "-requests", requests,
		"-concurrency", fmt.Sprint(atOnce)))
	if err != nil {
		return c, 0, fmt.Errorf("the bare client: %w\n%s", err, output)
	}
	alike, err := strconv.Atoi(strings.TrimSpace(string(output)))
	if err != nil {
		return c, 0, fmt.Errorf("the bare client: %w", err)
	}
	var sent []Request
	text, err := os.ReadFile(requests)
	if err == nil {
		err = json.Unmarshal(text, &sent)
	}
	return c, float64(alike) / float64(len(sent)*s.targets), err
}
